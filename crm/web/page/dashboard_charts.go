package page

import (
	"github.com/grupobizopps/salexops/crm"
)

// stageBars are the open deals of one currency, stage by stage.
func (v DashboardView) stageBars(f *Frame, c crm.Currency) []chartBar {
	bars := make([]chartBar, len(v.Stages))
	for i, s := range v.Stages {
		sum := s.Tally.Sum(c)
		bars[i] = chartBar{
			label: s.Stage.Name, value: sum.Minor, text: f.L.Money(sum),
			href: v.behind(f, "status", string(crm.StageOpen), "stage", formatID(s.Stage.ID), "currency", string(c)),
		}
	}
	return bars
}

func (v DashboardView) stageTable(f *Frame) chartTable {
	t := chartTable{caption: f.T("dash.stages"), heads: []string{f.T("dash.stage"), f.T("dash.count")}}
	for _, c := range v.Currencies {
		t.heads = append(t.heads, f.F("dash.valueIn", "Currency", string(c)))
	}
	for _, s := range v.Stages {
		row := []chartCell{{text: s.Stage.Name}, {f.L.Int(int64(s.Tally.Count)), v.behind(f, "status", string(crm.StageOpen), "stage", formatID(s.Stage.ID))}}
		for _, c := range v.Currencies {
			row = append(row, chartCell{f.L.Money(s.Tally.Sum(c)), v.behind(f, "status", string(crm.StageOpen), "stage", formatID(s.Stage.ID), "currency", string(c))})
		}
		t.rows = append(t.rows, row)
	}
	return t
}

// funnelBars are the steps of the funnel; each notes what share of the step
// before came to it.
func (v DashboardView) funnelBars(f *Frame) []chartBar {
	bars := make([]chartBar, len(v.Funnel))
	for i, step := range v.Funnel {
		bars[i] = chartBar{label: step.Stage.Name, value: int64(step.Count), text: f.L.Int(int64(step.Count)), href: v.came(f, step)}
		if i > 0 {
			bars[i].note = percentOf(step.Count, v.Funnel[i-1].Count)
		}
		if step.Stage.Kind == crm.StageWon {
			bars[i].tone = "won"
		}
	}
	return bars
}

func (v DashboardView) funnelTable(f *Frame) chartTable {
	t := chartTable{caption: f.T("dash.funnel"), heads: []string{f.T("dash.stage"), f.T("dash.count"), f.T("dash.ofBefore"), f.T("dash.ofAll")}}
	for i, step := range v.Funnel {
		before := "—"
		if i > 0 {
			before = percentOf(step.Count, v.Funnel[i-1].Count)
		}
		t.rows = append(t.rows, []chartCell{
			{text: step.Stage.Name}, {f.L.Int(int64(step.Count)), v.came(f, step)}, {text: before}, {text: percentOf(step.Count, v.Funnel[0].Count)},
		})
	}
	return t
}

// resultColumns are the months of what was won and lost in one currency.
func (v DashboardView) resultColumns(f *Frame, c crm.Currency) []chartColumn {
	columns := make([]chartColumn, len(v.Results))
	for i, m := range v.Results {
		name := monthLong(f, m.Month.From)
		won, lost := m.Won.Sum(c), m.Lost.Sum(c)
		columns[i] = chartColumn{label: monthShort(f, m.Month.From), bars: []chartBar{
			{value: won.Minor, tone: "won", text: f.F("dash.wonIn", "Month", name, "Value", f.L.Money(won)), href: v.decided(f, crm.StageWon, m.Month, c)},
			{value: lost.Minor, tone: "lost", hangs: true, text: f.F("dash.lostIn", "Month", name, "Value", f.L.Money(lost)), href: v.decided(f, crm.StageLost, m.Month, c)},
		}}
	}
	return columns
}

func (v DashboardView) resultTable(f *Frame) chartTable {
	t := chartTable{caption: f.T("dash.results"), heads: []string{f.T("dash.monthHead"), f.T("dash.won"), f.T("dash.lost")}}
	for _, c := range v.Currencies {
		t.heads = append(t.heads, f.F("dash.wonCurrency", "Currency", string(c)), f.F("dash.lostCurrency", "Currency", string(c)))
	}
	for _, m := range v.Results {
		row := []chartCell{
			{text: monthLong(f, m.Month.From)},
			{f.L.Int(int64(m.Won.Count)), v.decided(f, crm.StageWon, m.Month, "")},
			{f.L.Int(int64(m.Lost.Count)), v.decided(f, crm.StageLost, m.Month, "")},
		}
		for _, c := range v.Currencies {
			row = append(row, chartCell{f.L.Money(m.Won.Sum(c)), v.decided(f, crm.StageWon, m.Month, c)},
				chartCell{f.L.Money(m.Lost.Sum(c)), v.decided(f, crm.StageLost, m.Month, c)})
		}
		t.rows = append(t.rows, row)
	}
	return t
}

