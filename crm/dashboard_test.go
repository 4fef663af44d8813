package crm_test

import (
	"maps"
	"testing"
	"time"

	"github.com/grupobizopps/salexops/crm"
)

func mxn(pesos int64) crm.Money { return crm.Money{Minor: pesos * 100, Currency: crm.MXN} }
func usd(cents int64) crm.Money { return crm.Money{Minor: cents, Currency: crm.USD} }

func TestPeriodsAreTheTenantsOwn(t *testing.T) {
	zone := time.FixedZone("west", -7*3600)
	now := time.Date(2026, 12, 1, 5, 0, 0, 0, time.UTC).In(zone) // 30 November there
	for period, want := range map[crm.Period][2]crm.Moment{
		crm.PeriodMonth:   {"2026-11-01", "2026-11-30"},
		crm.PeriodQuarter: {"2026-10-01", "2026-12-31"},
		crm.PeriodYear:    {"2026-01-01", "2026-12-31"},
		crm.PeriodTwelve:  {"2025-12-01", "2026-11-30"},
		"nonsense":        {"2026-11-01", "2026-11-30"},
	} {
		span := period.Around(now)
		if got := [2]crm.Moment{span.FirstDay(), span.LastDay()}; got != want {
			t.Errorf("%s is %v, want %v", period, got, want)
		}
	}
	if from := crm.PeriodMonth.Around(now).From; !from.Equal(time.Date(2026, 11, 1, 7, 0, 0, 0, time.UTC)) {
		t.Errorf("the month begins %v", from.UTC())
	}
	for period, want := range map[crm.Period]int{crm.PeriodMonth: 6, crm.PeriodQuarter: 6, crm.PeriodYear: 11, crm.PeriodTwelve: 12} {
		months := period.Months(now)
		if len(months) != want || months[len(months)-1] != crm.Month(now, 0) {
			t.Errorf("%s has %d months, want %d, the last %v", period, len(months), want, months[len(months)-1])
		}
		for i := range months[1:] {
			if !months[i].To.Equal(months[i+1].From) {
				t.Errorf("%s has a gap after %v", period, months[i])
			}
		}
	}
}

// A month of a zone with summer time begins at its own midnight.
func TestMonthsWithSummerTime(t *testing.T) {
	zone, err := time.LoadLocation("America/Tijuana")
	if err != nil {
		t.Fatal(err)
	}
	march := crm.Month(time.Date(2026, 3, 20, 12, 0, 0, 0, zone), 0)
	if hours := march.To.Sub(march.From).Hours(); hours != 31*24-1 {
		t.Errorf("March 2026 has %v hours", hours)
	}
}

func pipeline() *crm.Pipeline {
	return &crm.Pipeline{ID: 1, Stages: []crm.Stage{
		{ID: 1, Kind: crm.StageOpen, Position: 1}, {ID: 2, Kind: crm.StageOpen, Position: 2}, {ID: 3, Kind: crm.StageOpen, Position: 3},
		{ID: 4, Kind: crm.StageWon, Position: 4}, {ID: 5, Kind: crm.StageLost, Position: 5},
	}}
}

func TestAFunnelNeverWidens(t *testing.T) {
	funnel := crm.NewFunnel(pipeline(), map[int64]int{1: 3, 2: 3, 3: 1, 4: 2, 99: 1})
	want := []int{10, 6, 3, 2}
	if len(funnel) != len(want) {
		t.Fatalf("%d steps", len(funnel))
	}
	for i, step := range funnel {
		if step.Count != want[i] {
			t.Errorf("step %d has %d deals, want %d", i, step.Count, want[i])
		}
	}
}

func TestShares(t *testing.T) {
	for _, c := range []struct{ part, whole, want int }{{1, 3, 33}, {2, 3, 67}, {1, 8, 13}, {0, 5, 0}, {5, 5, 100}} {
		if got, ok := crm.Share(c.part, c.whole); !ok || got != c.want {
			t.Errorf("%d of %d is %d %%, want %d %%", c.part, c.whole, got, c.want)
		}
	}
	if _, ok := crm.Share(0, 0); ok {
		t.Error("nothing of nothing has a share")
	}
	d := crm.Dashboard{Won: crm.Tally{Count: 3}, Lost: crm.Tally{Count: 1}}
	if rate, ok := d.WinRate(); rate != 75 || !ok {
		t.Errorf("win rate %d %%, %v", rate, ok)
	}
}

