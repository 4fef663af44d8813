package contract_test

import (
	"testing"
	"time"

	"pgregory.net/rapid"

	. "github.com/grupobizopps/salexops/contract"
)

func TestPeriodsAreClampedFromTheAnchor(t *testing.T) {
	for _, c := range []struct {
		anchor   string
		interval Interval
		k        int
		from, to string
	}{
		// The example of contract.md 1: 31 Jan, 28 Feb, 31 Mar, 30 Apr.
		{"2027-01-31", Monthly, 0, "2027-01-31", "2027-02-27"},
		{"2027-01-31", Monthly, 1, "2027-02-28", "2027-03-30"},
		{"2027-01-31", Monthly, 2, "2027-03-31", "2027-04-29"},
		{"2027-01-31", Monthly, 3, "2027-04-30", "2027-05-30"},
		{"2027-01-31", Monthly, 13, "2028-02-29", "2028-03-30"},
		{"2026-12-31", Monthly, 0, "2026-12-31", "2027-01-30"},
		{"2026-11-30", Quarterly, 1, "2027-02-28", "2027-05-29"},
		{"2026-08-31", SemiAnnual, 1, "2027-02-28", "2027-08-30"},
		{"2028-02-29", Annual, 1, "2029-02-28", "2030-02-27"},
		{"2028-02-29", Annual, 4, "2032-02-29", "2033-02-27"},
		{"2027-01-15", Monthly, -1, "2026-12-15", "2027-01-14"},
	} {
		got, err := PeriodAt(date(t, c.anchor), c.interval, c.k)
		if err != nil || got.From != date(t, c.from) || got.To != date(t, c.to) {
			t.Errorf("period %d of %s, %s: %s to %s, not %s to %s (%v)", c.k, c.anchor, c.interval, got.From, got.To, c.from, c.to, err)
		}
	}
}

func TestThereAreFourIntervals(t *testing.T) {
	for _, interval := range Intervals() {
		if interval.Months() == 0 {
			t.Errorf("%s has no length", interval)
		}
	}
	for _, interval := range []Interval{"", "Weekly", "monthly"} {
		if _, err := PeriodAt(date(t, "2027-01-31"), interval, 0); err == nil {
			t.Errorf("%q is taken for an interval", interval)
		}
	}
	if _, err := PeriodAt(Date{}, Monthly, 0); err == nil {
		t.Error("a period is counted from no anchor")
	}
}

func TestPeriodsStopAtTheEndsOfTheCalendar(t *testing.T) {
	for _, k := range []int{-1 << 40, -30000, 30000, 1 << 40} {
		if _, err := PeriodAt(date(t, "2027-01-31"), Annual, k); err != nil {
			t.Errorf("period %d: %v", k, err)
		}
	}
}

// Property 10 of contract.md 12. The oracle spells the rule out: the anchor's
// day of the month, or the month's last.
func TestTheAnchorDayNeverDriftsOver240Periods(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		first := time.Date(rapid.IntRange(2024, 2040).Draw(t, "year"), 1, rapid.IntRange(1, 366).Draw(t, "day"), 0, 0, 0, 0, time.UTC)
		anchor, err := NewDate(first.Date())
		if err != nil {
			t.Fatal(err)
		}
		interval := rapid.SampledFrom(Intervals()).Draw(t, "interval")
		next := anchor
		for k := range 240 {
			period, err := PeriodAt(anchor, interval, k)
			if err != nil {
				t.Fatal(err)
			}
			month := time.Date(first.Year(), first.Month()+time.Month(k*interval.Months()), 1, 0, 0, 0, 0, time.UTC)
			last := month.AddDate(0, 1, -1).Day()
			want, err := NewDate(month.Year(), month.Month(), min(first.Day(), last))
			if err != nil {
				t.Fatal(err)
			}
			if period.From != want || period.From != next {
				t.Fatalf("period %d of %s, %s, begins on %s, not on %s, the day after %s", k, anchor, interval, period.From, want, next.AddDays(-1))
			}
			next = period.To.AddDays(1)
		}
	})
}
