package command

import (
	"context"
	"encoding/json"
	"fmt"
	"io"

	"github.com/spf13/cobra"
	"k8s.io/apimachinery/pkg/types"
	"sigs.k8s.io/controller-runtime/pkg/client"

	"github.com/grupobizopps/salexops/internal/plugin"
	"github.com/grupobizopps/salexops/internal/plugin/ledger"
	"github.com/grupobizopps/salexops/internal/plugin/report"
	"github.com/grupobizopps/salexops/internal/plugin/text"
)

// holdTakes is the right that holding and releasing take.
const holdTakes = "It takes the right to patch tenants, which the ClusterRole salexops-platform-engineer has."

func newHold(h *house) *cobra.Command {
	var reason string
	cmd := &cobra.Command{
		Use:   "hold TENANT",
		Short: "Stop every destructive act on a tenant",
		Long: `Stop every destructive act on a tenant until it is released (contract 4). Access,
notices and the days of a lapse go on; users of a tenant that doesn't pay are
still disabled, which leaves all data untouched.`,
		Example:           `  kubectl salexops hold botica --reason "the owner disputes the invoice, ticket 4711"`,
		Args:              oneTenant,
		ValidArgsFunction: h.completeTenant,
	}
	cmd.Flags().StringVar(&reason, "reason", "", "Why, for whoever finds the hold")
	out := addOutput(cmd)
	cmd.RunE = func(cmd *cobra.Command, args []string) error {
		if err := out.check(); err != nil {
			return err
		}
		c, subject, err := h.subject(cmd.Context(), args[0])
		if err != nil {
			return err
		}
		tenant := subject.Objects.Tenant
		before := tenant.Annotations[report.HoldReasonAnnotation]
		changed := !tenant.Spec.Hold || cmd.Flags().Changed("reason") && reason != before
		if changed {
			err := setHold(cmd.Context(), c, subject, true, reason)
			if err != nil {
				return err
			}
		} else {
			reason = before
		}
		hold := report.PutOnHold(subject, reason, changed)
		return out.print(h, hold, func(w io.Writer, style text.Style) error { return text.Hold(w, style, hold) })
	}
	return cmd
}

func newRelease(h *house) *cobra.Command {
	var yes bool
	cmd := &cobra.Command{
		Use:   "release TENANT",
		Short: "Lift the hold on a tenant",
		Long: `Lift the hold on a tenant. When nothing else keeps its data from being deleted
right now, the name of the tenant has to be typed first.`,
		Example:           "  kubectl salexops release botica",
		Args:              oneTenant,
		ValidArgsFunction: h.completeTenant,
	}
	cmd.Flags().BoolVar(&yes, "yes", false, "Ask no question")
	out := addOutput(cmd)
	cmd.RunE = func(cmd *cobra.Command, args []string) error {
		if err := out.check(); err != nil {
			return err
		}
		c, subject, err := h.subject(cmd.Context(), args[0])
		if err != nil {
			return err
		}
		changed := subject.Objects.Tenant.Spec.Hold
		if changed && !yes && report.DestroyedAtOnce(subject) {
			question := fmt.Sprintf("Only the hold keeps the data of %[1]s from being deleted right now. Type %[1]s to lift it:", subject.Name())
			if err := h.confirm(question, subject.Name()); err != nil {
				return err
			}
		}
		if changed {
			if err := setHold(cmd.Context(), c, subject, false, ""); err != nil {
				return err
			}
		}
		hold := report.Release(subject, changed)
		return out.print(h, hold, func(w io.Writer, style text.Style) error { return text.Hold(w, style, hold) })
	}
	return cmd
}

// setHold writes spec.hold and its reason, which goes with it.
func setHold(ctx context.Context, c client.Client, s *report.Subject, hold bool, reason string) error {
	var annotation any
	if reason != "" {
		annotation = reason
	}
	patch, err := json.Marshal(map[string]any{
		"metadata": map[string]any{"uid": s.Objects.Tenant.UID, "annotations": map[string]any{report.HoldReasonAnnotation: annotation}},
		"spec":     map[string]any{"hold": hold},
	})
	if err != nil {
		return plugin.Failedf("writing the patch: %w", err)
	}
	tenant := s.Objects.Tenant.DeepCopy()
	if err := c.Patch(ctx, tenant, client.RawPatch(types.MergePatchType, patch)); err != nil {
		return ledger.Refused("changing spec.hold of Tenant "+tenant.Name, holdTakes, err)
	}
	return nil
}
