package command

import (
	"io"

	"github.com/spf13/cobra"

	"github.com/grupobizopps/salexops/internal/plugin/phrase"
	"github.com/grupobizopps/salexops/internal/plugin/report"
	"github.com/grupobizopps/salexops/internal/plugin/text"
)

func newStatus(h *house) *cobra.Command {
	cmd := &cobra.Command{
		Use:   "status",
		Short: "The fleet on one screen",
		Long: `The fleet on one screen: how many tenants stand how, what the operator depends
on (billing feed, breaker, freeze, notices), which tenants need attention, and
what happens within 24 hours.`,
		Args: nothingMore,
	}
	out := addOutput(cmd, "wide")
	cmd.RunE = func(cmd *cobra.Command, _ []string) error {
		if err := out.check(); err != nil {
			return err
		}
		fleet, now, testing, err := h.fleet(cmd.Context())
		if err != nil {
			return err
		}
		status := report.GatherStatus(fleet, now, testing)
		p := phrase.Phrases{Zone: report.Zone(fleet.Policy), Now: now}
		return out.print(h, status, func(w io.Writer, style text.Style) error {
			return text.Status(w, style, p, status)
		})
	}
	return cmd
}
