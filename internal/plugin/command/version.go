package command

import (
	"fmt"
	"io"

	"github.com/spf13/cobra"

	"github.com/grupobizopps/salexops/internal/plugin/text"
)

func newVersion(h *house) *cobra.Command {
	cmd := &cobra.Command{Use: "version", Short: "The version of this plugin", Args: nothingMore}
	out := addOutput(cmd)
	cmd.RunE = func(*cobra.Command, []string) error {
		if err := out.check(); err != nil {
			return err
		}
		version := struct {
			Version string `json:"version"`
		}{h.Version}
		return out.print(h, version, func(w io.Writer, _ text.Style) error {
			_, err := fmt.Fprintln(w, version.Version)
			return err
		})
	}
	return cmd
}
