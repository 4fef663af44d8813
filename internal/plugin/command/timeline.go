package command

import (
	"io"

	"github.com/spf13/cobra"

	"github.com/grupobizopps/salexops/internal/plugin/report"
	"github.com/grupobizopps/salexops/internal/plugin/text"
)

// defaultAhead is how far ahead a timeline looks at least.
const defaultAhead = "90d"

func newTimeline(h *house) *cobra.Command {
	var ahead string
	cmd := &cobra.Command{
		Use:   "timeline TENANT",
		Short: "What happened to a tenant, and what will",
		Long: `What happened to a tenant (payments, grace, notices, deletions), where it stands,
and what will happen if nobody does anything, with the payment that prevents it.`,
		Example: `  kubectl salexops timeline acme
  kubectl salexops timeline acme --ahead 365d -o json`,
		Args:              oneTenant,
		ValidArgsFunction: h.completeTenant,
	}
	cmd.Flags().StringVar(&ahead, "ahead", defaultAhead, "How far to look ahead, such as 30d or 12h (without it also past the lapse that would follow)")
	out := addOutput(cmd)
	cmd.RunE = func(cmd *cobra.Command, args []string) error {
		if err := out.check(); err != nil {
			return err
		}
		length, err := parseWithin("--ahead", ahead)
		if err != nil {
			return err
		}
		_, subject, err := h.subject(cmd.Context(), args[0])
		if err != nil {
			return err
		}
		until := length.end(subject.Phrases)
		if end := subject.EndOfLapse(); !cmd.Flags().Changed("ahead") && end.After(until) {
			until = end
		}
		timeline := report.TimelineOf(subject, until)
		return out.print(h, timeline, func(w io.Writer, style text.Style) error {
			return text.Timeline(w, style, subject.Phrases, timeline)
		})
	}
	return cmd
}
