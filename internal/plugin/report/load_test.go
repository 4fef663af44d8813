package report

import (
	"testing"
	"time"

	"github.com/grupobizopps/salexops/contract"
	"github.com/grupobizopps/salexops/internal/plugin/ledger"
)

// loaded counts acts of one kind at instants after 23 February 2027, 09:14 in
// Hermosillo.
func loaded(kind contract.ActKind, after ...time.Duration) Load {
	now := time.Date(2027, 2, 23, 16, 14, 0, 0, time.UTC)
	l := newLoad(&ledger.Fleet{}, Zone(nil), now)
	for _, d := range after {
		l.add(Act{Kind: kind, At: now.Add(d)})
	}
	return l.result()
}

func TestDisablesAreCountedByTheHour(t *testing.T) {
	const hour = time.Hour
	got := loaded(contract.ActDisable, 30*hour, hour, hour+59*time.Minute, 2*hour, 30*hour+time.Minute, 30*hour+2*time.Minute).Disable
	if got.Most != 3 || got.Limit != 20 || got.Trips() {
		t.Errorf("got %+v", got)
	}
	if overdue := loaded(contract.ActDisable, -48*hour, -24*hour, 59*time.Minute).Disable; overdue.Most != 3 {
		t.Errorf("what is overdue is done now: got %+v", overdue)
	}
}

func TestPurgesAreCountedByTheLocalDay(t *testing.T) {
	midnight := 14*time.Hour + 46*time.Minute // 24 February 00:00 in Hermosillo
	got := loaded(contract.ActPurge, midnight-time.Second, midnight, midnight+23*time.Hour, midnight+24*time.Hour).Purge
	if got.Most != 2 || got.Limit != 50 {
		t.Errorf("got %+v", got)
	}
}

func TestTheBreakerTripsPastItsLimit(t *testing.T) {
	if (Peak{Most: 20, Limit: 20}).Trips() || !(Peak{Most: 21, Limit: 20}).Trips() {
		t.Error("the limit itself is let through, and no more")
	}
}
