package contract_test

import (
	"strings"
	"testing"

	. "github.com/grupobizopps/salexops/contract"
)

func TestWhatComesNextSaysWhy(t *testing.T) {
	early := receivedAt(t, payment(t, "pay-2", "2027-02-10", "2027-03-09"), "2027-01-05")
	for _, c := range []struct {
		now      string
		payments []Payment
		what     Event
		on       string
		why      string
	}{
		{"2027-01-15", []Payment{payment(t, "pay-1", "2026-12-31", "2027-01-30")},
			EventPaymentDue, "2027-01-31", "paid through 2027-01-30 (contract.md 3.4)"},
		{"2027-01-31", []Payment{payment(t, "pay-1", "2026-12-31", "2027-01-30")},
			EventGrace, "2027-02-01", "counted from 2027-01-31 (contract.md 4)"},
		{"2027-01-15", []Payment{early}, EventPaidPeriod, "2027-02-10", "paid from 2027-02-10 on (contract.md 3.3)"},
		{"2027-01-15", []Payment{payment(t, "pay-9", "2027-01-16", "2027-02-15")},
			EventPaymentKnown, "2027-01-16", "payment pay-9 is received then (contract.md 3.3)"},
		{"2027-01-15", []Payment{reversedAt(t, payment(t, "pay-1", "2026-12-31", "2027-01-30"), "2027-01-16")},
			EventPaymentReversed, "2027-01-16", "payment pay-1 is reversed then (contract.md 3.5)"},
		{"2027-01-15", nil, "", "", ""},
	} {
		s := Evaluate(paid(t, c.now, c.payments...))
		if s.Next.What != c.what || s.Next.Date.String() != c.on || s.Next.Why != c.why {
			t.Errorf("%s: next %+v; want %s on %s: %s", c.now, s.Next, c.what, c.on, c.why)
		}
		if !s.WakeAt.Equal(s.Next.At) {
			t.Errorf("%s: wakes at %s, not %s", c.now, s.WakeAt, s.Next.At)
		}
	}
}

func TestAnActThatWaitsSaysForWhat(t *testing.T) {
	f := acme(t, "2027-02-10")
	f.Feed, f.Assurances = Feed{}, Assurances{}
	s := Evaluate(f)
	for _, part := range []string{"held back", string(GuardFeedComplete), string(GuardBreakerClosed), "2027-01-31"} {
		if !strings.Contains(s.Next.Why, part) {
			t.Errorf("%q doesn't say %q", s.Next.Why, part)
		}
	}
}

func TestAFreeTenantRestsForGood(t *testing.T) {
	f := paid(t, "2027-01-15")
	f.Requested = free
	if s := Evaluate(f); s.Next != (Next{}) || !s.WakeAt.IsZero() {
		t.Errorf("next %+v, wakes at %s", s.Next, s.WakeAt)
	}
}

func TestAPlanThatIsTheFirstIsNoChange(t *testing.T) {
	f := paid(t, "2027-01-15")
	f.Anchor = date(t, "2027-02-01")
	if s := Evaluate(f); s.Next != (Next{}) || s.Agreement.Plan != "team" {
		t.Errorf("next %+v on %s", s.Next, s.Agreement.Plan)
	}
}
