package page

import (
	"net/url"
	"strconv"
	"strings"
	"time"

	"github.com/grupobizopps/salexops/crm"
)

// DashboardView is a dashboard and how it is looked at.
type DashboardView struct {
	*crm.Dashboard
	Period    crm.Period
	OwnerID   int64 // 0: everybody's
	Owner     string
	SeesAll   bool // the reader sees records of others
	People    []*crm.User
	Pipelines []*crm.Pipeline
	Span      crm.Span
}

// owner is the parameter that keeps whose figures these are.
func (v DashboardView) owner(f *Frame) string {
	switch v.OwnerID {
	case 0:
		return ""
	case f.User.ID:
		return "me"
	}
	return formatID(v.OwnerID)
}

// behind is the address of the deals behind a figure.
func (v DashboardView) behind(f *Frame, pairs ...string) string {
	q := url.Values{"pipeline": {formatID(v.Pipeline.ID)}, "period": {string(v.Period)}}
	if owner := v.owner(f); owner != "" {
		q.Set("owner", owner)
	}
	for i := 0; i+1 < len(pairs); i += 2 {
		if pairs[i+1] != "" {
			q.Set(pairs[i], pairs[i+1])
		}
	}
	return "/dashboard/deals?" + q.Encode()
}

// decided are the deals that were won or lost in a span.
func (v DashboardView) decided(f *Frame, status crm.DealStatus, s crm.Span, c crm.Currency) string {
	return v.behind(f, "status", string(status), "closedFrom", string(s.FirstDay()), "closedTo", string(s.LastDay()), "currency", string(c))
}

// came are the deals of the funnel that came as far as a step.
func (v DashboardView) came(f *Frame, step crm.FunnelStep) string {
	from, to := string(v.Span.FirstDay()), string(v.Span.LastDay())
	if step.Stage.Kind == crm.StageWon {
		return v.behind(f, "createdFrom", from, "createdTo", to, "status", string(crm.StageWon))
	}
	return v.behind(f, "createdFrom", from, "createdTo", to, "reached", formatID(step.Stage.ID))
}

// expected are the open deals of an outlook.
func (v DashboardView) expected(f *Frame, o crm.Outlook, c crm.Currency) string {
	pairs := []string{"status", string(crm.StageOpen), "currency", string(c)}
	months := v.months()
	switch o.Kind {
	case crm.OutlookOverdue:
		pairs = append(pairs, "closeTo", string(months[0].Month.FirstDay().AddDays(-1)))
	case crm.OutlookMonth:
		pairs = append(pairs, "closeFrom", string(o.Month.FirstDay()), "closeTo", string(o.Month.LastDay()))
	case crm.OutlookLater:
		pairs = append(pairs, "closeFrom", string(months[len(months)-1].Month.LastDay().AddDays(1)), "closeTo", lastDay)
	case crm.OutlookUndated:
		pairs = append(pairs, "undated", "1")
	}
	return v.behind(f, pairs...)
}

// lastDay is after every day that a deal may have.
const lastDay = "9999-12-31"

// months are the outlooks of single months.
func (v DashboardView) months() []crm.Outlook {
	var months []crm.Outlook
	for _, o := range v.Forecast {
		if o.Kind == crm.OutlookMonth {
			months = append(months, o)
		}
	}
	return months
}

// did are the activities of somebody.
func (v DashboardView) did(p crm.PersonActivity, kind crm.ActivityType) string {
	q := url.Values{
		"owner": {formatID(p.UserID)}, "from": {string(v.Span.FirstDay())}, "to": {string(v.Span.LastDay())}, "period": {string(v.Period)},
	}
	if kind != "" {
		q.Set("type", string(kind))
	}
	return "/dashboard/activities?" + q.Encode()
}

// subtitle says of when and whom the figures are.
func (v DashboardView) subtitle(f *Frame) string {
	whose := v.Owner
	if whose == "" {
		whose = f.T("dash.everybody")
	}
	return joinNonEmpty(spanDays(f, v.Span), whose)
}

// spanDays says a span by its first and last day: "1 – 30 nov", "1 oct – 31 dic".
func spanDays(f *Frame, s crm.Span) string {
	from, to := s.From, s.To.AddDate(0, 0, -1)
	return shortDay(f, from) + " – " + shortDay(f, to)
}

func shortDay(f *Frame, day time.Time) string {
	text := strconv.Itoa(day.Day()) + " " + monthShort(f, day)
	if day.Year() != f.L.Now().Year() {
		text += " " + strconv.Itoa(day.Year())
	}
	return text
}

func monthShort(f *Frame, at time.Time) string {
	return nthWord(f.T("date.monthsShort"), int(at.Month()))
}

func monthLong(f *Frame, at time.Time) string {
	return f.F("dash.monthOf", "Month", nthWord(f.T("date.monthsLong"), int(at.Month())), "Year", strconv.Itoa(at.Year()))
}

func nthWord(words string, n int) string {
	all := strings.Fields(words)
	if n < 1 || n > len(all) {
		return ""
	}
	return all[n-1]
}

var periodTexts = map[crm.Period]string{
	crm.PeriodMonth: "dash.month", crm.PeriodQuarter: "dash.quarter", crm.PeriodYear: "dash.year", crm.PeriodTwelve: "dash.twelve",
}

// dealCount says a number of deals.
func dealCount(f *Frame, count int) string { return f.L.N("dash.deals", count) }

// percentOf writes a share: "62 %"; a dash where there is none.
func percentOf(part, whole int) string {
	share, ok := crm.Share(part, whole)
	if !ok {
		return "—"
	}
	return strconv.Itoa(share) + "\u00a0%"
}

// howLong says a length of time in days, or in hours below one.
func howLong(f *Frame, d time.Duration) string {
	if hours := d.Hours(); hours < 24 {
		return f.F("dash.hours", "Hours", oneDecimal(hours))
	}
	return f.F("dash.days", "Days", oneDecimal(d.Hours()/24))
}

// several says whether there is more than one currency to tell apart.
func (v DashboardView) several() bool { return len(v.Currencies) > 1 }
