package report

import (
	"slices"
	"time"

	"github.com/grupobizopps/salexops/contract"
	"github.com/grupobizopps/salexops/internal/plugin/ledger"
)

// Load is what carrying out everything would amount to, next to what the breaker
// lets through (contract.md 4, "Circuit breaker").
type Load struct {
	// RunningPaid is the number of paid tenants that run: what the breaker's
	// percentage is taken of.
	RunningPaid int `json:"runningPaid"`
	// Disable is about an hour, Purge about a local day.
	Disable Peak `json:"disable"`
	Purge   Peak `json:"purge"`
	// Trips are those that wait for somebody.
	Trips []Trip `json:"trips,omitempty"`
}

// Peak is the most that one window holds.
type Peak struct {
	// Most acts that fall into one window, those done in it already included.
	Most int `json:"most"`
	// At is when that window begins. Absent: it holds none.
	At time.Time `json:"at,omitzero"`
	// Limit is how many are let through.
	Limit int `json:"limit"`
}

// Trips reports whether the breaker would trip.
func (p Peak) Trips() bool { return p.Most > p.Limit }

// load counts acts for the breaker.
type load struct {
	zone             contract.Zone
	now              time.Time
	policy           contract.BreakerPolicy
	trips            []Trip
	runningPaid      int
	disables, purges []time.Time // when each is done, or was within a window
}

func newLoad(fleet *ledger.Fleet, zone contract.Zone, now time.Time) *load {
	return &load{zone: zone, now: now, policy: policyOf(fleet).Breaker, trips: OpenTrips(fleet.Policy)}
}

// count takes a tenant into account, and what was done to it within the windows
// that reach the present.
func (l *load) count(s *Subject) {
	if standing := s.Objects.Tenant.Status.Standing; standing != nil && standing.MayRun && string(standing.PlanTier) == string(contract.TierPaid) {
		l.runningPaid++
	}
	recorded := s.recorded()
	if recorded == nil {
		return
	}
	if recorded.DisabledAt.After(l.policy.WindowStart(contract.ActDisable, l.zone, l.now)) {
		l.disables = append(l.disables, recorded.DisabledAt)
		l.runningPaid++
	}
	if recorded.PurgeStartedAt.After(l.policy.WindowStart(contract.ActPurge, l.zone, l.now)) && !recorded.PurgedAt.IsZero() {
		l.purges = append(l.purges, recorded.PurgeStartedAt)
	}
}

// add takes an act into account that is ahead. One that is overdue is done now.
func (l *load) add(act Act) {
	at := later(act.At, l.now)
	switch act.Kind { //nolint:exhaustive // the breaker knows two kinds
	case contract.ActDisable:
		l.disables = append(l.disables, at)
	case contract.ActPurge:
		l.purges = append(l.purges, at)
	}
}

func (l *load) result() Load {
	return Load{
		RunningPaid: l.runningPaid,
		Disable:     l.peak(l.disables, func(t time.Time) time.Time { return t.Add(time.Hour) }, l.policy.Limit(contract.ActDisable, l.runningPaid)),
		Purge: l.peak(l.purges, func(t time.Time) time.Time {
			return l.zone.StartOfDay(l.zone.DateOf(t).AddDays(1))
		}, l.policy.Limit(contract.ActPurge, l.runningPaid)),
		Trips: l.trips,
	}
}

// peak finds the window that holds the most instants.
func (l *load) peak(instants []time.Time, end func(time.Time) time.Time, limit int) Peak {
	slices.SortFunc(instants, time.Time.Compare)
	peak := Peak{Limit: limit}
	for i, first := range instants {
		n, until := 0, end(first)
		for i+n < len(instants) && instants[i+n].Before(until) {
			n++
		}
		if n > peak.Most {
			peak.Most, peak.At = n, l.zone.Local(first)
		}
	}
	return peak
}
