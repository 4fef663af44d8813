package contract_test

import (
	"strings"
	"testing"

	. "github.com/grupobizopps/salexops/contract"
)

// restDays are the days of rest of article 74 for six years, written out from
// a calendar on the wall: the oracle for everything that counts business days.
const restDays = `
2026-01-01 2026-02-02 2026-03-16 2026-05-01 2026-09-16 2026-11-16 2026-12-25
2027-01-01 2027-02-01 2027-03-15 2027-05-01 2027-09-16 2027-11-15 2027-12-25
2028-01-01 2028-02-07 2028-03-20 2028-05-01 2028-09-16 2028-11-20 2028-12-25
2029-01-01 2029-02-05 2029-03-19 2029-05-01 2029-09-16 2029-11-19 2029-12-25
2030-01-01 2030-02-04 2030-03-18 2030-05-01 2030-09-16 2030-10-01 2030-11-18 2030-12-25
2031-01-01 2031-02-03 2031-03-17 2031-05-01 2031-09-16 2031-11-17 2031-12-25`

func TestHolidaysAreThoseOfArticle74(t *testing.T) {
	rest := make(map[string]bool)
	for _, day := range strings.Fields(restDays) {
		rest[day] = true
	}
	for d := date(t, "2026-01-01"); d.Before(date(t, "2032-01-01")); d = d.AddDays(1) {
		if IsHoliday(d) != rest[d.String()] {
			t.Errorf("%s, a %s: holiday is %t", d, d.Weekday(), IsHoliday(d))
		}
	}
}

func TestAPresidentTakesOfficeEverySixthOctober(t *testing.T) {
	for year, want := range map[string]bool{
		"2018-10-01": false, "2024-10-01": true, "2025-10-01": false, "2029-10-01": false,
		"2030-10-01": true, "2036-10-01": true, "2030-12-01": false,
	} {
		if got := IsHoliday(date(t, year)); got != want {
			t.Errorf("%s: holiday is %t", year, got)
		}
	}
}
