package page

import (
	"net/url"

	"github.com/grupobizopps/salexops/crm"
)

// Tasks is how the list of what is to be done is looked at.
type Tasks struct {
	State crm.DueState
	All   bool // everybody's
	Query string
	Items []*crm.Activity
	Next  crm.Cursor
	Prev  crm.Cursor
	Form  ActivityForm // of the quick task; what is wrong with it
}

var taskStates = []struct {
	state crm.DueState
	text  string
}{
	{crm.DueOpen, "tasks.open"}, {crm.DueOverdue, "tasks.overdue"}, {crm.DueToday, "tasks.today"},
	{crm.DueUpcoming, "tasks.upcoming"}, {crm.DueDone, "tasks.done"},
}

func (t Tasks) link(state crm.DueState, all bool, cursor string, at crm.Cursor) string {
	q := url.Values{}
	if state != crm.DueOpen {
		q.Set("state", string(state))
	}
	if all {
		q.Set("owner", "all")
	}
	if t.Query != "" {
		q.Set("q", t.Query)
	}
	if at != "" {
		q.Set(cursor, string(at))
	}
	if len(q) == 0 {
		return "/tasks"
	}
	return "/tasks?" + q.Encode()
}

// here is the address of the list as it is looked at.
func (t Tasks) here() string { return t.link(t.State, t.All, "", "") }

// taskGroup is what follows one another under a heading.
type taskGroup struct {
	heading string // a message
	items   []*crm.Activity
}

// groups puts headings between what is late, for today, tomorrow and later.
func (t Tasks) groups(now crm.Moment) []taskGroup {
	var all []taskGroup
	for _, a := range t.Items {
		heading := dueHeading(a, now)
		if len(all) == 0 || all[len(all)-1].heading != heading {
			all = append(all, taskGroup{heading: heading})
		}
		last := &all[len(all)-1]
		last.items = append(last.items, a)
	}
	return all
}

func dueHeading(a *crm.Activity, now crm.Moment) string {
	switch {
	case a.Done():
		return "tasks.done"
	case a.Starts == "":
		return "tasks.someDay"
	case a.Overdue(now):
		return "tasks.overdue"
	}
	switch now.DaysUntil(a.Starts) {
	case 0:
		return "tasks.today"
	case 1:
		return "tasks.tomorrow"
	}
	return "tasks.later"
}
