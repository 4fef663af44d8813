package contract

import "time"

// LapseTerms is the part of a LapsePolicy that concerns one subscription. A
// lapse keeps the terms it opened with: shortening a period in the middle of
// one never hurts the tenant who is in it (contract.md 4).
type LapseTerms struct {
	DisableAfterDays     int
	PurgeNoticeAfterDays int
	PurgeNoticeDays      int
	PurgeAfterDays       int
	// Purges is false where documents are never deleted for a lapse; the purge
	// periods then mean nothing.
	Purges bool
}

// For is the policy as it concerns a subscription of the interval.
func (p LapsePolicy) For(interval Interval) LapseTerms {
	days, purges := p.PurgeAfterDays[interval]
	return LapseTerms{
		DisableAfterDays:     p.DisableAfterDays,
		PurgeNoticeAfterDays: p.PurgeNoticeAfterDays,
		PurgeNoticeDays:      p.PurgeNoticeDays,
		PurgeAfterDays:       days,
		Purges:               purges,
	}
}

// Lapse is one stretch of time without payment, with what was done in its
// course. It opens as grace begins and closes when today is paid again.
type Lapse struct {
	// CountsFrom is the date from which its days count: D, or the date of the
	// reversal that caused it. A late payment for days gone by moves it, and
	// with it what is still to come; it undoes nothing.
	CountsFrom Date
	// OpenedAt is when grace began.
	OpenedAt time.Time
	// Terms are those of the day it opened.
	Terms LapseTerms
	// RemindedAt is when the mail server took the reminder that grace has begun;
	// zero while it has not.
	RemindedAt time.Time
	// DisabledAt is when users were disabled; zero while they are not.
	DisabledAt time.Time
	// PurgeNotice tells the owner that the documents will be deleted.
	PurgeNotice Delivery
	// PurgeStartedAt is when the purge passed its fence, PurgedAt when it was
	// done. Between the two there is no way back.
	PurgeStartedAt, PurgedAt time.Time
}

// purging reports whether a purge is past its fence and not done.
func (l *Lapse) purging() bool {
	return l != nil && !l.PurgeStartedAt.IsZero() && l.PurgedAt.IsZero()
}

// notice is what became of the notice of the purge; none without a lapse.
func (l *Lapse) notice() Delivery {
	if l == nil {
		return Delivery{}
	}
	return l.PurgeNotice
}

// latest is the last instant that the record of the lapse speaks of.
func (l *Lapse) latest() time.Time {
	if l == nil {
		return time.Time{}
	}
	latest := l.OpenedAt
	for _, t := range []time.Time{l.RemindedAt, l.DisabledAt, l.PurgeNotice.AcceptedAt, l.PurgeStartedAt, l.PurgedAt} {
		latest = laterInstant(latest, t)
	}
	return latest
}

// lapseNow is the lapse of a tenant whose today is unpaid: the recorded one if
// the tenant has not been paid up on any day since it opened, else a new one.
func (f *Facts) lapseNow(c coverage, interval Interval) (lapse Lapse, recorded bool) {
	zone, from := f.Policy.Zone, c.countsFrom()
	if f.Lapse != nil && !c.carriedUntil.After(zone.DateOf(f.Lapse.OpenedAt)) {
		lapse = *f.Lapse
		lapse.CountsFrom = from
		return lapse, true
	}
	return Lapse{
		CountsFrom: from,
		OpenedAt:   zone.after(0, from).At,
		Terms:      f.Policy.Lapse.For(interval),
	}, false
}

// LapseDeadlines is when each step of a lapse comes (contract.md 4), given what
// is known now.
type LapseDeadlines struct {
	// Grace is when support ends and everything else still works.
	Grace Deadline
	// Disable is when users are disabled.
	Disable Deadline
	// PurgeNotice is when the owner is told that the documents will be
	// deleted. Zero where they never are.
	PurgeNotice Deadline
	// Purge is when they are. Until the notice is due, as if it were delivered
	// the instant it is; zero while it is overdue, and where there is none.
	Purge Deadline
}

// deadlines does the sums of contract.md 4.
func (l *Lapse) deadlines(zone Zone, now time.Time) LapseDeadlines {
	steps := LapseDeadlines{
		Grace:   zone.after(0, l.CountsFrom),
		Disable: zone.after(l.Terms.DisableAfterDays, l.CountsFrom),
	}
	if !l.Terms.Purges {
		return steps
	}
	steps.PurgeNotice = zone.onDay(l.Terms.PurgeNoticeAfterDays, l.CountsFrom)
	told, delivered := l.PurgeNotice.Delivered()
	switch {
	case !delivered && steps.PurgeNotice.passed(now):
		return steps // Nobody can say when the owner will have been told.
	case !delivered:
		told = steps.PurgeNotice.At
	}
	steps.Purge = laterDeadline(
		zone.after(l.Terms.PurgeAfterDays, l.CountsFrom),
		zone.after(l.Terms.PurgeNoticeDays, zone.DateOf(told)),
	)
	return steps
}
