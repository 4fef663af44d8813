package contract_test

import (
	"encoding/json"
	"math"
	"testing"
	"time"

	"pgregory.net/rapid"

	. "github.com/grupobizopps/salexops/contract"
)

func TestADateIsWrittenAsItIsRead(t *testing.T) {
	for _, text := range []string{"0001-01-01", "1969-12-31", "1970-01-01", "2028-02-29", "2100-02-28", "9999-12-31"} {
		if got := date(t, text).String(); got != text {
			t.Errorf("%s became %s", text, got)
		}
	}
}

func TestWhatIsNotADateIsRefused(t *testing.T) {
	for _, text := range []string{
		"", "2027-02-29", "2100-02-29", "2027-13-01", "2027-00-10", "2027-1-31", "27-01-31",
		"2027-01-31T00:00:00Z", "2027/01/31", "0000-01-01", " 2027-01-31", "10000-01-01", "-001-01-01",
	} {
		if d, err := ParseDate(text); err == nil {
			t.Errorf("%q was read as %s", text, d)
		}
	}
	for _, civil := range []struct{ y, m, d int }{{2027, 2, 29}, {2027, 4, 31}, {2027, 13, 1}, {0, 1, 1}, {10000, 1, 1}, {2027, 1, 0}} {
		if d, err := NewDate(civil.y, time.Month(civil.m), civil.d); err == nil {
			t.Errorf("%v was made into %s", civil, d)
		}
	}
}

func TestNoDateIsNoDateWhateverIsDoneToIt(t *testing.T) {
	var none Date
	if !none.IsZero() || none.String() != "" || !none.AddDays(30).IsZero() {
		t.Errorf("no date: %q, and 30 days later %q", none, none.AddDays(30))
	}
	if y, m, d := none.Civil(); y != 0 || m != 0 || d != 0 {
		t.Errorf("no date has year %d, month %d, day %d", y, m, d)
	}
	if !none.Before(date(t, "0001-01-01")) {
		t.Error("no date is earlier than every date")
	}
}

func TestDaysStopAtTheEndsOfTheCalendar(t *testing.T) {
	first, last := date(t, "0001-01-01"), date(t, "9999-12-31")
	for _, far := range []int{1, 4_000_000, math.MaxInt} {
		if got := last.AddDays(far); got != last {
			t.Errorf("%d days after the last date: %s", far, got)
		}
		if got := first.AddDays(-far); got != first {
			t.Errorf("%d days before the first date: %s", far, got)
		}
	}
	if got := first.AddDays(math.MinInt); got != first {
		t.Errorf("before the first date: %s", got)
	}
}

func TestDatesAreInOrder(t *testing.T) {
	eve, day, sameDay := date(t, "2027-02-28"), date(t, "2027-03-01"), date(t, "2027-03-01")
	if !eve.Before(day) || day.Before(eve) || day.Before(sameDay) {
		t.Error("Before is wrong")
	}
	if !day.After(eve) || eve.After(day) || day.After(sameDay) {
		t.Error("After is wrong")
	}
	if eve.Compare(day) != -1 || day.Compare(eve) != 1 || day.Compare(sameDay) != 0 {
		t.Error("Compare is wrong")
	}
	if day.DaysSince(eve) != 1 || eve.DaysSince(day) != -1 {
		t.Error("DaysSince is wrong")
	}
}

func TestADateTravelsAsText(t *testing.T) {
	type record struct{ Due, Never Date }
	sent := record{Due: date(t, "2027-01-31")}
	text, err := json.Marshal(sent)
	if err != nil || string(text) != `{"Due":"2027-01-31","Never":""}` {
		t.Fatalf("wrote %s, %v", text, err)
	}
	var received record
	if err := json.Unmarshal(text, &received); err != nil || received != sent {
		t.Fatalf("read %+v, %v", received, err)
	}
	if err := json.Unmarshal([]byte(`{"Due":"31.1.2027"}`), &received); err == nil {
		t.Error("a date in another form was read")
	}
}

// The standard library's calendar in UTC is the oracle.
func TestDatesAgreeWithTheCalendar(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		day := time.Date(rapid.IntRange(1, 9990).Draw(t, "year"), 1, rapid.IntRange(1, 366).Draw(t, "day"), 0, 0, 0, 0, time.UTC)
		y, m, d := day.Date()
		got, err := NewDate(y, m, d)
		if err != nil {
			t.Fatal(err)
		}
		if got.String() != day.Format("2006-01-02") || got.Weekday() != day.Weekday() {
			t.Fatalf("%s is a %s, not %s, a %s", day.Format("2006-01-02"), day.Weekday(), got, got.Weekday())
		}
		n := rapid.IntRange(-300, 3000).Draw(t, "n")
		if later := day.AddDate(0, 0, n); later.Year() >= 1 && got.AddDays(n).String() != later.Format("2006-01-02") {
			t.Fatalf("%s and %d days is %s, not %s", got, n, later.Format("2006-01-02"), got.AddDays(n))
		}
		if got.AddDays(n).AddDays(-n) != got && got.String() > "0002" {
			t.Fatalf("%s and %d days there and back is %s", got, n, got.AddDays(n).AddDays(-n))
		}
	})
}
