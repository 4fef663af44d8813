package page

import (
	"time"

	"github.com/grupobizopps/salexops/crm"
)

// now is the moment the page is made, on the tenant's clock.
func (f *Frame) now() crm.Moment { return crm.MomentOf(f.L.Now()) }

// momentText says a moment as a person would: "hoy 16:30", "mañana".
func momentText(f *Frame, m crm.Moment) string {
	if m == "" {
		return ""
	}
	return f.L.When(m.Day().In(time.UTC), m.Clock())
}

// momentExact says a moment in full, for the title attribute.
func momentExact(f *Frame, m crm.Moment) string {
	switch {
	case m == "":
		return ""
	case m.IsDay():
		return f.L.Civil(string(m))
	}
	return f.L.Exact(m.In(f.L.Now().Location()))
}

// dueText says when something is due; what is late says for how long.
func dueText(f *Frame, a *crm.Activity) string {
	now := f.now()
	if !a.Overdue(now) {
		return momentText(f, a.Starts)
	}
	switch days := a.Starts.DaysUntil(now); days {
	case 0:
		return f.F("due.lateToday", "Time", a.Starts.Clock())
	case 1:
		return f.T("due.lateYesterday")
	default:
		return f.F("due.late", "Days", f.L.Int(int64(days)))
	}
}

// spanText says when a meeting is: "jueves 9:00–10:30".
func spanText(f *Frame, a *crm.Activity) string {
	text := momentText(f, a.Starts)
	switch {
	case a.Ends == "":
		return text
	case a.Ends.Day() == a.Starts.Day():
		return text + "–" + a.Ends.Clock()
	}
	return text + " – " + momentText(f, a.Ends)
}
