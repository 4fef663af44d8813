package locale

import (
	"fmt"
	"strconv"
	"strings"
	"time"
)

// dateWords are the pieces of dates, which x/text does not have. The catalogue
// holds lists separated by spaces and patterns with {day}, {month}, {monthLong},
// {weekday}, {year} and {time}.
type dateWords struct {
	short, long, weekdays []string
}

func newDateWords(plain map[string]string) (dateWords, error) {
	w := dateWords{
		short:    strings.Fields(plain["date.monthsShort"]),
		long:     strings.Fields(plain["date.monthsLong"]),
		weekdays: strings.Fields(plain["date.weekdays"]),
	}
	if len(w.short) != 12 || len(w.long) != 12 || len(w.weekdays) != 7 {
		return w, fmt.Errorf("want 12 short months, 12 long months and 7 weekdays, have %d, %d and %d",
			len(w.short), len(w.long), len(w.weekdays))
	}
	return w, nil
}

// Ago says when something happened as a person would: "ahora", "hace 5 min",
// "hoy 10:42", "ayer 18:05", "18 nov", "18 nov 2025". Show Exact beside it.
func (t *Translator) Ago(at time.Time) string {
	if at.IsZero() {
		return t.T("date.never")
	}
	at = at.In(t.zone)
	past := t.now.Sub(at)
	switch days := daysBetween(at, t.now); {
	case past >= 0 && past < time.Minute:
		return t.T("date.now")
	case past >= 0 && past < time.Hour:
		return strings.Replace(t.T("date.minutesAgo"), "{minutes}", strconv.Itoa(int(past/time.Minute)), 1)
	case days == 0:
		return t.fill("date.today", at)
	case days == 1:
		return t.fill("date.yesterday", at)
	case at.Year() == t.now.Year():
		return t.fill("date.thisYear", at)
	default:
		return t.fill("date.anyYear", at)
	}
}

// Exact says the moment in full: "lunes 23 de noviembre de 2026, 10:42".
func (t *Translator) Exact(at time.Time) string {
	if at.IsZero() {
		return ""
	}
	return t.fill("date.exact", at.In(t.zone))
}

// Day says the day of an instant: "23 de noviembre de 2026".
func (t *Translator) Day(at time.Time) string {
	return t.fill("date.day", at.In(t.zone))
}

// Civil says a civil date (YYYY-MM-DD), which has no zone; anything else is
// given back as it is.
func (t *Translator) Civil(date string) string {
	at, err := time.Parse(time.DateOnly, date)
	if err != nil {
		return date
	}
	return t.fill("date.day", at)
}

// Machine is the moment for the datetime attribute.
func Machine(at time.Time) string { return at.UTC().Format(time.RFC3339) }

// fill writes a moment into a pattern. A list has two for each row, so it goes
// through the pattern once and allocates once.
func (t *Translator) fill(key string, at time.Time) string {
	pattern := t.T(key)
	out := make([]byte, 0, len(pattern)+16)
	for {
		open := strings.IndexByte(pattern, '{')
		if open < 0 {
			return string(append(out, pattern...))
		}
		out = append(out, pattern[:open]...)
		name, rest, closed := strings.Cut(pattern[open+1:], "}")
		if !closed {
			return string(append(out, pattern[open:]...))
		}
		out = t.appendPiece(out, name, at)
		pattern = rest
	}
}

func (t *Translator) appendPiece(out []byte, name string, at time.Time) []byte {
	w := &t.tongue.dates
	switch name {
	case "day":
		return strconv.AppendInt(out, int64(at.Day()), 10)
	case "month":
		return append(out, w.short[at.Month()-1]...)
	case "monthLong":
		return append(out, w.long[at.Month()-1]...)
	case "weekday":
		return append(out, w.weekdays[at.Weekday()]...)
	case "year":
		return strconv.AppendInt(out, int64(at.Year()), 10)
	case "time":
		return at.AppendFormat(out, "15:04")
	}
	return out
}

// daysBetween counts midnights from a to b, both in the same zone.
func daysBetween(a, b time.Time) int {
	day := func(t time.Time) time.Time {
		return time.Date(t.Year(), t.Month(), t.Day(), 0, 0, 0, 0, time.UTC)
	}
	return int(day(b).Sub(day(a)) / (24 * time.Hour))
}

// Weekday says a day with its weekday, as a heading: "lunes 23 de noviembre".
func (t *Translator) Weekday(at time.Time) string {
	return t.fill("date.weekday", at.In(t.zone))
}
