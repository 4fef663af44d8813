package contract_test

import (
	"strings"
	"testing"
	"time"

	. "github.com/grupobizopps/salexops/contract"
)

var weekend = []time.Weekday{time.Saturday, time.Sunday}

func calendar(t testing.TB, extra ...Date) BusinessCalendar {
	t.Helper()
	c, err := NewBusinessCalendar(weekend, extra)
	if err != nil {
		t.Fatal(err)
	}
	return c
}

func TestThirtyBusinessDaysOfTheContractsExamples(t *testing.T) {
	for received, last := range map[string]string{"2027-01-04": "2027-02-16", "2030-09-02": "2030-10-16"} {
		if got := calendar(t).AddBusinessDays(date(t, received), 30); got != date(t, last) {
			t.Errorf("30 business days from %s end on %s, not %s (contract.md 9)", received, got, last)
		}
	}
}

func TestNoBusinessDaysIsTheDayItself(t *testing.T) {
	sunday := date(t, "2027-01-03")
	if got := calendar(t).AddBusinessDays(sunday, 0); got != sunday {
		t.Errorf("no business days after %s is %s", sunday, got)
	}
}

func TestAnElectionDayIsNoBusinessDay(t *testing.T) {
	election := date(t, "2027-06-07")
	if calendar(t, election).IsBusinessDay(election) || !calendar(t).IsBusinessDay(election) {
		t.Error("extra holidays make the difference on 2027-06-07, a Monday")
	}
}

func TestAWeekendOfSevenDaysIsRefused(t *testing.T) {
	if _, err := NewBusinessCalendar([]time.Weekday{0, 1, 2, 3, 4, 5, 6}, nil); err == nil {
		t.Error("a calendar without business days was made")
	}
}

// The oracle counts on fingers: one day at a time, with the holidays of
// holiday_test.go and the weekdays of the standard library.
func TestBusinessDaysAgreeWithACountOnFingers(t *testing.T) {
	calendar := calendar(t)
	end := time.Date(2031, 9, 1, 0, 0, 0, 0, time.UTC)
	for day := time.Date(2026, 1, 1, 0, 0, 0, 0, time.UTC); day.Before(end); day = day.AddDate(0, 0, 1) {
		for _, n := range []int{1, 5, 30} {
			finger := day
			for left := n; left > 0; {
				finger = finger.AddDate(0, 0, 1)
				weekday := finger.Weekday()
				if weekday != time.Saturday && weekday != time.Sunday && !strings.Contains(restDays, finger.Format("2006-01-02")) {
					left--
				}
			}
			from := date(t, day.Format("2006-01-02"))
			if got := calendar.AddBusinessDays(from, n).String(); got != finger.Format("2006-01-02") {
				t.Fatalf("%d business days after %s: %s, not %s", n, from, got, finger.Format("2006-01-02"))
			}
		}
	}
}
