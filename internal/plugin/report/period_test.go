package report

import (
	"strings"
	"testing"

	"github.com/grupobizopps/salexops/contract"
)

func date(t *testing.T, text string) contract.Date {
	t.Helper()
	d, err := contract.ParseDate(text)
	if err != nil {
		t.Fatal(err)
	}
	return d
}

func TestThePeriodOfADateIsCountedFromTheAnchor(t *testing.T) {
	for _, c := range []struct {
		interval       contract.Interval
		on, from, last string
	}{
		{contract.Monthly, "2026-12-31", "2026-12-31", "2027-01-30"},
		{contract.Monthly, "2027-01-30", "2026-12-31", "2027-01-30"},
		{contract.Monthly, "2027-01-31", "2027-01-31", "2027-02-27"},
		{contract.Monthly, "2027-02-28", "2027-02-28", "2027-03-30"},
		{contract.Monthly, "2046-12-30", "2046-11-30", "2046-12-30"}, // no drift over 240 periods
		{contract.Quarterly, "2027-05-01", "2027-03-31", "2027-06-29"},
		{contract.Annual, "2028-02-29", "2027-12-31", "2028-12-30"},
	} {
		period, err := PeriodOf(date(t, "2026-12-31"), c.interval, date(t, c.on))
		if err != nil || period.From != date(t, c.from) || period.To != date(t, c.last) {
			t.Errorf("%s %s lies in %s – %s (%v), want %s – %s", c.interval, c.on, period.From, period.To, err, c.from, c.last)
		}
	}
}

func TestADateBeforeTheAnchorLiesInNoPeriod(t *testing.T) {
	if _, err := PeriodOf(date(t, "2026-12-31"), contract.Monthly, date(t, "2026-12-30")); err == nil || !strings.Contains(err.Error(), "anchor") {
		t.Errorf("got %v", err)
	}
	if _, err := PeriodOf(date(t, "2026-12-31"), "Weekly", date(t, "2027-01-30")); err == nil {
		t.Error("there is a weekly period")
	}
}
