package figure

import (
	"testing"
	"time"
)

func TestAimsHoldAtTheBoundary(t *testing.T) {
	if !AtMost("a/b", 8, "s", 8).Holds || AtMost("a/b", 8.01, "s", 8).Holds {
		t.Error("at most 8 holds at 8 and not above")
	}
	if !AtLeast("a/b", 8, "1/s", 8).Holds || AtLeast("a/b", 7.99, "1/s", 8).Holds {
		t.Error("at least 8 holds at 8 and not below")
	}
}

func TestQuantileTakesTheNearestRank(t *testing.T) {
	var samples []time.Duration
	for i := 10; i >= 1; i-- {
		samples = append(samples, time.Duration(i))
	}
	for q, want := range map[float64]time.Duration{0: 1, 0.5: 5, 0.95: 10, 1: 10} {
		if got := Quantile(samples, q); got != want {
			t.Errorf("quantile %v of 1..10 = %v, want %v", q, got, want)
		}
	}
	if got := Quantile(nil, 0.5); got != 0 {
		t.Errorf("quantile of nothing = %v, want 0", got)
	}
}
