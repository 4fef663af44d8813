package text

import (
	"fmt"
	"io"
	"strings"

	"github.com/grupobizopps/salexops/internal/plugin/phrase"
	"github.com/grupobizopps/salexops/internal/plugin/report"
)

// Explain shows why a tenant is where it is.
func Explain(w io.Writer, style Style, p phrase.Phrases, e report.Explanation) error {
	var b strings.Builder
	b.WriteString(style.in(bold, e.Headline) + "\n\n")
	if len(e.Rules) > 0 {
		b.WriteString(rules(style, p, e.Rules) + "\n")
	}
	if e.Kept != "" {
		fmt.Fprintf(&b, "Kept whatever happens: %s.\n", e.Kept)
	}
	if e.Change != "" {
		fmt.Fprintf(&b, "What would change this: %s\n", e.Change)
	}
	for _, block := range e.Blocks {
		b.WriteString(block + "\n")
	}
	for _, concern := range e.Attention {
		b.WriteString(style.in(amber, "Look at this: "+concern) + "\n")
	}
	_, err := io.WriteString(w, b.String())
	return err
}

// rules shows one rule a line, and leaves out the dates where none has one.
func rules(style Style, p phrase.Phrases, all []report.Rule) string {
	t := &table{style: style, indent: "  "}
	dated := false
	for i := range all {
		dated = dated || ruleWhen(p, &all[i]) != ""
	}
	for i := range all {
		r := &all[i]
		says := cell{text: r.Says}
		if strings.Contains(r.Says, "held back: ") {
			says.paint = amber
		}
		row := []cell{{text: r.What}, {text: ruleWhen(p, r)}, says, {"contract " + r.Section, dim}}
		if !dated {
			row = append(row[:1], row[2:]...)
		}
		t.cells(row...)
	}
	return t.String()
}

// ruleWhen is a date with its year, or an instant to the minute, with the days
// of the month lined up.
func ruleWhen(p phrase.Phrases, r *report.Rule) string {
	when := p.Moment(r.At)
	if !r.Date.IsZero() {
		when = p.FullDay(r.Date)
	}
	if len(when) > 1 && when[1] == ' ' {
		when = " " + when
	}
	return when
}
