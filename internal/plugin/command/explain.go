package command

import (
	"io"

	"github.com/spf13/cobra"

	"github.com/grupobizopps/salexops/internal/plugin/report"
	"github.com/grupobizopps/salexops/internal/plugin/text"
)

func newExplain(h *house) *cobra.Command {
	cmd := &cobra.Command{
		Use:   "explain TENANT",
		Short: "Why a tenant is where it is, rule by rule",
		Long: `Why a tenant is where it is, rule by rule, with the section of the contract; what
would change it, and what holds back what is due.`,
		Example:           "  kubectl salexops explain botica",
		Args:              oneTenant,
		ValidArgsFunction: h.completeTenant,
	}
	out := addOutput(cmd)
	cmd.RunE = func(cmd *cobra.Command, args []string) error {
		if err := out.check(); err != nil {
			return err
		}
		_, subject, err := h.subject(cmd.Context(), args[0])
		if err != nil {
			return err
		}
		explanation := report.Explain(subject)
		return out.print(h, explanation, func(w io.Writer, style text.Style) error {
			return text.Explain(w, style, subject.Phrases, explanation)
		})
	}
	return cmd
}
