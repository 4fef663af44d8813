package text

import (
	"fmt"
	"io"
	"strings"
	"time"

	"github.com/grupobizopps/salexops/contract"
	"github.com/grupobizopps/salexops/internal/plugin/phrase"
	"github.com/grupobizopps/salexops/internal/plugin/report"
)

// mostLines is how much of a list fits on the screen; -o wide shows all.
const mostLines = 12

// Status shows the fleet on one screen.
func Status(w io.Writer, style Style, p phrase.Phrases, s report.Status) error {
	var b strings.Builder
	clock := s.TimeZone
	if s.TestClock {
		clock += ", by the test clock"
	}
	fmt.Fprintf(&b, "%s   %s\n\n", style.in(bold, phrase.Count(s.Tenants, "tenant", "tenants")+" in "+s.Namespace),
		style.in(dim, p.FullDay(p.Today())+" "+p.Zone.Local(s.Now).Format("15:04")+" "+clock))
	b.WriteString(standings(style, s))
	b.WriteString(machinery(style, p, s))
	b.WriteString(attention(style, s.Attention))
	b.WriteString(coming(style, p, s.Coming))
	_, err := io.WriteString(w, b.String())
	return err
}

// staleAfter is how old a billing feed looks as if it had stopped.
const staleAfter = 24 * time.Hour

// meaning says what a standing means.
var meaning = map[string]string{
	"Pending":        "not registered, or not paid yet",
	"Free":           "on a plan that costs nothing",
	"Current":        "paid",
	"Grace":          "unpaid, everything still works",
	"Disabled":       "unpaid, users are out, data are kept",
	"PurgeScheduled": "unpaid, the owner knows when the documents go",
	"Purging":        "documents are being deleted",
	"Purged":         "documents are deleted, records are kept",
	"Warned":         "warned of a breach",
	"Suspended":      "suspended for a breach",
	"Exporting":      "ended, the owner may take the data",
	"Deleting":       "everything is being deleted",
	"Deleted":        "nothing is left",
	"Unknown":        "not looked at by the operator yet",
}

func standings(style Style, s report.Status) string {
	if s.Tenants == 0 {
		return "  no tenants\n\n"
	}
	width := len(fmt.Sprint(s.Tenants))
	t := &table{style: style, indent: "  "}
	for _, standing := range s.Standings {
		t.cells(cell{text: fmt.Sprintf("%*d", width, standing.Tenants)}, cell{text: standing.Name}, cell{meaning[standing.Name], dim})
	}
	return t.String() + "\n"
}

// machinery is what the operator depends on: a line each, and whether it is
// well.
func machinery(style Style, p phrase.Phrases, s report.Status) string {
	t := &table{style: style, indent: "  "}
	feed := cell{"nothing told yet: nobody is disabled or purged", amber}
	if !s.Feed.IsZero() {
		feed = cell{text: fmt.Sprintf("complete to %s (%s)", p.Moment(s.Feed), p.Away(s.Feed))}
		if s.Now.Sub(s.Feed) > staleAfter {
			feed.paint = amber
		}
	}
	t.cells(cell{text: "billing feed"}, feed)
	breaker := cell{fmt.Sprintf("closed (%s running)", phrase.Count(s.RunningPaid, "paid tenant", "paid tenants")), plain}
	for _, trip := range s.Breaker {
		breaker = cell{fmt.Sprintf("tripped %s by %s, limit %d: kubectl salexops acknowledge", p.Moment(trip.TrippedAt), countActs(trip.Kind, trip.Due), trip.Limit), red}
		if trip.Acknowledged {
			breaker = cell{"tripped, acknowledged; the operator has not seen that yet", amber}
		}
		t.cells(cell{text: "breaker"}, breaker)
	}
	if len(s.Breaker) == 0 {
		t.cells(cell{text: "breaker"}, breaker)
	}
	freeze := cell{text: "off"}
	if s.Freeze {
		freeze = cell{"on: nothing is deleted", amber}
	}
	t.cells(cell{text: "freeze"}, freeze)
	if len(s.Held) > 0 {
		t.row("on hold", names(s.Held, style.Wide))
	}
	notices := cell{text: "all delivered"}
	switch {
	case s.NoticesHidden:
		notices = cell{"you may not read them", dim}
	case s.Undelivered > 0:
		notices = cell{fmt.Sprintf("%d not delivered", s.Undelivered), amber}
	}
	t.cells(cell{text: "notices"}, notices)
	if s.NoPolicy {
		t.cells(cell{text: "policy"}, cell{"there is no PlatformPolicy default: the contract's own figures hold", amber})
	}
	return t.String() + "\n"
}

func attention(style Style, concerns []report.Concern) string {
	if len(concerns) == 0 {
		return style.in(green, "No tenant needs attention.") + "\n\n"
	}
	t := &table{style: style}
	t.heading("TENANT", "NEEDS ATTENTION")
	for i := range concerns {
		if i == mostLines && !style.Wide {
			t.cells(cell{"…", dim}, cell{fmt.Sprintf("%d more; -o wide shows all", len(concerns)-i), dim})
			break
		}
		t.cells(cell{text: concerns[i].Tenant}, cell{concerns[i].Says, amber})
	}
	return t.String() + "\n"
}

func coming(style Style, p phrase.Phrases, all []report.Coming) string {
	if len(all) == 0 {
		return "Nothing happens within the next 24 hours.\n"
	}
	t := &table{style: style}
	t.heading("NEXT 24 HOURS", "WHAT", "TENANTS")
	for i := range all {
		if i == mostLines && !style.Wide {
			t.cells(cell{"…", dim}, cell{fmt.Sprintf("%d more; -o wide shows all", len(all)-i), dim})
			break
		}
		when := p.Column(all[i].At)
		if !all[i].At.After(p.Now) {
			when = "now"
		} else if all[i].What == string(contract.EventPaymentDue) {
			when = when[:len("2006-01-02")] // Money received on the day itself is on time.
		}
		t.row(when, all[i].What, names(all[i].Tenants, style.Wide))
	}
	return t.String()
}

// names lists tenants as far as they fit on a line.
func names(all []string, wide bool) string {
	const most = 4
	if len(all) <= most || wide {
		return strings.Join(all, ", ")
	}
	return fmt.Sprintf("%s and %d more", strings.Join(all[:most-1], ", "), len(all)-most+1)
}
