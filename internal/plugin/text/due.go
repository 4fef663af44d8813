package text

import (
	"fmt"
	"io"
	"strings"

	"github.com/grupobizopps/salexops/contract"
	"github.com/grupobizopps/salexops/internal/plugin/phrase"
	"github.com/grupobizopps/salexops/internal/plugin/report"
)

// Due shows what will be disabled, purged or deleted.
func Due(w io.Writer, style Style, p phrase.Phrases, due report.Due) error {
	var b strings.Builder
	acts := due.Acts
	if style.Wide {
		acts = append(append([]report.Act{}, acts...), due.Renewals...)
	}
	if len(acts) == 0 {
		fmt.Fprintf(&b, "Nobody is disabled, purged or deleted until %s.\n", p.Moment(due.Until))
	} else {
		t := &table{style: style}
		t.heading("WHEN", "TENANT", "WHAT", "BECAUSE", "BLOCKED BY")
		for i := range acts {
			t.cells(actCells(p, &acts[i])...)
		}
		b.WriteString(t.String())
		b.WriteString(sum(due) + "\n")
	}
	b.WriteString(wouldTrip(style, p, due.Breaker))
	if n := len(due.Renewals); n > 0 && !style.Wide {
		fmt.Fprintf(&b, "%s unless a payment that is not overdue yet comes; -o wide lists them.\n", phrase.Count(n, "act more", "acts more"))
	}
	for _, u := range due.Unreadable {
		b.WriteString(style.in(red, fmt.Sprintf("%s: nothing can be said: %s", u.Tenant, phrase.Clean(u.Error))) + "\n")
	}
	_, err := io.WriteString(w, b.String())
	return err
}

func actCells(p phrase.Phrases, act *report.Act) []cell {
	when := cell{text: p.Column(act.At)}
	if act.Earliest {
		when.text = "from " + when.text
	}
	blocked := cell{text: "-"}
	if len(act.BlockedBy) > 0 {
		blocked = cell{blockedBy(act.BlockedBy), amber}
	} else if act.Overdue {
		when.paint = red
	}
	return []cell{when, {text: act.Tenant}, {text: act.What}, {text: act.Because}, blocked}
}

func blockedBy(blocks []report.Block) string {
	var says []string
	for _, block := range blocks {
		says = append(says, block.Says)
	}
	return strings.Join(says, ", ")
}

// sum is how much there is, next to what the breaker lets through.
func sum(due report.Due) string {
	var kinds []string
	for _, k := range []struct {
		n         int
		one, many string
	}{
		{due.Disables, "disable", "disables"}, {due.Purges, "purge", "purges"}, {due.Deletions, "deletion", "deletions"},
	} {
		if k.n > 0 {
			kinds = append(kinds, phrase.Count(k.n, k.one, k.many))
		}
	}
	text := phrase.Count(len(due.Acts), "act", "acts")
	if len(kinds) > 0 {
		text += ": " + strings.Join(kinds, ", ")
	}
	breaker := due.Breaker
	return fmt.Sprintf("%s (breaker: %d of %d running, limit %d an hour; %s, limit %d a day)", text,
		breaker.Disable.Most, breaker.RunningPaid, breaker.Disable.Limit,
		phrase.Count(breaker.Purge.Most, "purge", "purges"), breaker.Purge.Limit)
}

// wouldTrip warns of a breaker that has tripped, or that would.
func wouldTrip(style Style, p phrase.Phrases, load report.Load) string {
	var b strings.Builder
	open := map[contract.ActKind]bool{}
	for _, trip := range load.Trips {
		open[trip.Kind] = true
		b.WriteString(style.in(red, fmt.Sprintf("The breaker tripped %s: %s, limit %d. Nothing of the kind is carried out until somebody looks: kubectl salexops acknowledge",
			p.Moment(trip.TrippedAt), countActs(trip.Kind, trip.Due), trip.Limit)) + "\n")
	}
	for _, k := range []struct {
		kind   contract.ActKind
		peak   report.Peak
		window string
	}{{contract.ActDisable, load.Disable, "within an hour"}, {contract.ActPurge, load.Purge, "in a day"}} {
		if k.peak.Trips() && !open[k.kind] {
			b.WriteString(style.in(amber, fmt.Sprintf("The breaker will trip %s: %s %s, limit %d. Then none of them is carried out until somebody acknowledges.",
				p.Moment(k.peak.At), countActs(k.kind, k.peak.Most), k.window, k.peak.Limit)) + "\n")
		}
	}
	return b.String()
}

// countActs is a number of acts of a kind, in words.
func countActs(kind contract.ActKind, n int) string {
	if kind == contract.ActPurge {
		return phrase.Count(n, "purge", "purges")
	}
	return phrase.Count(n, "disable", "disables")
}
