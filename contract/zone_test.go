package contract_test

import (
	"testing"
	"time"

	"pgregory.net/rapid"

	. "github.com/grupobizopps/salexops/contract"
)

func zone(t testing.TB, name string) Zone {
	t.Helper()
	z, err := LoadZone(name)
	if err != nil {
		t.Fatal(err)
	}
	return z
}

func TestTheDayBeginsAtLocalMidnight(t *testing.T) {
	for _, c := range []struct{ zone, date, want, because string }{
		{"America/Hermosillo", "2027-02-04", "2027-02-04T07:00:00Z", "UTC-7, all year (contract.md 1)"},
		{"America/Hermosillo", "2027-07-04", "2027-07-04T07:00:00Z", "UTC-7, all year (contract.md 1)"},
		{"Pacific/Kiritimati", "2027-02-04", "2027-02-03T10:00:00Z", "UTC+14"},
		{"America/Mexico_City", "2022-04-03", "2022-04-03T06:00:00Z", "the clock moved at 02:00, after midnight"},
		{"America/Sao_Paulo", "2018-11-04", "2018-11-04T03:00:00Z", "the clock jumped from 00:00 to 01:00"},
		{"Asia/Beirut", "2022-03-27", "2022-03-26T22:00:00Z", "the clock jumped from 00:00 to 01:00"},
		{"America/Havana", "2027-11-07", "2027-11-07T04:00:00Z", "00:00 to 01:00 comes twice, the first one counts"},
		{"America/Sao_Paulo", "2018-02-18", "2018-02-18T03:00:00Z", "at 00:00 the clock went back to 23:00 of the day before"},
		{"Pacific/Apia", "2011-12-30", "2011-12-30T10:00:00Z", "the date was skipped"},
		{"Pacific/Apia", "2011-12-31", "2011-12-30T10:00:00Z", "the date after the skipped one"},
	} {
		got := zone(t, c.zone).StartOfDay(date(t, c.date)).Format(time.RFC3339)
		if got != c.want {
			t.Errorf("%s in %s begins at %s, not %s: %s", c.date, c.zone, c.want, got, c.because)
		}
	}
}

func TestAnInstantHasTheDateOfItsPlace(t *testing.T) {
	hermosillo := zone(t, "America/Hermosillo")
	midnight := hermosillo.StartOfDay(date(t, "2027-02-04"))
	if got := hermosillo.DateOf(midnight); got != date(t, "2027-02-04") {
		t.Errorf("at midnight it is %s", got)
	}
	if got := hermosillo.DateOf(midnight.Add(-1)); got != date(t, "2027-02-03") {
		t.Errorf("a nanosecond before midnight it is %s", got)
	}
	if got := hermosillo.DateOf(time.Time{}); !got.IsZero() {
		t.Errorf("no instant has the date %s", got)
	}
	if got := hermosillo.StartOfDay(Date{}); !got.IsZero() {
		t.Errorf("no date begins at %s", got)
	}
	if got := hermosillo.Local(midnight).Format("2006-01-02 15:04 -0700"); got != "2027-02-04 00:00 -0700" {
		t.Errorf("midnight reads %s", got)
	}
}

func TestOnlyNamedZonesAreLoaded(t *testing.T) {
	for _, name := range []string{"", "Local", "UTC-7", "America/Atlantis", "../etc/passwd"} {
		if z, err := LoadZone(name); err == nil {
			t.Errorf("%q was loaded as %s", name, z)
		}
	}
	if got := (Zone{}).String(); got != "UTC" {
		t.Errorf("the zero Zone is %s", got)
	}
}

// Wherever clocks are moved about, the start of a day is the first instant
// that bears its date.
func TestStartOfDayIsTheFirstInstantOfTheDate(t *testing.T) {
	names := []string{
		"America/Hermosillo", "America/Sao_Paulo", "America/Havana", "America/Santiago", "Asia/Beirut", "Africa/Cairo",
		"Africa/Casablanca", "Australia/Lord_Howe", "Pacific/Apia", "Pacific/Kiritimati", "Asia/Kathmandu", "America/St_Johns", "UTC",
	}
	rapid.Check(t, func(t *rapid.T) {
		z, err := LoadZone(rapid.SampledFrom(names).Draw(t, "zone"))
		if err != nil {
			t.Fatal(err)
		}
		d, err := NewDate(rapid.IntRange(1950, 2036).Draw(t, "year"), time.January, 1)
		if err != nil {
			t.Fatal(err)
		}
		d = d.AddDays(rapid.IntRange(0, 365).Draw(t, "day"))
		start := z.StartOfDay(d)
		if z.DateOf(start).Before(d) {
			t.Fatalf("%s begins at %s, which is still %s", d, start, z.DateOf(start))
		}
		if before := z.DateOf(start.Add(-1)); !before.Before(d) {
			t.Fatalf("%s begins at %s, but it was %s before", d, start, before)
		}
		if z.StartOfDay(d.AddDays(1)).Before(start) {
			t.Fatalf("the day after %s begins before it", d)
		}
	})
}
