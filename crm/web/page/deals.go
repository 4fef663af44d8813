package page

import (
	"net/url"
	"strconv"
	"strings"

	"github.com/grupobizopps/salexops/crm"
)

// DealLink is the address of a deal.
func DealLink(id int64) string { return "/deals/" + formatID(id) }

// due is what a deal's card says about time, and how urgently.
type due struct{ text, class, title string }

// dealDue: late before quiet before when it should close; decided deals say when
// they were.
func dealDue(f *Frame, d *crm.Deal) due {
	switch d.Status {
	case crm.StageWon:
		return due{f.F("deal.wonOn", "Day", f.L.ShortDay(d.ClosedAt)), "due due-won", f.L.Exact(d.ClosedAt)}
	case crm.StageLost:
		return due{f.F("deal.lostOn", "Day", f.L.ShortDay(d.ClosedAt)), "due", f.L.Exact(d.ClosedAt)}
	}
	days, dated := f.L.DaysUntil(d.ExpectedClose)
	title := ""
	if dated {
		title = f.F("deal.closesOn", "Day", f.L.Civil(d.ExpectedClose))
	}
	if dated && days < 0 {
		return due{f.F("deal.overdue", "Days", f.L.Int(int64(-days))), "due due-late", title}
	}
	if quiet := f.L.DaysSince(d.LastActivityAt); quiet >= quietDays {
		return due{f.F("deal.quiet", "Days", f.L.Int(int64(quiet))), "due due-quiet", f.F("deal.quietSince", "Day", f.L.Day(d.LastActivityAt))}
	}
	switch {
	case !dated:
		return due{"—", "due", f.T("deal.noClose")}
	case days == 0:
		return due{f.T("deal.today"), "due due-today", title}
	case days == 1:
		return due{f.T("deal.tomorrow"), "due", title}
	case days <= soonDays:
		return due{f.F("deal.inDays", "Days", f.L.Int(int64(days))), "due", title}
	}
	return due{f.L.ShortCivil(d.ExpectedClose), "due", title}
}

const (
	quietDays = int(crm.QuietAfter / (24 * 60 * 60 * 1e9))
	soonDays  = 14 // within these, days are counted
)

// sums writes amounts of several currencies side by side; zero where there is none.
func sums(f *Frame, all []crm.Money) string {
	if len(all) == 0 {
		return f.L.Money(crm.Money{Currency: crm.Currencies[0]})
	}
	texts := make([]string, len(all))
	for i, m := range all {
		texts[i] = f.L.Money(m)
	}
	return strings.Join(texts, " + ")
}

// BoardView is how the board is looked at: what the address bar holds.
type BoardView struct {
	Pipelines []*crm.Pipeline
	Pipeline  int64 // 0: the first
	Mine      bool
}

// query is the part of an address that keeps the view.
func (v BoardView) query() string {
	q := url.Values{}
	if v.Pipeline != 0 {
		q.Set("pipeline", formatID(v.Pipeline))
	}
	if v.Mine {
		q.Set("owner", "me")
	}
	if len(q) == 0 {
		return ""
	}
	return "?" + q.Encode()
}

// address is the board itself, and with other settings.
func (v BoardView) address() string { return "/deals" + v.query() }

func (v BoardView) in(pipeline int64) BoardView {
	v.Pipeline = pipeline
	return v
}

func (v BoardView) of(mine bool) BoardView {
	v.Mine = mine
	return v
}

// more is the address of a lane's next cards.
func (v BoardView) more(l crm.Lane) string {
	q := url.Values{"stage": {formatID(l.Stage.ID)}, "after": {string(l.Deals.Next)}}
	if v.Mine {
		q.Set("owner", "me")
	}
	return "/deals/lane?" + q.Encode()
}

// list is a lane as a table, for those without a script.
func (v BoardView) list(s crm.Stage) string {
	q := url.Values{"stage": {formatID(s.ID)}, "status": {string(s.Kind)}}
	if v.Mine {
		q.Set("owner", "me")
	}
	return "/deals/list?" + q.Encode()
}

// order is a card's place in its lane, for the script that puts it there.
func order(d *crm.Deal) string {
	if d.IsOpen() {
		if d.ExpectedClose == "" {
			return "99999999"
		}
		return strings.ReplaceAll(d.ExpectedClose, "-", "")
	}
	return strconv.FormatInt(-d.ClosedAt.Unix(), 10)
}

// cardSubtitle is who a deal is with.
func cardSubtitle(d *crm.Deal) string {
	if d.CompanyName != "" {
		return d.CompanyName
	}
	return d.ContactName
}
