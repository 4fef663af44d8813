package contract_test

import (
	"testing"
	"time"

	. "github.com/grupobizopps/salexops/contract"
)

func TestWhatComesOfACaseSaysWhy(t *testing.T) {
	later := word(t, CauseProviderBreach, "2027-03-05")
	corrected := word(t, CauseProviderBreach, "2027-01-04 09:00")
	corrected.CorrectedAt = local(t, "2027-02-01")
	for _, c := range []struct {
		because string
		facts   Facts
		what    Event
		at      string
		why     string
	}{
		{"new terms", asked(t, "2027-03-10"), EventTerms, "2027-03-17", "counted from 2027-03-01 (contract.md 10)"},
		{"a word that is on its way", cancelled(t, "2027-03-01", later), EventCancellation, "2027-03-05", "ProviderBreach (contract.md 9)"},
		{"a failure that will be mended", cancelled(t, "2027-01-10", corrected), EventCancellation, "2027-02-01", "ProviderBreach (contract.md 9)"},
		{"the end", cancelled(t, "2027-01-10", word(t, CauseProviderBreach, "2027-01-04 09:00")), EventEnd, "2027-02-17", "counted from 2027-01-04 (contract.md 9)"},
		{"and what follows", cancelled(t, "2027-02-17", word(t, CauseProviderBreach, "2027-01-04 09:00")), EventDeletion, "2027-03-20", "counted from 2027-02-17 (contract.md 9)"},
	} {
		s := Evaluate(c.facts)
		if s.Next.What != c.what || !s.Next.At.Equal(local(t, c.at)) || s.Next.Why != c.why || !s.WakeAt.Equal(s.Next.At) {
			t.Errorf("%s: next %+v, wakes at %s", c.because, s.Next, s.WakeAt)
		}
	}
}

// Who has objected waits for the end, and not for terms to take effect.
func TestTermsThatWereObjectedToAreNotNext(t *testing.T) {
	f := asked(t, "2027-03-10")
	f.Cancellations = []Cancellation{objection(t, "2027-03-09")}
	if s := Evaluate(f); s.Next.What != EventEnd || !s.Next.At.Equal(local(t, "2027-03-17")) {
		t.Errorf("next %+v", s.Next)
	}
}

func TestADecisionToComeWakes(t *testing.T) {
	f := asked(t, "2027-03-10")
	f.Terms[0].Decision = Decision{Outcome: TermsAccepted, Mode: ModeExplicit, At: local(t, "2027-03-12")}
	if s := Evaluate(f); !s.WakeAt.Equal(local(t, "2027-03-12")) || s.Terms[0].Decision != (Decision{}) {
		t.Errorf("wakes at %s, decided %+v", s.WakeAt, s.Terms[0].Decision)
	}
	f.Now = f.Now.Add(48 * time.Hour)
	if s := Evaluate(f); s.Terms[0].Decision != f.Terms[0].Decision {
		t.Errorf("decided %+v", s.Terms[0].Decision)
	}
}
