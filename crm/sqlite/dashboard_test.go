package sqlite

import (
	"fmt"
	"strings"
	"testing"
	"time"

	"github.com/grupobizopps/salexops/crm"
)

func (o *office) dashboard(f crm.DashboardFilter) *crm.Dashboard {
	o.t.Helper()
	if f.Now.IsZero() {
		f.Now = o.clock.Now()
	}
	d, err := o.Dashboard(o.owner, f)
	if err != nil {
		o.t.Fatal(err)
	}
	return d
}

func dollars(units int64) crm.Money { return crm.Money{Minor: units * 100, Currency: crm.USD} }

// At 4 January 2027: two deals stand, one is won and one is lost.
func (o *office) sold() {
	o.deal("Stays")
	o.deal("Talks", func(d *crm.Deal) { d.ExpectedClose = "2027-02-10"; d.Value = dollars(300) })
	won := o.deal("Won", func(d *crm.Deal) { d.Value = pesos(5000) })
	lost := o.deal("Lost")
	late := o.deal("Late", func(d *crm.Deal) { d.ExpectedClose, d.StageID = "2026-12-31", 4 })
	o.clock.Advance(24 * time.Hour)
	o.move(won, 3)
	o.move(lost, 2)
	o.clock.Advance(48 * time.Hour)
	o.move(won, 5)
	o.move(lost, 6)
	if _, err := o.DeleteDeal(o.owner, late.ID); err != nil {
		o.t.Fatal(err)
	}
	o.deal("Late again", func(d *crm.Deal) { d.ExpectedClose, d.StageID = "2026-12-31", 4 })
}

func TestTheDashboardAddsUp(t *testing.T) {
	o := newOffice(t)
	o.sold()
	d := o.dashboard(crm.DashboardFilter{Period: crm.PeriodMonth})
	if got := fmt.Sprint(d.Stages[0].Tally, d.Stages[3].Tally); got != fmt.Sprint(
		crm.Tally{Count: 2, Sums: []crm.Money{pesos(1000), dollars(300)}}, crm.Tally{Count: 1, Sums: []crm.Money{pesos(1000)}}) {
		t.Errorf("stages: %s", got)
	}
	var steps []int
	for _, step := range d.Funnel {
		steps = append(steps, step.Count)
	}
	// Lost had come to the second stage, Late again began in the fourth.
	if fmt.Sprint(steps) != "[5 3 2 2 1]" {
		t.Errorf("funnel: %v", steps)
	}
	if rate, ok := d.WinRate(); rate != 50 || !ok || d.Won.Sum(crm.MXN) != pesos(5000) {
		t.Errorf("won %v, lost %v", d.Won, d.Lost)
	}
	if last := d.Results[len(d.Results)-1]; len(d.Results) != 6 || last.Won.Count != 1 || last.Lost.Count != 1 {
		t.Errorf("results: %+v", d.Results)
	}
	forecast := map[crm.OutlookKind]crm.Money{}
	for _, f := range d.Forecast {
		forecast[f.Kind] = crm.Money{Minor: forecast[f.Kind].Minor + f.WeightedSum(crm.MXN).Minor, Currency: crm.MXN}
	}
	if forecast[crm.OutlookOverdue] != pesos(750) || forecast[crm.OutlookUndated] != pesos(100) || d.Forecast[2].WeightedSum(crm.USD) != dollars(30) {
		t.Errorf("forecast: %+v", d.Forecast)
	}
	if s := d.Stays[0]; s.Deals != 2 || s.Median.Hours() != 25.5 {
		t.Errorf("stays: %+v", d.Stays)
	}
	if fmt.Sprint(d.Currencies) != "[MXN USD]" {
		t.Errorf("currencies: %v", d.Currencies)
	}
	if _, err := o.Dashboard(o.owner, crm.DashboardFilter{PipelineID: 99, Now: o.clock.Now()}); err == nil {
		t.Error("a pipeline that is not there")
	}
}

// A deal that was won is in the month of the tenant's clock.
func TestMonthsOfTheDashboardAreTheTenants(t *testing.T) {
	o := newOffice(t)
	o.clock.Advance(time.Date(2027, 2, 1, 4, 0, 0, 0, time.UTC).Sub(o.clock.Now()))
	d := o.deal("Won late in January")
	o.move(d, 5)
	west := time.FixedZone("west", -7*3600)
	got := o.dashboard(crm.DashboardFilter{Now: o.clock.Now().In(west)})
	if last := got.Results[5]; last.Month.FirstDay() != "2027-01-01" || last.Won.Count != 1 || got.Funnel[0].Count != 1 {
		t.Errorf("the last month is %s: %+v", last.Month.FirstDay(), last)
	}
	if got := o.dashboard(crm.DashboardFilter{}); got.Results[5].Month.FirstDay() != "2027-02-01" || got.Won.Count != 1 {
		t.Errorf("in UTC: %+v", got.Results[5])
	}
}

