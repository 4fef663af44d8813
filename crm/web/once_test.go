package web

import (
	"context"
	"errors"
	"strconv"
	"testing"
	"time"
)

type clock struct{ at time.Time }

func (c *clock) now() time.Time { return c.at }

func TestAFormDoesItsWorkOnce(t *testing.T) {
	o := newOnceOnly((&clock{}).now)
	works := 0
	work := func() (string, error) { works++; return "/done", nil }
	for range 3 {
		if to, err := o.do(t.Context(), 1, "token", work); to != "/done" || err != nil {
			t.Fatalf("went to %q, %v", to, err)
		}
	}
	if works != 1 {
		t.Errorf("the work was done %d times", works)
	}
	_, _ = o.do(t.Context(), 2, "token", work)
	if works != 2 {
		t.Error("another session's form with the same token is the same form")
	}
}

func TestAFormThatFailedMayBeSentAgain(t *testing.T) {
	o := newOnceOnly((&clock{}).now)
	fault := errors.New("no room")
	if _, err := o.do(t.Context(), 1, "token", func() (string, error) { return "", fault }); !errors.Is(err, fault) {
		t.Fatalf("the fault is %v", err)
	}
	if to, err := o.do(t.Context(), 1, "token", func() (string, error) { return "/done", nil }); to != "/done" || err != nil {
		t.Errorf("went to %q, %v", to, err)
	}
}

func TestTheSecondClickWaitsForTheFirst(t *testing.T) {
	o := newOnceOnly((&clock{}).now)
	started, finish := make(chan struct{}), make(chan struct{})
	go func() {
		_, _ = o.do(context.Background(), 1, "token", func() (string, error) { close(started); <-finish; return "/done", nil })
	}()
	<-started
	gone, cancel := context.WithCancel(t.Context())
	cancel()
	if _, err := o.do(gone, 1, "token", nil); !errors.Is(err, context.Canceled) {
		t.Errorf("a browser that left waits: %v", err)
	}
	close(finish)
	if to, err := o.do(t.Context(), 1, "token", nil); to != "/done" || err != nil {
		t.Errorf("went to %q, %v", to, err)
	}
}

func TestTheMemoryOfFormsIsBounded(t *testing.T) {
	c := &clock{}
	o := newOnceOnly(c.now)
	done := func() (string, error) { return "/done", nil }
	for i := range onceSize * 2 {
		_, _ = o.do(t.Context(), 1, strconv.Itoa(i), done)
	}
	if len(o.forms) > onceSize || len(o.order) > onceSize {
		t.Errorf("it remembers %d forms", len(o.forms))
	}
	c.at = c.at.Add(2 * onceAge)
	_, _ = o.do(t.Context(), 1, "late", done)
	if len(o.forms) != 1 || len(o.order) != 1 {
		t.Errorf("after two hours it remembers %d forms", len(o.forms))
	}
}
