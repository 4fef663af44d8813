package notices

import (
	"testing"
	"time"

	"github.com/grupobizopps/salexops/api/v1alpha1"
)

func TestWhatToDoAboutANotice(t *testing.T) {
	type tries = []v1alpha1.NoticeAttempt
	type reports = []v1alpha1.NoticeReport
	one, two := contact{primary: lucia}, contact{lucia, cuentas}
	const day = 24 * 60
	for what, c := range map[string]struct {
		to      contact
		tries   tries
		reports reports
		closed  bool
		now     int // minutes after the deadline
		want    verdict
	}{
		"it isn't due":           {to: two, now: -1, want: verdict{wait, start, lucia}},
		"it is due":              {to: two, now: 0, want: verdict{send, time.Time{}, lucia}},
		"it is long overdue":     {to: two, now: 90 * day, want: verdict{send, time.Time{}, lucia}},
		"it is closed":           {to: two, closed: true, now: 5, want: verdict{action: rest}},
		"it was taken":           {to: two, tries: tries{attempt(lucia, 0, taken(0))}, now: 90 * day, want: verdict{action: rest}},
		"it came back":           {to: two, tries: tries{attempt(lucia, 0, taken(0))}, reports: reports{back(lucia, 5)}, now: 5, want: verdict{send, time.Time{}, cuentas}},
		"it was refused":         {to: two, tries: tries{attempt(lucia, 0, turnedDown(0))}, now: 0, want: verdict{send, time.Time{}, cuentas}},
		"only one address":       {to: one, tries: tries{attempt(lucia, 0, turnedDown(0))}, now: 5, want: verdict{wait, after(day), lucia}},
		"a day later":            {to: one, tries: tries{attempt(lucia, 0, turnedDown(0))}, now: day, want: verdict{send, time.Time{}, lucia}},
		"a day after the bounce": {to: one, tries: tries{attempt(lucia, 0, taken(0))}, reports: reports{back(lucia, 30)}, now: day, want: verdict{wait, after(day + 30), lucia}},
		"both were refused: first the one that had its turn first": {
			to: two, tries: tries{attempt(lucia, 0, turnedDown(0)), attempt(cuentas, 1, turnedDown(1))}, now: 2,
			want: verdict{wait, after(day + 1), lucia},
		},
		"then the other one": {
			to: two, tries: tries{attempt(lucia, 0, turnedDown(0)), attempt(cuentas, 1, turnedDown(1)), attempt(lucia, day+1, turnedDown(day+1))}, now: day + 2,
			want: verdict{wait, after(2*day + 1), cuentas},
		},
		"the address was corrected": {
			to: contact{"correct@acme.example", cuentas}, tries: tries{attempt(lucia, 0, turnedDown(0)), attempt(cuentas, 1, turnedDown(1))}, now: 2,
			want: verdict{send, time.Time{}, "correct@acme.example"},
		},
		"corrected after it was delivered": {
			to: contact{"correct@acme.example", ""}, tries: tries{attempt(lucia, 0, taken(0))}, now: 2, want: verdict{action: rest},
		},
		"a doubt is not repeated at once": {to: one, tries: tries{attempt(lucia, 0)}, now: 1, want: verdict{wait, after(day), lucia}},
		"nor at the other address":        {to: two, tries: tries{attempt(lucia, 0)}, now: 1, want: verdict{wait, after(day), cuentas}},
		"nor at a corrected one":          {to: contact{"correct@acme.example", ""}, tries: tries{attempt(lucia, 0)}, now: 1, want: verdict{wait, after(day), "correct@acme.example"}},
		"a day of doubt later":            {to: two, tries: tries{attempt(lucia, 0)}, now: day, want: verdict{send, time.Time{}, cuentas}},
		"a doubt of one address":          {to: one, tries: tries{attempt(lucia, 0)}, now: day, want: verdict{send, time.Time{}, lucia}},
		"a doubt is better than a refusal": {
			to: two, tries: tries{attempt(cuentas, 0, turnedDown(0)), attempt(lucia, 1)}, now: day + 1, want: verdict{send, time.Time{}, lucia},
		},
		"a doubt that was confirmed": {to: one, tries: tries{attempt(lucia, 0)}, reports: reports{confirmed(lucia, 9)}, now: day, want: verdict{action: rest}},
		"a doubt that came back":     {to: two, tries: tries{attempt(lucia, 0)}, reports: reports{back(lucia, 9)}, now: 9, want: verdict{send, time.Time{}, cuentas}},
		"the alternate one is the same": {
			to: contact{lucia, "Lucia@acme.example"}, tries: tries{attempt(lucia, 0, turnedDown(0))}, now: 1, want: verdict{wait, after(day), lucia},
		},
	} {
		t.Run(what, func(t *testing.T) {
			status := &v1alpha1.NoticeStatus{Attempts: c.tries, Reports: c.reports}
			if c.closed {
				status.ClosedAt = stamp(1)
			}
			got := decide(&question{uid: "uid-1", status: status, due: start, contact: c.to, now: after(c.now)})
			if got != c.want {
				t.Errorf("got %+v, want %+v", got, c.want)
			}
		})
	}
}

func TestAFailureIsTriedAgainAtTheSameAddressAWhileLater(t *testing.T) {
	status := &v1alpha1.NoticeStatus{Attempts: []v1alpha1.NoticeAttempt{attempt(lucia, 0, turnedDown(0)), attempt(cuentas, 1, broke(1))}}
	q := &question{uid: "uid-1", status: status, due: start, contact: contact{lucia, cuentas}, now: after(1)}
	got := decide(q)
	if got.action != wait || got.address != cuentas || got.until.Before(after(2)) || got.until.After(after(3)) {
		t.Errorf("%+v", got)
	}
	q.now = got.until
	if got := decide(q); got.action != send || got.address != cuentas {
		t.Errorf("%+v", got)
	}
}
