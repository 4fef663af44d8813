package contract

import (
	"fmt"
	"time"
)

// Date is a civil date: a square on the calendar, without a time or a zone
// (contract.md 1). Dates compare with ==, and the zero Date is "no date".
// Values run from 0001-01-01 to 9999-12-31; arithmetic stops at these ends
// instead of wrapping round.
type Date struct {
	// ordinal counts days: 1 is 0001-01-01. Zero is left for "no date".
	ordinal int32
}

const (
	dateLayout    = "2006-01-02"
	lastOrdinal   = 3652059   // 9999-12-31
	unixOrdinal   = 719163    // 1970-01-01
	secondsPerDay = 24 * 3600 // of UTC, which has no daylight saving
)

// NewDate makes the date of a year, month and day, and refuses one that is not
// on the calendar, such as 30 February.
func NewDate(year int, month time.Month, day int) (Date, error) {
	midnight := time.Date(year, month, day, 0, 0, 0, 0, time.UTC)
	y, m, d := midnight.Date()
	if y != year || m != month || d != day || year < 1 || year > 9999 {
		return Date{}, fmt.Errorf("%04d-%02d-%02d is not a date of the calendar", year, int(month), day)
	}
	return dateOfUTC(midnight), nil
}

// ParseDate reads YYYY-MM-DD, the form in which dates are stored.
func ParseDate(text string) (Date, error) {
	midnight, err := time.Parse(dateLayout, text)
	if err != nil || len(text) != len(dateLayout) || midnight.Year() < 1 {
		return Date{}, fmt.Errorf("%q is not a date: write it as YYYY-MM-DD, for example 2027-01-31", text)
	}
	return dateOfUTC(midnight), nil
}

func dateOfUTC(t time.Time) Date {
	days := t.Unix() / secondsPerDay
	if t.Unix()%secondsPerDay < 0 {
		days-- // Division rounds towards zero, days before 1970 must not.
	}
	return saturate(days + unixOrdinal)
}

func saturate(ordinal int64) Date {
	return Date{int32(min(max(ordinal, 1), lastOrdinal))}
}

// utcMidnight is 00:00 UTC of the date: a calendar calculation, never a deadline.
func (d Date) utcMidnight() time.Time {
	return time.Unix((int64(d.ordinal)-unixOrdinal)*secondsPerDay, 0).UTC()
}

// IsZero reports whether d is "no date".
func (d Date) IsZero() bool { return d.ordinal == 0 }

// Before reports whether d is earlier than e. No date is earlier than every date.
func (d Date) Before(e Date) bool { return d.ordinal < e.ordinal }

// After reports whether d is later than e.
func (d Date) After(e Date) bool { return d.ordinal > e.ordinal }

// Compare is -1, 0 or +1 as d is earlier than, equal to or later than e.
func (d Date) Compare(e Date) int {
	switch {
	case d.Before(e):
		return -1
	case d.After(e):
		return 1
	default:
		return 0
	}
}

// AddDays is the date n days later, or earlier when n is negative. No date
// stays no date.
func (d Date) AddDays(n int) Date {
	if d.IsZero() {
		return d
	}
	n = min(max(n, -lastOrdinal), lastOrdinal)
	return saturate(int64(d.ordinal) + int64(n))
}

// DaysSince is the number of days from e to d, negative when d is earlier.
func (d Date) DaysSince(e Date) int { return int(d.ordinal) - int(e.ordinal) }

// Weekday is the day of the week.
func (d Date) Weekday() time.Weekday { return d.utcMidnight().Weekday() }

// Civil gives year, month and day, all zero for no date.
func (d Date) Civil() (year int, month time.Month, day int) {
	if d.IsZero() {
		return 0, 0, 0
	}
	return d.utcMidnight().Date()
}

// String is YYYY-MM-DD, or nothing for no date.
func (d Date) String() string {
	if d.IsZero() {
		return ""
	}
	return d.utcMidnight().Format(dateLayout)
}

// MarshalText writes what String does.
func (d Date) MarshalText() ([]byte, error) { return []byte(d.String()), nil }

// UnmarshalText reads what MarshalText writes.
func (d *Date) UnmarshalText(text []byte) error {
	if len(text) == 0 {
		*d = Date{}
		return nil
	}
	parsed, err := ParseDate(string(text))
	if err != nil {
		return err
	}
	*d = parsed
	return nil
}

func laterDate(a, b Date) Date {
	if a.After(b) {
		return a
	}
	return b
}

func earlierDate(a, b Date) Date {
	if a.Before(b) {
		return a
	}
	return b
}
