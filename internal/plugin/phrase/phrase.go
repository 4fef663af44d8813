// Package phrase says dates, times, sums and addresses as a person reads them:
// local to the contract's zone, and no more exact than the reader needs.
package phrase

import (
	"fmt"
	"time"

	"github.com/grupobizopps/salexops/contract"
)

// Phrases says things as they are at one instant, in one zone.
type Phrases struct {
	// Zone is the contract's.
	Zone contract.Zone
	// Now is the contract's present.
	Now time.Time
}

// Day is a date such as 31 Jan, with the year unless it is this one.
func (p Phrases) Day(date contract.Date) string {
	year, month, day := date.Civil()
	if thisYear, _, _ := p.Today().Civil(); year == thisYear {
		return fmt.Sprintf("%d %s", day, month.String()[:3])
	}
	return p.FullDay(date)
}

// FullDay is a date with its year, such as 31 Jan 2027; nothing for no date.
func (p Phrases) FullDay(date contract.Date) string {
	if date.IsZero() {
		return ""
	}
	year, month, day := date.Civil()
	return fmt.Sprintf("%d %s %d", day, month.String()[:3], year)
}

// Days is a span of dates, both included, such as 31 Jan – 27 Feb.
func (p Phrases) Days(from, to contract.Date) string {
	if from == to {
		return p.Day(from)
	}
	return p.Day(from) + " – " + p.Day(to)
}

// Today is the date of the present.
func (p Phrases) Today() contract.Date { return p.Zone.DateOf(p.Now) }

// DayOf is the date on which an instant falls, such as 31 Jan.
func (p Phrases) DayOf(t time.Time) string { return p.Day(p.Zone.DateOf(t)) }

// Moment is an instant to the minute, such as 3 Mar 00:00; nothing for none.
func (p Phrases) Moment(t time.Time) string {
	if t.IsZero() {
		return ""
	}
	return p.DayOf(t) + " " + p.Zone.Local(t).Format("15:04")
}

// Exact is an instant to the second, such as 4 Feb 00:00:02.
func (p Phrases) Exact(t time.Time) string {
	if t.IsZero() {
		return ""
	}
	return p.DayOf(t) + " " + p.Time(t)
}

// Time is the time of day to the second, such as 00:00:02.
func (p Phrases) Time(t time.Time) string { return p.Zone.Local(t).Format("15:04:05") }

// Column is an instant as a column of a table shows it: 2027-03-03 00:00.
func (p Phrases) Column(t time.Time) string {
	if t.IsZero() {
		return "-"
	}
	return p.Zone.Local(t).Format("2006-01-02 15:04")
}

// Away is how far an instant lies from the present, such as "in 6 days" or
// "2 hours ago".
func (p Phrases) Away(t time.Time) string {
	if distance := t.Sub(p.Now); distance >= 0 {
		if distance < time.Minute {
			return "now"
		}
		return "in " + Length(distance)
	} else if distance > -time.Minute {
		return "just now"
	}
	return Length(p.Now.Sub(t)) + " ago"
}

// Length is a length of time in its largest unit, such as 6 days. Fractions are
// cut off.
func Length(d time.Duration) string {
	const day = 24 * time.Hour
	switch {
	case d >= 2*day:
		return fmt.Sprintf("%d days", d/day)
	case d >= 2*time.Hour:
		return fmt.Sprintf("%d hours", d/time.Hour)
	case d >= 2*time.Minute:
		return fmt.Sprintf("%d minutes", d/time.Minute)
	case d >= time.Minute:
		return "1 minute"
	default:
		return fmt.Sprintf("%d seconds", d/time.Second)
	}
}
