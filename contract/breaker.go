package contract

import "time"

// BreakerPolicy bounds what may be done to the whole fleet without asking
// anybody (contract.md 4, "Circuit breaker"): a broken billing export must not
// take it down.
type BreakerPolicy struct {
	// MaxDisabledPercent is the share of the running paid tenants that may be
	// disabled within an hour, and MinDisabled the number up to which the share
	// doesn't matter.
	MaxDisabledPercent, MinDisabled int
	// MaxPurgedPerDay is how many tenants' documents may be deleted within a
	// local day.
	MaxPurgedPerDay int
}

// DefaultBreakerPolicy has the contract's own figures.
func DefaultBreakerPolicy() BreakerPolicy {
	return BreakerPolicy{MaxDisabledPercent: 10, MinDisabled: 20, MaxPurgedPerDay: 50}
}

// FleetLoad is what carrying out everything that is due of one kind would
// amount to.
type FleetLoad struct {
	// Due acts could be carried out now, and Done ones were carried out within
	// the window of the kind.
	Due, Done int
	// RunningPaid is the number of paid tenants that run, those disabled within
	// the window included.
	RunningPaid int
}

// Total is how many acts there would be within the window.
func (l FleetLoad) Total() int { return l.Due + l.Done }

// Trip is one trip of the breaker.
type Trip struct {
	// At is when it tripped: it also names the trip.
	At time.Time
	// Due is how many acts there would have been, and Limit how many would have
	// been let through.
	Due, Limit int
	// AcknowledgedAt is when the acknowledgement was seen; zero while there is
	// none.
	AcknowledgedAt time.Time
}

// open reports whether a trip still waits for somebody.
func (t *Trip) open() bool { return t != nil && t.AcknowledgedAt.IsZero() }

// Limit is how many acts of a kind may be carried out within its window: an
// hour for disabling, a local day for purging. Other kinds harm nobody.
func (p BreakerPolicy) Limit(kind ActKind, runningPaid int) int {
	if kind == ActPurge {
		return p.MaxPurgedPerDay
	}
	return max(p.MinDisabled, runningPaid*p.MaxDisabledPercent/100)
}

// WindowStart is the instant from which acts of a kind count as done within the
// window.
func (p BreakerPolicy) WindowStart(kind ActKind, zone Zone, now time.Time) time.Time {
	if kind == ActPurge {
		return zone.StartOfDay(zone.DateOf(now))
	}
	return now.Add(-time.Hour)
}

// acknowledgedFor is how long an acknowledgement lets through what was due at
// its trip.
func acknowledgedFor(kind ActKind) time.Duration {
	if kind == ActPurge {
		return 24 * time.Hour
	}
	return time.Hour
}

// Judge decides whether acts of a kind are let through. last is the latest trip
// of the kind, nil where there is none; acknowledged names the trip that a
// platform engineer has acknowledged. The trip to record is last itself, last
// with its acknowledgement, or a new one.
//
// A trip stays open until it is acknowledged, even if the load falls. Then, for
// one window, as many acts are let through as were due when it tripped; more
// than that is a trip of its own.
func (p BreakerPolicy) Judge(kind ActKind, load FleetLoad, last *Trip, acknowledged, now time.Time) (closed bool, trip *Trip) {
	if last.open() {
		if !acknowledged.Equal(last.At) {
			return false, last
		}
		seen := *last
		seen.AcknowledgedAt = now.Truncate(time.Second)
		last = &seen
	}
	limit := p.Limit(kind, load.RunningPaid)
	allowed := limit
	if last != nil && now.Before(last.AcknowledgedAt.Add(acknowledgedFor(kind))) {
		allowed = max(allowed, last.Due)
	}
	if load.Total() <= allowed {
		return true, last
	}
	at := now.Truncate(time.Second)
	if last != nil && !at.After(last.At) {
		at = last.At.Add(time.Second) // Each trip has a name of its own.
	}
	return false, &Trip{At: at, Due: load.Total(), Limit: limit}
}
