package crm

import (
	"strings"
	"time"
)

// Moment is a day, perhaps with a time of day, as the tenant's clock on the
// wall shows it: "2026-11-23" or "2026-11-23T16:30"; empty: none. What people
// agree on is such a moment and no instant: it stays as it is when the zone of
// a tenant changes. Moments are compared as texts; a day is before its hours.
type Moment string

const (
	dayForm    = time.DateOnly
	momentForm = "2006-01-02T15:04"
)

// MomentOf is the minute of an instant, in the instant's own zone.
func MomentOf(at time.Time) Moment { return Moment(at.Format(momentForm)) }

// DayOf is the day of an instant, in the instant's own zone.
func DayOf(at time.Time) Moment { return Moment(at.Format(dayForm)) }

// Day is the moment without its time of day.
func (m Moment) Day() Moment {
	day, _, _ := strings.Cut(string(m), "T")
	return Moment(day)
}

// Clock is the time of day, "16:30"; empty when the moment is a whole day.
func (m Moment) Clock() string {
	_, clock, _ := strings.Cut(string(m), "T")
	return clock
}

// IsDay says whether the moment is a day without a time.
func (m Moment) IsDay() bool { return m != "" && m.Clock() == "" }

// Valid says whether the moment is written as it should be and exists.
func (m Moment) Valid() bool {
	_, err := m.parse(time.UTC)
	return err == nil
}

func (m Moment) parse(zone *time.Location) (time.Time, error) {
	form := momentForm
	if m.IsDay() {
		form = dayForm
	}
	return time.ParseInLocation(form, string(m), zone)
}

// In is the instant at which the moment begins in a zone; zero for none.
func (m Moment) In(zone *time.Location) time.Time {
	at, err := m.parse(zone)
	if err != nil {
		return time.Time{}
	}
	return at
}

// AddDays is the same time of day some days later or earlier.
func (m Moment) AddDays(days int) Moment {
	return m.add(func(t time.Time) time.Time { return t.AddDate(0, 0, days) })
}

// Add is some time later on the same clock.
func (m Moment) Add(d time.Duration) Moment {
	return m.add(func(t time.Time) time.Time { return t.Add(d) })
}

func (m Moment) add(move func(time.Time) time.Time) Moment {
	at, err := m.parse(time.UTC) // a clock without summer time: days have 24 hours
	if err != nil {
		return m
	}
	if m.IsDay() {
		return DayOf(move(at))
	}
	return MomentOf(move(at))
}

// DaysUntil counts the midnights from m to a later moment; earlier ones give a
// negative number.
func (m Moment) DaysUntil(other Moment) int {
	from, to := m.Day().In(time.UTC), other.Day().In(time.UTC)
	return int(to.Sub(from) / (24 * time.Hour))
}
