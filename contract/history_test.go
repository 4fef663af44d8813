package contract_test

import (
	"slices"
	"time"

	"pgregory.net/rapid"

	. "github.com/grupobizopps/salexops/contract"
)

// history is a random life of one tenant under an operator that is not always
// there, with a mail server that does not always answer.
type history struct {
	*operator
	payments []Payment // by the time at which billing tells of them
	toldAt   []time.Time
	cases    []Suspension
	outages  []span // of mail
	readings []time.Time
	latest   time.Time // the latest reading so far: what was told stays told
}

type span struct{ from, to time.Time }

func anyHistory(t *rapid.T) *history {
	f := anyFacts(t)
	h := &history{operator: newOperator(f), payments: f.Payments}
	h.facts.Payments = nil
	for _, p := range h.payments { // Billing may tell late, never early.
		h.toldAt = append(h.toldAt, p.ReceivedAt.Add(time.Duration(rapid.IntRange(0, 20*24).Draw(t, "told late"))*time.Hour))
	}
	for range rapid.IntRange(0, 2).Draw(t, "mail outages") {
		from := anyInstant(t, "outage")
		h.outages = append(h.outages, span{from, from.Add(time.Duration(rapid.IntRange(1, 60*24).Draw(t, "hours")) * time.Hour)})
	}
	h.mail = func(at time.Time) bool {
		return !slices.ContainsFunc(h.outages, func(o span) bool { return !at.Before(o.from) && at.Before(o.to) })
	}
	if rapid.IntRange(0, 3).Draw(t, "breach") == 0 {
		opened := anyInstant(t, "opened")
		h.cases = append(h.cases, Suspension{Action: ActionSuspend, OpenedAt: opened, Notice: Delivery{AcceptedAt: opened}})
	}
	for range rapid.IntRange(1, 40).Draw(t, "readings") {
		h.readings = append(h.readings, anyInstant(t, "reading"))
	}
	return h
}

// learn lets billing tell what it would have told by now, and draws the state
// of everything that may hold an act back.
func (h *history) learn(t *rapid.T, now time.Time) {
	if now.After(h.latest) {
		h.latest = now
	}
	h.facts.Payments = nil
	for i, p := range h.payments {
		if !h.toldAt[i].After(h.latest) {
			h.facts.Payments = append(h.facts.Payments, p)
		}
	}
	h.facts.Suspensions = nil
	for _, s := range h.cases {
		if !s.OpenedAt.After(h.latest) {
			h.facts.Suspensions = append(h.facts.Suspensions, s)
		}
	}
	h.facts.Feed = Feed{FleetAsOf: now.Add(-time.Duration(rapid.IntRange(0, 10*24).Draw(t, "lag")) * time.Hour)}
	h.facts.Hold = rapid.IntRange(0, 4).Draw(t, "hold") == 0
	h.facts.Policy.Freeze = rapid.IntRange(0, 4).Draw(t, "freeze") == 0
	h.facts.Assurances = anyAssurances(t)
	if h.facts.Lapse != nil && rapid.IntRange(0, 9).Draw(t, "bounce") == 0 {
		lapse := *h.facts.Lapse
		lapse.PurgeNotice.BouncedAt = lapse.PurgeNotice.AcceptedAt
		h.facts.Lapse = &lapse
	}
}
