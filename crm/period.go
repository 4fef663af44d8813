package crm

import "time"

// Period is a stretch of time as people name it. An unknown one is the month.
type Period string

// Periods.
const (
	PeriodMonth   Period = "month"
	PeriodQuarter Period = "quarter"
	PeriodYear    Period = "year"
	PeriodTwelve  Period = "twelve" // this month and the eleven before
)

// Periods are all of them, the shortest first.
var Periods = []Period{PeriodMonth, PeriodQuarter, PeriodYear, PeriodTwelve}

// Span is a stretch of time: From is part of it, To is not. A zero end is open.
type Span struct{ From, To time.Time }

// IsZero says whether the span bounds nothing.
func (s Span) IsZero() bool { return s.From.IsZero() && s.To.IsZero() }

// FirstDay and LastDay are its days, in the zone that the span was made in.
func (s Span) FirstDay() Moment { return DayOf(s.From) }

// LastDay is the day before the one that is not part of it.
func (s Span) LastDay() Moment { return DayOf(s.To).AddDays(-1) }

// Month is the month of an instant and some months later or earlier, in the
// zone of the instant.
func Month(at time.Time, later int) Span {
	first := time.Date(at.Year(), at.Month()+time.Month(later), 1, 0, 0, 0, 0, at.Location())
	return Span{first, first.AddDate(0, 1, 0)}
}

// Around is the period that an instant is in, in the zone of the instant.
func (p Period) Around(now time.Time) Span {
	this := Month(now, 0)
	switch p {
	case PeriodQuarter:
		from := Month(now, -((int(now.Month()) - 1) % 3)).From
		return Span{from, from.AddDate(0, 3, 0)}
	case PeriodYear:
		from := Month(now, 1-int(now.Month())).From
		return Span{from, from.AddDate(1, 0, 0)}
	case PeriodTwelve:
		return Span{Month(now, -11).From, this.To}
	}
	return this
}

// fewestMonths is how many months a chart of results has at least: one bar
// tells nothing.
const fewestMonths = 6

// Months are those of the period up to now, the first first, and some before
// where these are few.
func (p Period) Months(now time.Time) []Span {
	count := 1
	for from := p.Around(now).From; Month(now, -count).From.Compare(from) >= 0; count++ {
	}
	count = max(count, fewestMonths)
	months := make([]Span, count)
	for i := range months {
		months[i] = Month(now, i-count+1)
	}
	return months
}
