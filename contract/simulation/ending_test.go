package simulation_test

import (
	"slices"
	"testing"

	"github.com/grupobizopps/salexops/contract"
	"github.com/grupobizopps/salexops/contract/simulation"
)

// breach is a failure of the provider that is proven on 4 Jan: 17 Feb, and
// + 31 = 20 Mar.
func breach(t testing.TB) contract.Cancellation {
	at := local(t, "2027-01-04 09:00")
	return contract.Cancellation{Cause: contract.CauseProviderBreach, ReceivedAt: at, VerifiedAt: at}
}

func TestAnEndIsToldOnceAndWhenItWasRecorded(t *testing.T) {
	ended := contract.Recorded{Lifecycle: contract.LifecycleExporting, Ending: contract.Ending{
		Cause: contract.CauseProviderBreach, Ends: contract.Deadline{At: local(t, "2027-02-17")},
	}}
	gone := ended
	gone.Lifecycle = contract.LifecycleDeleted
	for name, c := range map[string]struct {
		recorded contract.Recorded
		deletion contract.Deletion
		words    []contract.Cancellation
		want     []string
	}{
		"to come":       {words: []contract.Cancellation{breach(t)}, want: []string{"2027-02-17 00:00:00 ContractEnded", "2027-03-20 00:00:00 DataDeleted"}},
		"recorded":      {recorded: ended, want: []string{"2027-02-17 00:00:00 ContractEnded", "2027-03-20 00:00:00 DataDeleted"}},
		"both":          {recorded: ended, words: []contract.Cancellation{breach(t)}, want: []string{"2027-02-17 00:00:00 ContractEnded", "2027-03-20 00:00:00 DataDeleted"}},
		"deleted later": {recorded: gone, deletion: contract.Deletion{StartedAt: local(t, "2027-03-20 00:00:01"), CompletedAt: local(t, "2027-03-20 00:02")}, want: []string{"2027-02-17 00:00:00 ContractEnded", "2027-03-20 00:02:00 DataDeleted"}},
		"not verified yet": {words: []contract.Cancellation{{Cause: contract.CauseProviderBreach, ReceivedAt: local(t, "2027-01-04 09:00")}},
			want: []string{"2027-02-17 00:00:00 ContractEnded", "2027-03-20 00:00:00 DataDeleted"}},
	} {
		f := paidAllYear(t)
		f.Recorded, f.Deletion, f.Cancellations = c.recorded, c.deletion, c.words
		if got := told(t, f, "2027-01-02", "2027-06-01", simulation.Assumptions{}); !slices.Equal(got, c.want) {
			t.Errorf("%s: got %q, want %q", name, got, c.want)
		}
	}
}
