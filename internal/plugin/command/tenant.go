package command

import (
	"context"
	"strings"
	"time"

	"github.com/spf13/cobra"
	"sigs.k8s.io/controller-runtime/pkg/client"

	"github.com/grupobizopps/salexops/internal/plugin"
	"github.com/grupobizopps/salexops/internal/plugin/ledger"
	"github.com/grupobizopps/salexops/internal/plugin/report"
)

// completionTime is how long a shell waits for names.
const completionTime = 3 * time.Second

// oneTenant asks for exactly one tenant.
func oneTenant(cmd *cobra.Command, args []string) error {
	switch len(args) {
	case 0:
		return plugin.Usagef("say which tenant: %s", cmd.UseLine())
	case 1:
		return nil
	default:
		return plugin.Usagef("one tenant at a time, and not %s: %s", strings.Join(args, ", "), cmd.UseLine())
	}
}

// nothingMore refuses arguments.
func nothingMore(cmd *cobra.Command, args []string) error {
	if len(args) > 0 {
		return plugin.Usagef("%q is one word too many: %s", args[0], cmd.UseLine())
	}
	return nil
}

// completeTenant completes the name of a tenant from the cluster.
func (h *house) completeTenant(cmd *cobra.Command, args []string, begun string) ([]string, cobra.ShellCompDirective) {
	if len(args) > 0 {
		return nil, cobra.ShellCompDirectiveNoFileComp
	}
	ctx, done := context.WithTimeout(cmd.Context(), completionTime)
	defer done()
	c, err := h.Connect(h.flags)
	if err != nil {
		return nil, cobra.ShellCompDirectiveError
	}
	names, err := ledger.Names(ctx, c, *h.flags.Namespace)
	if err != nil {
		return nil, cobra.ShellCompDirectiveError
	}
	var matching []string
	for _, name := range names {
		if strings.HasPrefix(name, begun) {
			matching = append(matching, name)
		}
	}
	return matching, cobra.ShellCompDirectiveNoFileComp
}

// subject reads one tenant and judges it at the contract's present.
func (h *house) subject(ctx context.Context, name string) (client.Client, *report.Subject, error) {
	c, err := h.Connect(h.flags)
	if err != nil {
		return nil, nil, err
	}
	fleet, err := ledger.ReadTenant(ctx, c, *h.flags.Namespace, name)
	if err != nil {
		return nil, nil, err
	}
	now, _ := ledger.Present(fleet.Policy, h.Clock.Now())
	subject, err := report.Judge(fleet.Objects(&fleet.Tenants[0]), now)
	if err != nil {
		return nil, nil, plugin.Failedf("nothing can be said about tenant %s: %w", name, err)
	}
	return c, subject, nil
}

// fleet reads the ledger of all tenants, and tells the contract's present.
func (h *house) fleet(ctx context.Context) (fleet *ledger.Fleet, now time.Time, testing bool, err error) {
	c, err := h.Connect(h.flags)
	if err != nil {
		return nil, time.Time{}, false, err
	}
	fleet, err = ledger.ReadFleet(ctx, c, *h.flags.Namespace)
	if err != nil {
		return nil, time.Time{}, false, err
	}
	now, testing = ledger.Present(fleet.Policy, h.Clock.Now())
	return fleet, now, testing, nil
}
