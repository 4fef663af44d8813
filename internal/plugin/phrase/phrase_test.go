package phrase

import (
	"testing"
	"time"

	"github.com/grupobizopps/salexops/contract"
)

// phrases are those of 23 February 2027, 09:14 in Hermosillo.
func phrases(t *testing.T) Phrases {
	t.Helper()
	return Phrases{Zone: contract.DefaultPolicy().Zone, Now: time.Date(2027, 2, 23, 16, 14, 0, 0, time.UTC)}
}

func date(t *testing.T, text string) contract.Date {
	t.Helper()
	d, err := contract.ParseDate(text)
	if err != nil {
		t.Fatal(err)
	}
	return d
}

func TestDatesAreLocalAndSayTheYearWhereItIsAnother(t *testing.T) {
	p := phrases(t)
	midnight := time.Date(2027, 3, 3, 7, 0, 2, 0, time.UTC)
	for got, want := range map[string]string{
		p.Day(date(t, "2027-01-31")):                           "31 Jan",
		p.Day(date(t, "2026-12-31")):                           "31 Dec 2026",
		p.FullDay(date(t, "2027-01-31")):                       "31 Jan 2027",
		p.FullDay(contract.Date{}):                             "",
		p.Days(date(t, "2027-01-31"), date(t, "2027-02-27")):   "31 Jan – 27 Feb",
		p.Days(date(t, "2027-02-01"), date(t, "2027-02-01")):   "1 Feb",
		p.Moment(midnight):                                     "3 Mar 00:00",
		p.Exact(midnight):                                      "3 Mar 00:00:02",
		p.Column(midnight):                                     "2027-03-03 00:00",
		p.Column(time.Time{}):                                  "-",
		p.Moment(time.Time{}) + p.Exact(time.Time{}):           "",
		p.DayOf(time.Date(2027, 3, 3, 6, 59, 59, 0, time.UTC)): "2 Mar",
	} {
		if got != want {
			t.Errorf("got %q, want %q", got, want)
		}
	}
}

func TestDistancesAreInTheirLargestUnit(t *testing.T) {
	p := phrases(t)
	for want, distance := range map[string]time.Duration{
		"in 7 days":     7*24*time.Hour + 14*time.Hour,
		"in 47 hours":   47*time.Hour + time.Minute,
		"in 90 minutes": 90 * time.Minute,
		"in 1 minute":   time.Minute,
		"now":           0,
		"just now":      -10 * time.Second,
		"5 minutes ago": -5 * time.Minute,
		"3 days ago":    -3 * 24 * time.Hour,
	} {
		if got := p.Away(p.Now.Add(distance)); got != want {
			t.Errorf("%s away: got %q, want %q", distance, got, want)
		}
	}
	if got := Length(9 * time.Second); got != "9 seconds" {
		t.Errorf("got %q", got)
	}
}
