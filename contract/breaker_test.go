package contract_test

import (
	"testing"
	"time"

	"pgregory.net/rapid"

	. "github.com/grupobizopps/salexops/contract"
)

func TestTheBreakerCountsBothBounds(t *testing.T) {
	p := DefaultBreakerPolicy()
	for _, c := range []struct {
		kind       ActKind
		due, done  int
		running    int
		letThrough bool
	}{
		{ActDisable, 20, 0, 21, true},        // not more than 20, though nearly all
		{ActDisable, 21, 0, 21, false},       // more than 20, and more than 10 %
		{ActDisable, 21, 0, 210, true},       // exactly 10 %
		{ActDisable, 22, 0, 210, false},      // more
		{ActDisable, 2, 20, 210, false},      // those of the last hour count
		{ActDisable, 300, 0, 300, false},     // a broken export
		{ActDisable, 1000, 0, 10_000, true},  // a large fleet, exactly 10 %
		{ActDisable, 1001, 0, 10_000, false}, // and one more
		{ActPurge, 50, 0, 10_000, true},
		{ActPurge, 51, 0, 10_000, false},
		{ActPurge, 1, 50, 10_000, false},
	} {
		closed, trip := p.Judge(c.kind, FleetLoad{Due: c.due, Done: c.done, RunningPaid: c.running}, nil, time.Time{}, local(t, "2027-02-04"))
		if closed != c.letThrough || (trip == nil) != c.letThrough {
			t.Errorf("%s, %d due and %d done of %d: closed %t, trip %+v", c.kind, c.due, c.done, c.running, closed, trip)
		}
	}
}

func TestATripStaysOpenUntilItIsAcknowledged(t *testing.T) {
	p, now := DefaultBreakerPolicy(), local(t, "2027-02-04")
	_, trip := p.Judge(ActDisable, FleetLoad{Due: 300, RunningPaid: 300}, nil, time.Time{}, now)
	if trip == nil || !trip.At.Equal(now) || trip.Due != 300 || trip.Limit != 30 {
		t.Fatalf("trip %+v", trip)
	}
	one := FleetLoad{Due: 1, RunningPaid: 300}
	for name, acknowledged := range map[string]time.Time{"nobody": {}, "another trip": now.Add(-time.Hour)} {
		if closed, again := p.Judge(ActDisable, one, trip, acknowledged, now.Add(48*time.Hour)); closed || again != trip {
			t.Errorf("%s was acknowledged: closed %t, %+v", name, closed, again)
		}
	}
}

func TestAnAcknowledgementLetsThroughWhatWasDue(t *testing.T) {
	p, now := DefaultBreakerPolicy(), local(t, "2027-02-04")
	trip := &Trip{At: now, Due: 300, Limit: 30}
	seen := now.Add(10 * time.Minute)
	closed, acknowledged := p.Judge(ActDisable, FleetLoad{Due: 300, RunningPaid: 300}, trip, trip.At, seen)
	if !closed || !acknowledged.AcknowledgedAt.Equal(seen) || !trip.AcknowledgedAt.IsZero() {
		t.Fatalf("closed %t, %+v", closed, acknowledged)
	}
	if closed, next := p.Judge(ActDisable, FleetLoad{Due: 101, Done: 200, RunningPaid: 300}, acknowledged, trip.At, seen.Add(time.Minute)); closed || next.At.Equal(trip.At) {
		t.Errorf("one more than was acknowledged: closed %t, %+v", closed, next)
	}
	if closed, next := p.Judge(ActDisable, FleetLoad{Due: 200, RunningPaid: 300}, acknowledged, trip.At, seen.Add(time.Hour)); closed || next.Due != 200 {
		t.Errorf("a window later: closed %t, %+v", closed, next)
	}
}

// Whatever comes: more than the limit is never let through unless a platform
// engineer has acknowledged at least as much.
func TestMoreThanTheLimitNeedsAnAcknowledgement(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		p := BreakerPolicy{
			MaxDisabledPercent: rapid.IntRange(0, 100).Draw(t, "percent"),
			MinDisabled:        rapid.IntRange(0, 30).Draw(t, "min"),
			MaxPurgedPerDay:    rapid.IntRange(0, 60).Draw(t, "purges"),
		}
		kind := rapid.SampledFrom([]ActKind{ActDisable, ActPurge}).Draw(t, "kind")
		var trip *Trip
		var acknowledged time.Time
		most, now := 0, hermosillo.StartOfDay(origin)
		for range rapid.IntRange(1, 20).Draw(t, "looks") {
			now = now.Add(time.Duration(rapid.IntRange(0, 120).Draw(t, "minutes")) * time.Minute)
			if trip != nil && rapid.Bool().Draw(t, "acknowledge") {
				acknowledged, most = trip.At, max(most, trip.Due)
			}
			load := FleetLoad{Due: rapid.IntRange(0, 80).Draw(t, "due"), Done: rapid.IntRange(0, 40).Draw(t, "done"), RunningPaid: rapid.IntRange(0, 500).Draw(t, "running")}
			var closed bool
			closed, trip = p.Judge(kind, load, trip, acknowledged, now)
			if limit := p.Limit(kind, load.RunningPaid); closed && load.Total() > max(limit, most) {
				t.Fatalf("%d let through, limit %d, acknowledged %d", load.Total(), limit, most)
			}
		}
	})
}
