package contract_test

import (
	"testing"

	. "github.com/grupobizopps/salexops/contract"
)

// TestALifecycleGoesOneWay: whatever was recorded, a later state never goes back
// to an earlier one (contract.md 12.11).
func TestALifecycleGoesOneWay(t *testing.T) {
	states := []Lifecycle{LifecyclePending, LifecycleActive, LifecycleExporting, LifecycleDeleting, LifecycleDeleted}
	for i, recorded := range states {
		for _, c := range []struct {
			facts Facts
			want  int // place among the states
		}{
			{paid(t, "2027-01-15"), 0},
			{acme(t, "2027-01-15"), 1},
			{cancelled(t, "2027-02-17", word(t, CauseProviderBreach, "2027-01-04")), 2},
			{cancelled(t, "2027-03-20", word(t, CauseProviderBreach, "2027-01-04")), 3},
		} {
			c.facts.Recorded.Lifecycle = recorded
			if got := Evaluate(c.facts).Lifecycle; got != states[max(i, c.want)] {
				t.Errorf("recorded %s, now %s: became %s", recorded, states[c.want], got)
			}
		}
	}
}

func TestWhatWasDeletedIsDeleted(t *testing.T) {
	f := acme(t, "2027-01-15")
	f.Deletion = Deletion{StartedAt: local(t, "2027-01-14"), CompletedAt: local(t, "2027-01-14")}
	if s := Evaluate(f); s.Lifecycle != LifecycleDeleted || s.MayRun || len(s.Due) != 0 {
		t.Errorf("%s, may run %t, due %+v", s.Lifecycle, s.MayRun, s.Due)
	}
	f.Deletion = Deletion{StartedAt: local(t, "2027-01-14")}
	if s := Evaluate(f); s.Lifecycle != LifecycleDeleting || s.MayRun {
		t.Errorf("past the fence: %s, may run %t", s.Lifecycle, s.MayRun)
	}
}
