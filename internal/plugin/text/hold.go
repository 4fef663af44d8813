package text

import (
	"fmt"
	"io"
	"strings"

	"github.com/grupobizopps/salexops/internal/plugin/phrase"
	"github.com/grupobizopps/salexops/internal/plugin/report"
)

// Hold shows what a hold changes, or lifting one.
func Hold(w io.Writer, style Style, hold report.Hold) error {
	var b strings.Builder
	reason := ""
	if hold.Reason != "" {
		reason = " (" + hold.Reason + ")"
	}
	switch {
	case hold.OnHold && hold.Changed:
		b.WriteString(style.in(bold, hold.Tenant+" is on hold"+reason+".") + "\n\n")
	case hold.OnHold:
		b.WriteString(style.in(bold, hold.Tenant+" is on hold already"+reason+": nothing was changed.") + "\n\n")
	case hold.Changed:
		b.WriteString(style.in(bold, hold.Tenant+" is no longer on hold"+reason+".") + "\n")
	default:
		b.WriteString(style.in(bold, hold.Tenant+" is not on hold: nothing was changed.") + "\n")
	}
	if hold.OnHold {
		t := &table{style: style, indent: "  "}
		t.row("stops", phrase.List(hold.Stops))
		t.row("goes on", phrase.List(hold.GoesOn))
		fmt.Fprintf(&b, "%s\nTo lift it: kubectl salexops release %s\n", t.String(), hold.Tenant)
	}
	for _, follows := range hold.Follows {
		b.WriteString("What follows: " + follows + ".\n")
	}
	_, err := io.WriteString(w, b.String())
	return err
}
