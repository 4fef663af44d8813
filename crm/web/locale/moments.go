package locale

import "time"

// When says a civil day as a person would, and a time of day behind it where
// there is one: "hoy 16:30", "mañana", "jueves 9:00", "26 nov". The zone of day
// does not matter.
func (t *Translator) When(day time.Time, clock string) string {
	text := t.fill(whenPattern(daysBetween(t.now, day), day.Year() == t.now.Year()), day)
	if clock != "" {
		text += " " + clock
	}
	return text
}

func whenPattern(days int, thisYear bool) string {
	switch {
	case days == 0:
		return "date.onToday"
	case days == 1:
		return "date.onTomorrow"
	case days == -1:
		return "date.onYesterday"
	case days > 1 && days < 7:
		return "date.onWeekday"
	case thisYear:
		return "date.thisYear"
	}
	return "date.anyYear"
}

// Month says the month of a civil day with its year: "noviembre de 2026".
func (t *Translator) Month(day time.Time) string { return t.fill("date.month", day) }

// Date says a civil day in few words: "23 nov 2026".
func (t *Translator) Date(day time.Time) string { return t.fill("date.anyYear", day) }

// DayOfWeek says the weekday of a civil day: "lunes".
func (t *Translator) DayOfWeek(day time.Time) string { return t.fill("date.onWeekday", day) }

// CivilWeekday says a civil day with its weekday: "lunes 23 de noviembre".
func (t *Translator) CivilWeekday(day time.Time) string { return t.fill("date.weekday", day) }
