package crm

import (
	"testing"
	"time"
)

func TestMomentsAreReadAndCompared(t *testing.T) {
	for _, m := range []Moment{"2026-11-23", "2026-11-23T16:30", "2028-02-29", "2026-11-23T00:00"} {
		if !m.Valid() {
			t.Errorf("%s is refused", m)
		}
	}
	for _, m := range []Moment{"", "2026-02-30", "2026-11-23T24:00", "2026-11-23T16:30:10", "2026-11-23T", "23/11/2026", "2026-11-23 16:30", "T10:00"} {
		if m.Valid() {
			t.Errorf("%q is taken", m)
		}
	}
	if day := Moment("2026-11-23"); day >= "2026-11-23T00:00" || day <= "2026-11-22T23:59" {
		t.Error("a day does not come before its hours")
	}
}

func TestAMomentIsThatOfTheWall(t *testing.T) {
	zone, err := time.LoadLocation("America/Tijuana")
	if err != nil {
		t.Fatal(err)
	}
	m := Moment("2026-03-07T22:30") // the night before summer time begins
	if got := m.In(zone).UTC(); !got.Equal(time.Date(2026, 3, 8, 6, 30, 0, 0, time.UTC)) {
		t.Errorf("in winter: %s", got)
	}
	if got := m.AddDays(1); got != "2026-03-08T22:30" || !got.In(zone).Equal(time.Date(2026, 3, 9, 5, 30, 0, 0, time.UTC)) {
		t.Errorf("a day later: %s, %s", got, got.In(zone).UTC())
	}
	if got := MomentOf(time.Date(2026, 3, 9, 5, 30, 0, 0, time.UTC).In(zone)); got != "2026-03-08T22:30" {
		t.Errorf("and back: %s", got)
	}
	if got := Moment("2026-02-27").AddDays(2); got != "2026-03-01" {
		t.Errorf("over the end of February: %s", got)
	}
	if got := Moment("2026-03-08T01:30").Add(time.Hour); got != "2026-03-08T02:30" {
		t.Errorf("an hour later: %s", got)
	}
	if got := Moment("2026-03-01T23:59").DaysUntil("2026-02-27"); got != -2 {
		t.Errorf("days back: %d", got)
	}
}
