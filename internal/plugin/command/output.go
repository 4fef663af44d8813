package command

import (
	"encoding/json"
	"fmt"
	"io"
	"slices"
	"strings"

	"github.com/spf13/cobra"
	"sigs.k8s.io/yaml"

	"github.com/grupobizopps/salexops/internal/plugin"
	"github.com/grupobizopps/salexops/internal/plugin/text"
)

// output is how an answer is printed.
type output struct {
	format string
	known  []string
}

// addOutput adds the flag -o. text is what is printed without it.
func addOutput(cmd *cobra.Command, further ...string) *output {
	o := &output{known: append([]string{"text"}, append(further, "json", "yaml")...)}
	cmd.Flags().StringVarP(&o.format, "output", "o", "text", "How to print the answer: "+strings.Join(o.known, ", "))
	_ = cmd.RegisterFlagCompletionFunc("output", func(*cobra.Command, []string, string) ([]string, cobra.ShellCompDirective) {
		return o.known, cobra.ShellCompDirectiveNoFileComp
	}) // It fails for a flag that does not exist only.
	return o
}

// check refuses a format that there isn't.
func (o *output) check() error {
	if !slices.Contains(o.known, o.format) {
		return plugin.Usagef("--output: %q is not a format: use %s", o.format, strings.Join(o.known, ", "))
	}
	return nil
}

// print prints a report as it is, or as show shows it.
func (o *output) print(h *house, report any, show func(io.Writer, text.Style) error) error {
	var err error
	switch o.format {
	case "json":
		encoder := json.NewEncoder(h.Out)
		encoder.SetEscapeHTML(false)
		encoder.SetIndent("", "  ")
		err = encoder.Encode(report)
	case "yaml":
		var data []byte
		if data, err = yaml.Marshal(report); err == nil {
			_, err = h.Out.Write(data)
		}
	default:
		err = show(h.Out, text.Style{Colour: h.Colour, Wide: o.format == "wide"})
	}
	if err != nil {
		return fmt.Errorf("printing the answer: %w", err)
	}
	return nil
}
