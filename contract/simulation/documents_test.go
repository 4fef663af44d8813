package simulation_test

import (
	"slices"
	"testing"

	"github.com/grupobizopps/salexops/contract"
	"github.com/grupobizopps/salexops/contract/simulation"
)

// full is a free tenant that fills its quota, under a policy that deletes.
func full(t testing.TB) contract.Facts {
	f := acme(t)
	f.Payments = nil
	f.Requested = contract.Agreement{Plan: "free", Tier: contract.TierFree, Interval: contract.Monthly, DocumentQuota: 100}
	f.Documents.Bytes = 100
	f.Policy.OverQuota = contract.OverQuotaAll
	return f
}

func TestWhatIsRecordedOfDocumentsIsNotDoneAgain(t *testing.T) {
	for name, c := range map[string]struct {
		record func(*contract.Documents)
		want   []string
	}{
		"nothing": {func(*contract.Documents) {}, []string{
			"2027-03-10 00:00:00 OverQuotaNoticeDelivered", "2027-03-16 00:00:00 OverQuotaPurged"}},
		"told before": {func(d *contract.Documents) { d.Notice.AcceptedAt = local(t, "2027-03-08 09:00") }, []string{
			"2027-03-14 00:00:00 OverQuotaPurged"}},
		"told later": {func(d *contract.Documents) { d.Notice.AcceptedAt = local(t, "2027-03-12 09:00") }, []string{
			"2027-03-12 09:00:00 OverQuotaNoticeDelivered", "2027-03-18 00:00:00 OverQuotaPurged"}},
		"done before": {func(d *contract.Documents) {
			d.Notice.AcceptedAt, d.ActedAt = local(t, "2027-03-01"), local(t, "2027-03-07 00:00:09")
		}, nil},
		"full since long, and never told": {func(d *contract.Documents) { d.FullSince = local(t, "2027-03-01") }, []string{
			"2027-03-10 00:00:00 OverQuotaNoticeDelivered", "2027-03-16 00:00:00 OverQuotaPurged"}},
	} {
		f := full(t)
		c.record(&f.Documents)
		got := told(t, f, "2027-03-10", "2027-06-01", simulation.Assumptions{})
		if !slices.Equal(got, c.want) {
			t.Errorf("%s: got %q, want %q", name, got, c.want)
		}
	}
}
