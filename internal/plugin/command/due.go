package command

import (
	"io"

	"github.com/spf13/cobra"

	"github.com/grupobizopps/salexops/internal/plugin/phrase"
	"github.com/grupobizopps/salexops/internal/plugin/report"
	"github.com/grupobizopps/salexops/internal/plugin/text"
)

func newDue(h *house) *cobra.Command {
	var given string
	cmd := &cobra.Command{
		Use:   "due",
		Short: "What will be disabled, purged or deleted, and what holds it back",
		Long: `Everything that will be disabled, purged or deleted within a time, with what it
follows from and what holds it back, and how much that is next to what the
circuit breaker lets through.

A tenant whose payment is not overdue yet is counted, and listed with -o wide.`,
		Example: `  kubectl salexops due --within 7d
  kubectl salexops due --within 12h -o json`,
		Args: nothingMore,
	}
	cmd.Flags().StringVar(&given, "within", "7d", "How far to look ahead: whole local days, such as 7d, or exactly, such as 12h")
	out := addOutput(cmd, "wide")
	cmd.RunE = func(cmd *cobra.Command, _ []string) error {
		if err := out.check(); err != nil {
			return err
		}
		length, err := parseWithin("--within", given)
		if err != nil {
			return err
		}
		fleet, now, _, err := h.fleet(cmd.Context())
		if err != nil {
			return err
		}
		p := phrase.Phrases{Zone: report.Zone(fleet.Policy), Now: now}
		due := report.GatherDue(fleet, now, length.end(p))
		return out.print(h, due, func(w io.Writer, style text.Style) error {
			return text.Due(w, style, p, due)
		})
	}
	return cmd
}
