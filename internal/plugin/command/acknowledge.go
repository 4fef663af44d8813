package command

import (
	"context"
	"encoding/json"
	"fmt"
	"io"
	"time"

	"github.com/spf13/cobra"
	"k8s.io/apimachinery/pkg/types"
	"sigs.k8s.io/controller-runtime/pkg/client"

	"github.com/grupobizopps/salexops/api/v1alpha1"
	"github.com/grupobizopps/salexops/internal/plugin"
	"github.com/grupobizopps/salexops/internal/plugin/ledger"
	"github.com/grupobizopps/salexops/internal/plugin/phrase"
	"github.com/grupobizopps/salexops/internal/plugin/report"
	"github.com/grupobizopps/salexops/internal/plugin/text"
)

// acknowledgeTakes is the right that acknowledging takes.
const acknowledgeTakes = "It takes the right to patch platformpolicies, which the ClusterRole salexops-platform-engineer has."

func newAcknowledge(h *house) *cobra.Command {
	var kind string
	var yes bool
	cmd := &cobra.Command{
		Use:   "acknowledge",
		Short: "Let through what tripped the circuit breaker",
		Long: `Let through what tripped the circuit breaker (contract 4): so many acts as there
were when it tripped, within one window from now. One more trips it again.

Look first: kubectl salexops due --within 0d. A broken billing export looks like
many tenants that don't pay.`,
		Example: "  kubectl salexops acknowledge --kind Disable",
		Args:    nothingMore,
	}
	cmd.Flags().StringVar(&kind, "kind", "", "Which trip, where there are two: Disable or Purge")
	cmd.Flags().BoolVar(&yes, "yes", false, "Ask no question")
	_ = cmd.RegisterFlagCompletionFunc("kind", func(*cobra.Command, []string, string) ([]string, cobra.ShellCompDirective) {
		return []string{"Disable", "Purge"}, cobra.ShellCompDirectiveNoFileComp
	}) // It fails for a flag that does not exist only.
	out := addOutput(cmd)
	cmd.RunE = func(cmd *cobra.Command, _ []string) error {
		if err := out.check(); err != nil {
			return err
		}
		return h.acknowledge(cmd.Context(), out, kind, yes)
	}
	return cmd
}

func (h *house) acknowledge(ctx context.Context, out *output, kind string, yes bool) error {
	c, err := h.Connect(h.flags)
	if err != nil {
		return err
	}
	policy, err := ledger.Policy(ctx, c)
	if err != nil {
		return err
	}
	now, _ := ledger.Present(policy, h.Clock.Now())
	p := phrase.Phrases{Zone: report.Zone(policy), Now: now}
	open := append([]report.Trip{}, report.OpenTrips(policy)...)
	chosen, err := chooseTrip(open, kind)
	if err != nil {
		return err
	}
	if chosen == nil {
		return out.print(h, open, func(w io.Writer, style text.Style) error { return text.Trips(w, style, p, open) })
	}
	// What is about to be let through is shown whatever -o says, next to the
	// question about it.
	if err := text.Trips(h.ErrOut, text.Style{Colour: h.Colour}, p, together(open, chosen)); err != nil {
		return err
	}
	if chosen.Acknowledged {
		fmt.Fprintln(h.ErrOut, "It was acknowledged already; the operator has not seen that yet.")
	} else {
		if err := h.sure(open, chosen, policy, p, yes); err != nil {
			return err
		}
		if err := setAcknowledged(ctx, c, policy, chosen.TrippedAt); err != nil {
			return err
		}
	}
	acknowledged := together(open, chosen)
	for i := range acknowledged {
		acknowledged[i].Acknowledged = true
	}
	return out.print(h, acknowledged, func(w io.Writer, _ text.Style) error {
		_, err := fmt.Fprintf(w, "Acknowledged: the operator now lets through what was due, %d at most. Watch it: kubectl salexops status\n", total(acknowledged))
		return err
	})
}

// chooseTrip is the trip that is meant; nil when none is open.
func chooseTrip(open []report.Trip, kind string) (*report.Trip, error) {
	if kind != "" && kind != "Disable" && kind != "Purge" {
		return nil, plugin.Usagef("--kind: %q is not a kind of trip: use Disable or Purge", kind)
	}
	var chosen *report.Trip
	for i := range open {
		if kind != "" && string(open[i].Kind) != kind {
			continue
		}
		if chosen != nil {
			return nil, plugin.Usagef("the breaker tripped over two kinds of act: say which is meant, --kind Disable or --kind Purge")
		}
		chosen = &open[i]
	}
	if chosen == nil && len(open) > 0 {
		return nil, plugin.Usagef("--kind: the breaker has not tripped over %s, but over %s", kind, open[0].Kind)
	}
	return chosen, nil
}

// together are the trips that one acknowledgement means: the chosen one, and
// another that happened in the same second and so has the same name.
func together(open []report.Trip, chosen *report.Trip) []report.Trip {
	var meant []report.Trip
	for i := range open {
		if open[i].TrippedAt.Equal(chosen.TrippedAt) {
			meant = append(meant, open[i])
		}
	}
	return meant
}

func total(trips []report.Trip) int {
	n := 0
	for i := range trips {
		n += trips[i].Due
	}
	return n
}

// sure warns of what will follow, and asks for the number that will be let
// through.
func (h *house) sure(open []report.Trip, chosen *report.Trip, policy *v1alpha1.PlatformPolicy, p phrase.Phrases, yes bool) error {
	feed := "The billing feed has told nothing yet."
	if asOf := policy.Status.BillingFeed.AsOf; asOf != nil {
		feed = fmt.Sprintf("The billing feed is complete to %s (%s).", p.Moment(asOf.Time), p.Away(asOf.Time))
	}
	fmt.Fprintln(h.ErrOut, feed, "Is it right? kubectl salexops due --within 0d lists who is meant.")
	if yes {
		return nil
	}
	number := fmt.Sprint(total(together(open, chosen)))
	return h.confirm("Type "+number+" to let that many through:", number)
}

// setAcknowledged names the trip in the policy's spec. A trip that came in the
// meantime has another name, and stays.
func setAcknowledged(ctx context.Context, c client.Client, policy *v1alpha1.PlatformPolicy, trippedAt time.Time) error {
	patch, err := json.Marshal(map[string]any{
		"spec": map[string]any{"breaker": map[string]any{"acknowledgedTrip": trippedAt.UTC().Format(time.RFC3339)}},
	})
	if err != nil {
		return plugin.Failedf("writing the patch: %w", err)
	}
	if err := c.Patch(ctx, policy.DeepCopy(), client.RawPatch(types.MergePatchType, patch)); err != nil {
		return ledger.Refused("changing spec.breaker.acknowledgedTrip of the PlatformPolicy", acknowledgeTakes, err)
	}
	return nil
}