func TestOutlooksWeighByStage(t *testing.T) {
	now := time.Date(2026, 11, 23, 10, 0, 0, 0, time.UTC)
	outlooks := crm.NewOutlooks(now, []crm.Expected{
		{Month: 202610, Probability: 50, Count: 1, Sum: mxn(100)},
		{Month: 202512, Probability: 50, Count: 1, Sum: mxn(100)},
		{Month: 202611, Probability: 25, Count: 2, Sum: mxn(1000)},
		{Month: 202611, Probability: 10, Count: 1, Sum: usd(5)},
		{Month: 202611, Probability: 90, Count: 1, Sum: usd(1)},
		{Month: 202704, Probability: 100, Count: 1, Sum: mxn(7)},
		{Month: 202705, Probability: 100, Count: 1, Sum: mxn(8)},
		{Month: 0, Probability: 10, Count: 3, Sum: mxn(50)},
	})
	if len(outlooks) != 9 {
		t.Fatalf("%d outlooks", len(outlooks))
	}
	for i, want := range []struct {
		kind     crm.OutlookKind
		count    int
		weighted crm.Money
	}{
		{crm.OutlookOverdue, 2, mxn(100)}, {crm.OutlookMonth, 4, mxn(250)}, {crm.OutlookMonth, 0, mxn(0)}, {crm.OutlookMonth, 0, mxn(0)},
		{crm.OutlookMonth, 0, mxn(0)}, {crm.OutlookMonth, 0, mxn(0)}, {crm.OutlookMonth, 1, mxn(7)},
		{crm.OutlookLater, 1, mxn(8)}, {crm.OutlookUndated, 3, mxn(5)},
	} {
		o := outlooks[i]
		if o.Kind != want.kind || o.Tally.Count != want.count || o.WeightedSum(crm.MXN) != want.weighted {
			t.Errorf("outlook %d: %s, %d deals, %v", i, o.Kind, o.Tally.Count, o.Weighted)
		}
	}
	// 5 × 10 % + 1 × 90 % are 1.4 cents: rounded once, in the end.
	if got := outlooks[1].WeightedSum(crm.USD); got != usd(1) {
		t.Errorf("dollars: %v", got)
	}
	if outlooks[1].Month.FirstDay() != "2026-11-01" || outlooks[6].Month.FirstDay() != "2027-04-01" {
		t.Errorf("months from %s to %s", outlooks[1].Month.FirstDay(), outlooks[6].Month.FirstDay())
	}
}

func TestMedianStay(t *testing.T) {
	for _, c := range []struct {
		hours map[int]int
		deals int
		want  time.Duration
	}{
		{nil, 0, 0},
		{map[int]int{24: 1}, 1, 24 * time.Hour},
		{map[int]int{24: 1, 48: 1}, 2, 36 * time.Hour},
		{map[int]int{1: 1, 2: 1, 1000: 1}, 3, 2 * time.Hour},
		{map[int]int{1: 5, 3: 1}, 6, time.Hour},
		{map[int]int{1: 2, 4: 1, 7: 1}, 4, 150 * time.Minute},
	} {
		got := crm.NewStay(crm.Stage{}, maps.Clone(c.hours))
		if got.Deals != c.deals || got.Median != c.want {
			t.Errorf("%v: %d deals, %v", c.hours, got.Deals, got.Median)
		}
	}
}

func TestCurrenciesAreNotAddedUp(t *testing.T) {
	d := crm.Dashboard{Stages: []crm.StageTally{
		{Tally: crm.Tally{Count: 1, Sums: []crm.Money{mxn(5)}}},
		{Tally: crm.Tally{Count: 2, Sums: []crm.Money{mxn(5), usd(7)}}},
	}}
	open := d.Open()
	if open.Count != 3 || open.Sum(crm.MXN) != mxn(10) || open.Sum(crm.USD) != usd(7) || d.Empty() {
		t.Errorf("open: %+v", open)
	}
	if !new(crm.Dashboard).Empty() {
		t.Error("nothing is not empty")
	}
}
