package command

import (
	"context"
	"encoding/json"
	"io"
	"time"

	"github.com/spf13/cobra"
	"k8s.io/apimachinery/pkg/types"
	"sigs.k8s.io/controller-runtime/pkg/client"

	"github.com/grupobizopps/salexops/api/v1alpha1"
	"github.com/grupobizopps/salexops/internal/plugin"
	"github.com/grupobizopps/salexops/internal/plugin/ledger"
	"github.com/grupobizopps/salexops/internal/plugin/report"
	"github.com/grupobizopps/salexops/internal/plugin/text"
)

// payTakes is the rights that recording a payment takes.
const payTakes = `Recording a payment takes two rights: patch subscriptions/status, and update subscriptions/billing.
The ClusterRole salexops-billing has both. An administrator acts as the billing system with
--as=system:serviceaccount:salexops-accounts:salexops-billing`

func newPay(h *house) *cobra.Command {
	var given payFlags
	cmd := &cobra.Command{
		Use:   "pay TENANT --id ID",
		Short: "Record a payment, as the billing system does",
		Long: `Record a payment, as the billing system does, and say what follows from it.

Without --from and --to it is for the next unpaid billing period; without
--amount and --currency, for the price of the plan. The same payment again,
under the same id, changes nothing. A payment is never edited or removed.`,
		Example: `  kubectl salexops pay botica --id pay-0002 --amount-usd 27.35
  kubectl salexops pay botica --id pay-0002 --amount 499.00 --currency MXN --amount-usd 27.35 --dry-run=server`,
		Args:              oneTenant,
		ValidArgsFunction: h.completeTenant,
	}
	given.add(cmd)
	out := addOutput(cmd)
	cmd.RunE = func(cmd *cobra.Command, args []string) error {
		if err := out.check(); err != nil {
			return err
		}
		if err := given.check(); err != nil {
			return err
		}
		return h.pay(cmd.Context(), out, args[0], &given)
	}
	return cmd
}

func (h *house) pay(ctx context.Context, out *output, name string, given *payFlags) error {
	c, err := h.Connect(h.flags)
	if err != nil {
		return err
	}
	fleet, subscription, err := ledger.ReadPayer(ctx, c, *h.flags.Namespace, name)
	if err != nil {
		return err
	}
	now, _ := ledger.Present(fleet.Policy, h.Clock.Now())
	before, err := report.Judge(fleet.Objects(&fleet.Tenants[0]), now)
	if err != nil {
		return plugin.Failedf("nothing can be said about tenant %s: %w", name, err)
	}
	payment, recorded, err := given.payment(before, subscription)
	if err != nil {
		return err
	}
	after := before
	if !recorded {
		if after, err = withPayment(before, payment, now); err != nil {
			return err
		}
		if err := appendPayment(ctx, c, subscription, payment, given.dryRun); err != nil {
			return err
		}
	}
	answer := report.ComparePayment(before, after, payment, given.kept())
	answer.Recorded = recorded
	return out.print(h, answer, func(w io.Writer, style text.Style) error {
		return text.Payment(w, style, before.Phrases, answer)
	})
}

// withPayment is the tenant as it stands with one payment more.
func withPayment(s *report.Subject, payment v1alpha1.Payment, now time.Time) (*report.Subject, error) {
	objects := s.Objects
	paid := objects.Subscriptions[0].DeepCopy()
	paid.Status.Billing.Payments = append(paid.Status.Billing.Payments, payment)
	objects.Subscriptions = []v1alpha1.Subscription{*paid}
	after, err := report.Judge(objects, now)
	if err != nil {
		return nil, plugin.Usagef("this payment can't be recorded: %w", err)
	}
	return after, nil
}

// appendPayment adds a payment with a JSON patch, which needs to know nothing of
// the payments that others add in the meantime. The test keeps it from reaching
// another subscription of the same name.
func appendPayment(ctx context.Context, c client.Client, subscription *v1alpha1.Subscription, payment v1alpha1.Payment, dryRun string) error {
	if dryRun == dryRunClient {
		return nil
	}
	patch, err := json.Marshal([]map[string]any{
		{"op": "test", "path": "/metadata/uid", "value": subscription.UID},
		{"op": "add", "path": "/status/billing/payments/-", "value": payment},
	})
	if err != nil {
		return plugin.Failedf("writing the patch: %w", err)
	}
	var options []client.SubResourcePatchOption
	if dryRun == dryRunServer {
		options = append(options, client.DryRunAll)
	}
	err = c.Status().Patch(ctx, subscription.DeepCopy(), client.RawPatch(types.JSONPatchType, patch), options...)
	return ledger.Refused("recording the payment in Subscription "+subscription.Name, payTakes, err)
}
