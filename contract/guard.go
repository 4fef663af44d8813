package contract

import "time"

// Feed is how far the billing system says it has told everything: about the
// whole fleet, and about this subscription. Zero is unknown.
type Feed struct {
	FleetAsOf        time.Time
	SubscriptionAsOf time.Time
}

// CompleteTo is the instant up to which the feed is complete.
func (f Feed) CompleteTo() time.Time { return laterInstant(f.FleetAsOf, f.SubscriptionAsOf) }

// Assurances are what somebody has to make sure of before a tenant is harmed,
// and what no fact can say by itself (contract.md 4, "No harm on doubtful
// data"). The zero value assures nothing, and so harms nobody: an operator
// that has no circuit breaker leaves a lapsed tenant in Grace.
type Assurances struct {
	// DisableBreakerClosed and PurgeBreakerClosed: the circuit breaker has
	// counted the acts of the kind that are due in the fleet, and lets them
	// through or was acknowledged.
	DisableBreakerClosed, PurgeBreakerClosed bool
	// ClockAgrees: this machine's clock is within two minutes of the API
	// server's.
	ClockAgrees bool
	// ReadLive: the facts come from an uncached read, made just now.
	ReadLive bool
}

// Guard is one thing that must hold before harm is done.
type Guard string

// The guards of contract.md 4.
const (
	GuardFeedComplete    Guard = "FeedComplete"
	GuardBreakerClosed   Guard = "BreakerClosed"
	GuardNoticeDelivered Guard = "NoticeDelivered"
	GuardNotFrozen       Guard = "NotFrozen"
	GuardNotHeld         Guard = "NotHeld"
	GuardClockAgrees     Guard = "ClockAgrees"
	GuardReadLive        Guard = "ReadLive"
)

// disableBlockers is what keeps users from being disabled at the deadline.
func (f *Facts) disableBlockers(at time.Time) []Guard {
	return missingGuards(
		assured{GuardFeedComplete, f.feedReached(at)},
		assured{GuardBreakerClosed, f.Assurances.DisableBreakerClosed},
	)
}

// purgeBlockers is what keeps documents from being deleted at the deadline.
func (f *Facts) purgeBlockers(at time.Time) []Guard {
	_, told := f.Lapse.notice().Delivered()
	return missingGuards(
		assured{GuardFeedComplete, f.feedReached(at)},
		assured{GuardNoticeDelivered, told},
		assured{GuardNotFrozen, !f.Policy.Freeze},
		assured{GuardNotHeld, !f.Hold},
		assured{GuardBreakerClosed, f.Assurances.PurgeBreakerClosed},
		assured{GuardClockAgrees, f.Assurances.ClockAgrees},
		assured{GuardReadLive, f.Assurances.ReadLive},
	)
}

// overQuotaBlockers is what keeps documents over the quota from being deleted.
// That the owner was told is a matter of the deadline itself.
func (f *Facts) overQuotaBlockers() []Guard {
	return missingGuards(
		assured{GuardNotFrozen, !f.Policy.Freeze},
		assured{GuardNotHeld, !f.Hold},
		assured{GuardBreakerClosed, f.Assurances.PurgeBreakerClosed},
		assured{GuardClockAgrees, f.Assurances.ClockAgrees},
		assured{GuardReadLive, f.Assurances.ReadLive},
	)
}

// deletionBlockers is what keeps everything of a tenant from being deleted
// after its contract has ended. Money plays no part in it, and so neither does
// the billing feed; and the breaker guards against mistakes of billing.
func (f *Facts) deletionBlockers() []Guard {
	return missingGuards(
		assured{GuardNotFrozen, !f.Policy.Freeze},
		assured{GuardNotHeld, !f.Hold},
		assured{GuardClockAgrees, f.Assurances.ClockAgrees},
		assured{GuardReadLive, f.Assurances.ReadLive},
	)
}

// feedReached reports whether the feed is complete up to an instant.
func (f *Facts) feedReached(at time.Time) bool { return !f.Feed.CompleteTo().Before(at) }

type assured struct {
	guard Guard
	holds bool
}

func missingGuards(all ...assured) []Guard {
	var missing []Guard
	for _, a := range all {
		if !a.holds {
			missing = append(missing, a.guard)
		}
	}
	return missing
}