// outlookName says what a step of the forecast is about.
func outlookName(f *Frame, o crm.Outlook) string {
	switch o.Kind {
	case crm.OutlookOverdue:
		return f.T("dash.overdue")
	case crm.OutlookLater:
		return f.T("dash.later")
	case crm.OutlookUndated:
		return f.T("dash.undated")
	}
	return monthLong(f, o.Month.From)
}

// forecastBars are the forecast of one currency; each notes the value that it
// was weighted from.
func (v DashboardView) forecastBars(f *Frame, c crm.Currency) []chartBar {
	var bars []chartBar
	for _, o := range v.Forecast {
		full := o.Tally.Sum(c)
		if full.IsZero() && (o.Kind != crm.OutlookMonth || c != v.Currencies[0]) {
			continue
		}
		bar := chartBar{label: outlookName(f, o), value: o.WeightedSum(c).Minor, text: f.L.Money(o.WeightedSum(c)), href: v.expected(f, o, c)}
		if !full.IsZero() {
			bar.note = f.F("dash.outOf", "Value", shortMoney(f, full))
		}
		if o.Kind != crm.OutlookMonth {
			bar.tone = "soft"
		}
		bars = append(bars, bar)
	}
	return bars
}

func (v DashboardView) forecastTable(f *Frame) chartTable {
	t := chartTable{caption: f.T("dash.forecast"), heads: []string{f.T("dash.closes"), f.T("dash.count")}}
	for _, c := range v.Currencies {
		t.heads = append(t.heads, f.F("dash.valueIn", "Currency", string(c)), f.F("dash.weightedIn", "Currency", string(c)))
	}
	for _, o := range v.Forecast {
		row := []chartCell{{text: outlookName(f, o)}, {f.L.Int(int64(o.Tally.Count)), v.expected(f, o, "")}}
		for _, c := range v.Currencies {
			row = append(row, chartCell{f.L.Money(o.Tally.Sum(c)), v.expected(f, o, c)}, chartCell{f.L.Money(o.WeightedSum(c)), v.expected(f, o, c)})
		}
		t.rows = append(t.rows, row)
	}
	return t
}

// left are the deals that left a stage in the period.
func (v DashboardView) left(f *Frame, s crm.Stay) string {
	return v.behind(f, "left", formatID(s.Stage.ID), "leftFrom", string(v.Span.FirstDay()), "leftTo", string(v.Span.LastDay()))
}

func (v DashboardView) stayBars(f *Frame) []chartBar {
	bars := make([]chartBar, len(v.Stays))
	for i, s := range v.Stays {
		bars[i] = chartBar{label: s.Stage.Name, value: int64(s.Median), text: "—", href: v.left(f, s)}
		if s.Deals > 0 {
			bars[i].text, bars[i].note = howLong(f, s.Median), dealCount(f, s.Deals)
		}
	}
	return bars
}

func (v DashboardView) stayTable(f *Frame) chartTable {
	t := chartTable{caption: f.T("dash.stays"), heads: []string{f.T("dash.stage"), f.T("dash.median"), f.T("dash.count")}}
	for _, s := range v.Stays {
		median := "—"
		if s.Deals > 0 {
			median = howLong(f, s.Median)
		}
		t.rows = append(t.rows, []chartCell{{text: s.Stage.Name}, {text: median}, {f.L.Int(int64(s.Deals)), v.left(f, s)}})
	}
	return t
}

// WorkTitles head the lists of activities.
var WorkTitles = workTexts

var workTexts = map[crm.ActivityType]string{
	crm.ActivityNote: "dash.notes", crm.ActivityCall: "dash.calls", crm.ActivityTask: "dash.tasks", crm.ActivityMeeting: "dash.meetings",
}

func (v DashboardView) peopleBars(f *Frame) []chartBar {
	bars := make([]chartBar, len(v.Dashboard.People))
	for i, p := range v.Dashboard.People {
		bars[i] = chartBar{label: p.Name, value: int64(p.Total()), text: f.L.Int(int64(p.Total())), href: v.did(p, "")}
	}
	return bars
}

func (v DashboardView) peopleTable(f *Frame) chartTable {
	t := chartTable{caption: f.T("dash.people"), heads: []string{f.T("dash.person")}}
	for _, kind := range crm.ActivityTypes {
		t.heads = append(t.heads, f.T(workTexts[kind]))
	}
	t.heads = append(t.heads, f.T("dash.total"))
	for _, p := range v.Dashboard.People {
		row := []chartCell{{text: p.Name}}
		for _, kind := range crm.ActivityTypes {
			row = append(row, chartCell{f.L.Int(int64(p.Counts[kind])), v.did(p, kind)})
		}
		t.rows = append(t.rows, append(row, chartCell{f.L.Int(int64(p.Total())), v.did(p, "")}))
	}
	return t
}
