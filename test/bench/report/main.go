// Command report reads figures as JSON lines from standard input, prints them
// as a table and writes them as one array to the file that is named.
//
//	report build/bench.json < figures.jsonl
package main

import (
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"os"
	"slices"
	"strings"
	"text/tabwriter"

	"github.com/grupobizopps/salexops/test/bench/figure"
)

func main() {
	if err := run(os.Args[1:], os.Stdin, os.Stdout); err != nil {
		fmt.Fprintln(os.Stderr, "report:", err)
		os.Exit(1)
	}
}

func run(args []string, in io.Reader, out io.Writer) error {
	if len(args) != 1 {
		return errors.New("usage: report FILE < figures.jsonl")
	}
	figures := []figure.Figure{}
	for decoder := json.NewDecoder(in); ; {
		var f figure.Figure
		err := decoder.Decode(&f)
		if errors.Is(err, io.EOF) {
			break
		}
		if err != nil {
			return fmt.Errorf("reading figure %d: %w", len(figures)+1, err)
		}
		figures = append(figures, f)
	}
	slices.SortStableFunc(figures, func(a, b figure.Figure) int { return strings.Compare(a.Name, b.Name) })

	table := tabwriter.NewWriter(out, 0, 4, 2, ' ', 0)
	fmt.Fprintln(table, "FIGURE\tVALUE\tUNIT\tAIM\tHOLDS")
	for _, f := range figures {
		holds := "yes"
		if !f.Holds {
			holds = "NO"
		}
		fmt.Fprintf(table, "%s\t%.4g\t%s\t%s\t%s\n", f.Name, f.Value, f.Unit, f.Aim, holds)
	}
	if err := table.Flush(); err != nil {
		return fmt.Errorf("printing the table: %w", err)
	}
	array, err := json.MarshalIndent(figures, "", "  ")
	if err != nil {
		return fmt.Errorf("encoding the figures: %w", err)
	}
	if err := os.WriteFile(args[0], append(array, '\n'), 0o644); err != nil {
		return fmt.Errorf("writing the figures: %w", err)
	}
	return nil
}
