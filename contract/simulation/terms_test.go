package simulation_test

import (
	"slices"
	"testing"

	"github.com/grupobizopps/salexops/contract"
	"github.com/grupobizopps/salexops/contract/simulation"
)

// asked is acme, paid for the year, with the revision of contract.md 10.
func asked(t testing.TB) contract.Facts {
	f := paidAllYear(t)
	f.Terms = []contract.Terms{{Name: "terms", Revision: contract.Revision{AnnouncedOn: date(t, "2027-03-01"), PostedOn: date(t, "2027-03-06")}}}
	return f
}

func TestARecordedDecisionIsToldWhenItWasMade(t *testing.T) {
	for name, c := range map[string]struct {
		decision contract.Decision
		want     string
	}{
		"none": {contract.Decision{}, "2027-03-17 00:00:00 TermsAccepted"},
		"explicit": {contract.Decision{Outcome: contract.TermsAccepted, Mode: contract.ModeExplicit, At: local(t, "2027-03-08 10:00")},
			"2027-03-08 10:00:00 TermsAccepted"},
		"explicit, after it took effect": {contract.Decision{Outcome: contract.TermsAccepted, Mode: contract.ModeExplicit, At: local(t, "2027-03-20 10:00")},
			"2027-03-20 10:00:00 TermsAccepted"},
		"silence, recorded a little late": {contract.Decision{Outcome: contract.TermsAccepted, Mode: contract.ModeSilence, At: local(t, "2027-03-17 00:00:05")},
			"2027-03-17 00:00:00 TermsAccepted"},
	} {
		f := asked(t)
		f.Terms[0].Decision = c.decision
		if got := told(t, f, "2027-03-02", "2027-06-01", simulation.Assumptions{}); !slices.Equal(got, []string{c.want}) {
			t.Errorf("%s: got %q, want %q", name, got, c.want)
		}
	}
}

// A recorded objection ends the contract even where its mail is not among the
// facts: 17 Mar + 31 = 17 Apr.
func TestARecordedObjectionCounts(t *testing.T) {
	f := asked(t)
	f.Terms[0].Decision = contract.Decision{Outcome: contract.TermsObjected, Mode: contract.ModeExplicit, At: local(t, "2027-03-10 09:00")}
	want := []string{"2027-03-10 09:00:00 TermsObjected", "2027-03-17 00:00:00 ContractEnded", "2027-04-17 00:00:00 DataDeleted"}
	if got := told(t, f, "2027-03-02", "2027-06-01", simulation.Assumptions{}); !slices.Equal(got, want) {
		t.Errorf("got %q, want %q", got, want)
	}
}

// Personal data: the mail of 12 Mar 09:00 that the ledger recorded leaves ten
// whole days: 12 + 11 = 23 Mar.
func TestARecordedMailIsCountedFrom(t *testing.T) {
	f := asked(t)
	f.Terms[0].AffectsPersonalData, f.Terms[0].Mail.AcceptedAt = true, local(t, "2027-03-12 09:00")
	if got := told(t, f, "2027-03-02", "2027-06-01", simulation.Assumptions{}); !slices.Equal(got, []string{"2027-03-23 00:00:00 TermsAccepted"}) {
		t.Errorf("got %q", got)
	}
}
