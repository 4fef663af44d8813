package page

import (
	"net/url"
	"slices"
	"strings"
	"time"

	"github.com/grupobizopps/salexops/crm"
)

// Calendar is a month or a week of what has a date.
type Calendar struct {
	Week  bool
	At    crm.Moment // the day that is looked at
	All   bool       // everybody's
	Items []*crm.Activity
	Close []*crm.Deal // open ones that are expected to close then
}

// Range is the first and last day that are shown: whole weeks, from Monday.
func (c Calendar) Range() (first, last crm.Moment) {
	first, last = c.At, c.At
	if !c.Week {
		month := string(c.At[:7])
		first = crm.Moment(month + "-01")
		last = crm.DayOf(first.In(time.UTC).AddDate(0, 1, -1))
	}
	return first.AddDays(-weekday(first)), last.AddDays(6 - weekday(last))
}

// weekday counts from Monday, 0, to Sunday, 6.
func weekday(day crm.Moment) int { return (int(day.In(time.UTC).Weekday()) + 6) % 7 }

// before and after are the same view of what is next to it.
func (c Calendar) before() string { return c.link(c.step(-1), c.Week, c.All) }
func (c Calendar) after() string  { return c.link(c.step(1), c.Week, c.All) }

func (c Calendar) step(by int) crm.Moment {
	if c.Week {
		return c.At.AddDays(7 * by)
	}
	at := c.At.In(time.UTC)
	return crm.DayOf(time.Date(at.Year(), at.Month()+time.Month(by), 1, 0, 0, 0, 0, time.UTC))
}

func (c Calendar) link(at crm.Moment, week, all bool) string {
	q := url.Values{"date": {string(at)}}
	if week {
		q.Set("view", "week")
	}
	if all {
		q.Set("owner", "all")
	}
	return "/calendar?" + q.Encode()
}

func (c Calendar) here() string { return c.link(c.At, c.Week, c.All) }

// heading says what is looked at.
func (c Calendar) heading(f *Frame) string {
	first, last := c.Range()
	if c.Week {
		return f.L.Date(first.In(time.UTC)) + " – " + f.L.Date(last.In(time.UTC))
	}
	month := f.L.Month(c.At.In(time.UTC))
	return strings.ToUpper(month[:1]) + month[1:]
}

// calendarDay is one field of the calendar.
type calendarDay struct {
	date    crm.Moment
	outside bool // of another month
	today   bool
	items   []*crm.Activity
	deals   []*crm.Deal
	more    int // how many do not fit
}

// fits is how many entries a day of a month shows.
const fitsInDay = 4

// weeks are the rows of the calendar.
func (c Calendar) weeks(today crm.Moment) [][]calendarDay {
	first, last := c.Range()
	byDay := map[crm.Moment][]*crm.Activity{}
	for _, a := range c.Items {
		for _, day := range daysOf(a, first, last) {
			byDay[day] = append(byDay[day], a)
		}
	}
	closing := map[crm.Moment][]*crm.Deal{}
	for _, d := range c.Close {
		closing[crm.Moment(d.ExpectedClose)] = append(closing[crm.Moment(d.ExpectedClose)], d)
	}
	var rows [][]calendarDay
	for day := first; day <= last; day = day.AddDays(1) {
		if weekday(day) == 0 {
			rows = append(rows, nil)
		}
		d := calendarDay{date: day, today: day == today, outside: !c.Week && day[:7] != c.At[:7], items: byDay[day], deals: closing[day]}
		if count := len(d.items) + len(d.deals); !c.Week && count > fitsInDay {
			d.deals = d.deals[:min(len(d.deals), fitsInDay-1)]
			d.items = d.items[:min(len(d.items), fitsInDay-1-len(d.deals))]
			d.more = count - len(d.items) - len(d.deals)
		}
		rows[len(rows)-1] = append(rows[len(rows)-1], d)
	}
	return rows
}

// daysOf are the days on which an activity is; a meeting may have several.
func daysOf(a *crm.Activity, first, last crm.Moment) []crm.Moment {
	from, to := a.Starts.Day(), a.Starts.Day()
	if a.Ends != "" {
		to = a.Ends.Day()
		if a.Ends.Clock() == "00:00" {
			to = to.AddDays(-1)
		}
	}
	var days []crm.Moment
	for day := max(from, first); day <= min(to, last); day = day.AddDays(1) {
		days = append(days, day)
	}
	return days
}

// calendarClass is how an entry looks.
func calendarClass(f *Frame, a *crm.Activity) string {
	classes := []string{"cal-item"}
	switch {
	case a.Done() && a.Type == crm.ActivityTask:
		classes = append(classes, "cal-done")
	case a.Overdue(f.now()):
		classes = append(classes, "cal-late")
	case a.Type == crm.ActivityMeeting:
		classes = append(classes, "cal-meeting")
	}
	return strings.Join(slices.Compact(classes), " ")
}

// clockOn is the time of day to show for an entry on a day.
func clockOn(a *crm.Activity, day crm.Moment) string {
	if a.Starts.Day() == day {
		return a.Starts.Clock()
	}
	return ""
}

// newOn is the address of the form for something on a day.
func (c Calendar) newOn(day crm.Moment) string {
	return "/activities/new?" + url.Values{"type": {string(crm.ActivityTask)}, "date": {string(day)}, "next": {c.here()}}.Encode()
}
