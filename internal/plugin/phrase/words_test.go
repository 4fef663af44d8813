package phrase

import (
	"testing"

	"github.com/grupobizopps/salexops/contract"
)

func TestAnAddressIsMasked(t *testing.T) {
	for address, want := range map[string]string{
		"lucia@botica.example": "l…@botica.example",
		"ñandú@botica.example": "ñ…@botica.example",
		"nobody":               "…",
		"@botica.example":      "…",
	} {
		if got := Mask(address); got != want {
			t.Errorf("%s is shown as %s, want %s", address, got, want)
		}
	}
}

func TestAddressesInWhatAServerSaidAreMasked(t *testing.T) {
	if got, want := MaskAll("550 <lucia@botica.example>: no such user"), "550 <l…@botica.example>: no such user"; got != want {
		t.Errorf("got %q, want %q", got, want)
	}
}

func TestNothingThatATerminalWouldObeyGetsThrough(t *testing.T) {
	if got, want := Clean("550 no\r\n\x1b[2Jsuch\tuser\u202e"), "550 no [2Jsuch user"; got != want {
		t.Errorf("got %q, want %q", got, want)
	}
}

func TestCountsListsAndIntervals(t *testing.T) {
	for got, want := range map[string]string{
		Count(1, "act", "acts"):       "1 act",
		Count(0, "act", "acts"):       "0 acts",
		List(nil):                     "",
		List([]string{"a"}):           "a",
		List([]string{"a", "b", "c"}): "a, b and c",
		Interval(contract.Monthly):    "monthly",
		Interval(contract.Quarterly):  "quarterly",
		Interval(contract.SemiAnnual): "twice a year",
		Interval(contract.Annual):     "yearly",
		Interval("Weekly"):            "Weekly",
	} {
		if got != want {
			t.Errorf("got %q, want %q", got, want)
		}
	}
}