func TestADashboardShowsNothingOfOthers(t *testing.T) {
	o := newOffice(t)
	seller, u, _ := o.hire(crm.RoleSeller, "seller@acme.example")
	o.sold()
	note := crm.Activity{Type: crm.ActivityNote, Body: "of the owner"}
	if err := o.CreateActivity(o.owner, &note); err != nil {
		t.Fatal(err)
	}
	own := crm.Deal{Name: "Own", Value: pesos(7)}
	mine := crm.Activity{Type: crm.ActivityNote, Body: "of the seller"}
	for _, err := range []error{o.CreateDeal(seller, &own), o.CreateActivity(seller, &mine)} {
		if err != nil {
			t.Fatal(err)
		}
	}
	for _, visibility := range []crm.Visibility{crm.VisibleToAll, crm.VisibleToOwner} {
		o.settings.Store(&crm.Settings{Visibility: visibility})
		deals, people, notes := 4, 2, 2
		if visibility == crm.VisibleToOwner {
			deals, people, notes = 1, 1, 1
		}
		d, err := o.Dashboard(seller, crm.DashboardFilter{Now: o.clock.Now()})
		if err != nil || d.Open().Count != deals || len(d.People) != people {
			t.Errorf("%s: %+v, %+v, %v", visibility, d.Open(), d.People, err)
		}
		sum, err := o.SumDeals(seller, crm.DealSlice{DealFilter: crm.DealFilter{Status: crm.StageOpen}})
		if err != nil || sum.Count != deals {
			t.Errorf("%s: the sum is of %+v, %v", visibility, sum, err)
		}
		page, err := o.DealsBehind(seller, crm.DealSlice{DealFilter: crm.DealFilter{Status: crm.StageOpen}})
		if err != nil || len(page.Items) != deals {
			t.Errorf("%s: the list has %d, %v", visibility, len(page.Items), err)
		}
		span := crm.PeriodMonth.Around(o.clock.Now())
		count, err := o.CountActivities(seller, crm.ActivitySlice{Span: span, Type: crm.ActivityNote})
		work, fault := o.ActivitiesBehind(seller, crm.ActivitySlice{Span: span, Type: crm.ActivityNote})
		if err != nil || fault != nil || count != notes || len(work.Items) != notes {
			t.Errorf("%s: %d activities, %d in the list, %v, %v", visibility, count, len(work.Items), err, fault)
		}
	}
	if own, err := o.Dashboard(seller, crm.DashboardFilter{OwnerID: 1, Now: o.clock.Now()}); err != nil || own.Open().Count != 1 {
		t.Errorf("asking for another's: %+v, %v; want %d's alone", own, err, u.ID)
	}
}

func TestFiguresComeOutOfIndexesAlone(t *testing.T) {
	o := newOffice(t)
	for query, wants := range map[string][]string{
		sumOpen:          {"COVERING INDEX deal_tally (pipeline_id=? AND status=?)"},
		sumClosed:        {"COVERING INDEX deal_stage_closed (stage_id=? AND closed_at>? AND closed_at<?)"},
		countFurthest(4): {"COVERING INDEX deal_created (pipeline_id=? AND created_at>? AND created_at<?)", "SEARCH h USING PRIMARY KEY (deal_id=?)"},
		listStays:        {"COVERING INDEX deal_stage_left (stage_id=? AND left_at>? AND left_at<?)", "COVERING INDEX deal_live (id=?"},
		countWork:        {"COVERING INDEX activity_worked (owner_id=? AND type=? AND happened_at>? AND happened_at<?)"},
	} {
		steps := plan(t, o, query)
		for _, want := range wants {
			if !strings.Contains(steps, want) {
				t.Errorf("%s\ndoes not use %q:\n%s", query, want, steps)
			}
		}
	}
	span := crm.PeriodMonth.Around(o.clock.Now())
	for index, f := range map[string]crm.DealSlice{
		"deal_created":       {DealFilter: crm.DealFilter{PipelineID: 1}, Created: span, ReachedID: 2},
		"deal_status_close":  {DealFilter: crm.DealFilter{Status: crm.StageOpen}, Currency: crm.MXN},
		"deal_status_closed": {DealFilter: crm.DealFilter{Status: crm.StageWon, PipelineID: 1, ClosedFrom: span.From, ClosedTo: span.To}},
	} {
		s, err := sliceSelection(f)
		if err != nil {
			t.Fatal(err)
		}
		steps := plan(t, o, behindListing.query(s, false, false))
		if !strings.Contains(steps, "INDEX "+index+" ") || strings.Contains(steps, "TEMP B-TREE") {
			t.Errorf("%s:\n%s", index, steps)
		}
	}
	actor, err := mayLook(o.owner)
	if err != nil {
		t.Fatal(err)
	}
	steps := plan(t, o, workListing(0).query(o.workSelection(actor, crm.ActivitySlice{OwnerID: 1, Type: crm.ActivityCall, Span: span}), false, false))
	if !strings.Contains(steps, "INDEX activity_worked (owner_id=? AND type=? AND happened_at>? AND happened_at<?)") || strings.Contains(steps, "TEMP B-TREE") {
		t.Errorf("activities:\n%s", steps)
	}
}
