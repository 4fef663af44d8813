package text

import (
	"fmt"
	"io"
	"strings"

	"github.com/grupobizopps/salexops/contract"
	"github.com/grupobizopps/salexops/internal/plugin/phrase"
	"github.com/grupobizopps/salexops/internal/plugin/report"
)

// Trips shows the trips of the breaker that are open, and what acknowledging
// each lets through.
func Trips(w io.Writer, style Style, p phrase.Phrases, trips []report.Trip) error {
	var b strings.Builder
	if len(trips) == 0 {
		b.WriteString("The breaker is closed: there is nothing to acknowledge.\n")
	}
	for i := range trips {
		trip := &trips[i]
		fmt.Fprintf(&b, "%s\n", style.in(bold, fmt.Sprintf("The breaker tripped %s over %s.", p.Exact(trip.TrippedAt), subjectOf(trip.Kind))))
		t := &table{style: style, indent: "  "}
		t.row("would be", countActs(trip.Kind, trip.Due)+" "+window(trip.Kind))
		t.row("limit", fmt.Sprint(trip.Limit))
		t.row("until then", "none of them is carried out")
		t.row("acknowledged", fmt.Sprintf("up to %s %s are let through; one more trips it again", countActs(trip.Kind, trip.Due), window(trip.Kind)))
		b.WriteString(t.String() + "\n")
	}
	_, err := io.WriteString(w, b.String())
	return err
}

func subjectOf(kind contract.ActKind) string {
	if kind == contract.ActPurge {
		return "the deletion of documents"
	}
	return "the disabling of users"
}

func window(kind contract.ActKind) string {
	if kind == contract.ActPurge {
		return "within a day"
	}
	return "within an hour"
}
