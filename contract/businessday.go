package contract

import (
	"errors"
	"time"
)

// BusinessCalendar says on which days business is done. Make one with
// NewBusinessCalendar; the zero value knows neither weekend nor extra holidays,
// only article 74.
type BusinessCalendar struct {
	weekend       [7]bool
	extraHolidays map[Date]struct{}
}

// NewBusinessCalendar makes a calendar of a weekend and of holidays besides
// those of article 74, such as election days. A weekend of seven days is
// refused: no deadline would ever come.
func NewBusinessCalendar(weekend []time.Weekday, extraHolidays []Date) (BusinessCalendar, error) {
	var calendar BusinessCalendar
	for _, day := range weekend {
		calendar.weekend[day] = true
	}
	if calendar.weekend == [7]bool{true, true, true, true, true, true, true} {
		return BusinessCalendar{}, errors.New("a weekend of all seven days leaves no business day")
	}
	if len(extraHolidays) > 0 {
		calendar.extraHolidays = make(map[Date]struct{}, len(extraHolidays))
		for _, day := range extraHolidays {
			calendar.extraHolidays[day] = struct{}{}
		}
	}
	return calendar, nil
}

// IsBusinessDay reports whether business is done on d.
func (c BusinessCalendar) IsBusinessDay(d Date) bool {
	if c.weekend[d.Weekday()] || IsHoliday(d) {
		return false
	}
	_, extra := c.extraHolidays[d]
	return !extra
}

// AddBusinessDays is the date of the nth business day after d, which is not
// itself counted (contract.md 1). The deadline is the end of that date; what
// follows happens at the start of the civil day after it.
func (c BusinessCalendar) AddBusinessDays(d Date, n int) Date {
	for n > 0 && d.ordinal < lastOrdinal {
		d = d.AddDays(1)
		if c.IsBusinessDay(d) {
			n--
		}
	}
	return d
}
