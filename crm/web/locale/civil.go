package locale

import "time"

// DaysUntil counts the days from today to a civil date (YYYY-MM-DD): negative
// when it is over. ok is false for what is no date.
func (t *Translator) DaysUntil(date string) (days int, ok bool) {
	at, err := time.Parse(time.DateOnly, date)
	if err != nil {
		return 0, false
	}
	return daysBetween(t.now, at), true
}

// DaysSince counts the midnights since a moment.
func (t *Translator) DaysSince(at time.Time) int { return daysBetween(at.In(t.zone), t.now) }

// ShortDay says the day of a moment as a list does: "18 nov", "18 nov 2025".
func (t *Translator) ShortDay(at time.Time) string { return t.short(at.In(t.zone)) }

// ShortCivil says a civil date as a list does; anything else is given back.
func (t *Translator) ShortCivil(date string) string {
	at, err := time.Parse(time.DateOnly, date)
	if err != nil {
		return date
	}
	return t.short(at)
}

func (t *Translator) short(at time.Time) string {
	if at.Year() == t.now.Year() {
		return t.fill("date.thisYear", at)
	}
	return t.fill("date.anyYear", at)
}

// MonthName says the month of now: "noviembre".
func (t *Translator) MonthName() string { return t.tongue.dates.long[t.now.Month()-1] }

// Today is the civil date of now (YYYY-MM-DD).
func (t *Translator) Today() string { return t.now.Format(time.DateOnly) }
