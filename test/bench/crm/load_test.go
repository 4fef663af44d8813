package main

import (
	"context"
	"errors"
	"testing"
	"time"
)

func TestALoadEndsWithItsFirstFailure(t *testing.T) {
	broken := errors.New("broken")
	_, err := load(t.Context(), 4, time.Hour, func(_ context.Context, client, n int) error {
		if client == 2 && n == 3 {
			return broken
		}
		return nil
	})
	if !errors.Is(err, broken) {
		t.Errorf("got %v", err)
	}
}

func TestOutcome(t *testing.T) {
	o := outcome{samples: []time.Duration{time.Millisecond, 3 * time.Millisecond}, lasted: 500 * time.Millisecond}
	if o.perSecond() != 4 || o.quantile(1) != 3 {
		t.Errorf("%v per second, at most %v ms", o.perSecond(), o.quantile(1))
	}
}
