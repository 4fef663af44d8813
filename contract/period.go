package contract

import (
	"fmt"
	"time"
)

// Interval is how often a subscription is billed (contract.md 3.1).
type Interval string

// The intervals there are. There is no weekly one.
const (
	Monthly    Interval = "Monthly"
	Quarterly  Interval = "Quarterly"
	SemiAnnual Interval = "SemiAnnual"
	Annual     Interval = "Annual"
)

// Intervals lists every interval, shortest first.
func Intervals() []Interval { return []Interval{Monthly, Quarterly, SemiAnnual, Annual} }

// Months is the interval's length in months, or zero for one that does not exist.
func (i Interval) Months() int {
	switch i {
	case Monthly:
		return 1
	case Quarterly:
		return 3
	case SemiAnnual:
		return 6
	case Annual:
		return 12
	default:
		return 0
	}
}

// Period is one billing period, both days included.
type Period struct {
	From, To Date
}

// PeriodAt is billing period k, counted from 0 at the anchor. It is computed
// from the anchor and clamped to the month's last day, so that an anchor on the
// 31st gives 31 Jan, 28 Feb, 31 Mar: stepping from the previous period would
// stay on the 28th for ever (contract.md 1).
func PeriodAt(anchor Date, interval Interval, k int) (Period, error) {
	months := interval.Months()
	if months == 0 {
		return Period{}, fmt.Errorf("%q is not a billing interval: use Monthly, Quarterly, SemiAnnual or Annual", interval)
	}
	if anchor.IsZero() {
		return Period{}, fmt.Errorf("billing period %d has no anchor date to count from", k)
	}
	return Period{
		From: anchor.addMonths(k * months),
		To:   anchor.addMonths((k + 1) * months).AddDays(-1),
	}, nil
}

// addMonths is the same day n months later, or the month's last day where that
// month is too short.
func (d Date) addMonths(n int) Date {
	if d.IsZero() {
		return d
	}
	year, month, day := d.Civil()
	n = min(max(n, -12*9999), 12*9999)
	months := year*12 + int(month) - 1 + n
	switch {
	case months < 12: // before 0001-01
		return saturate(1)
	case months >= 12*10000: // after 9999-12
		return saturate(lastOrdinal)
	}
	year, month = months/12, time.Month(months%12+1)
	return dateOfUTC(time.Date(year, month, min(day, daysIn(year, month)), 0, 0, 0, 0, time.UTC))
}

// daysIn is the length of a month: day 0 of the next one is its last.
func daysIn(year int, month time.Month) int {
	return time.Date(year, month+1, 0, 0, 0, 0, 0, time.UTC).Day()
}
