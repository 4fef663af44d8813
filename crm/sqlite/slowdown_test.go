package sqlite

import (
	"fmt"
	"testing"
	"time"
)

// wait is that of an attempt with a password.
func (s *slowdown) wait(login, address string) time.Duration {
	wait, _ := s.attempt(passwordLimits(login, address))
	return wait
}

func TestPatienceDoublesUpToItsLongest(t *testing.T) {
	p := patience{free: 3, longest: 10 * time.Second}
	for failures, want := range map[int]time.Duration{
		0: 0, 2: 0, 3: time.Second, 4: 2 * time.Second, 6: 8 * time.Second, 7: 10 * time.Second, 1_000_000: 10 * time.Second,
	} {
		if got := p.wait(failures); got != want {
			t.Errorf("after %d failures: %v, want %v", failures, got, want)
		}
	}
}

func TestAddressIsSlowedDownOverManyLogins(t *testing.T) {
	clock := &clock{now: time.Date(2027, 1, 4, 15, 0, 0, 0, time.UTC)}
	s := newSlowdown(clock.Now)
	for i := range addressPatience.free {
		if wait := s.wait(fmt.Sprintf("user%d@acme.example", i), office1); wait > 0 {
			t.Fatalf("attempt %d waits %v", i, wait)
		}
	}
	if wait := s.wait("another@acme.example", office1); wait != time.Second {
		t.Errorf("one more from the same address waits %v", wait)
	}
	if wait := s.wait("another@acme.example", office2); wait != 0 {
		t.Errorf("from another address it waits %v", wait)
	}
	clock.Advance(forgetAfter)
	if wait := s.wait("another@acme.example", office1); wait != 0 {
		t.Errorf("an hour later it waits %v", wait)
	}
}

func TestAttemptsAtTheSameMomentAllCount(t *testing.T) {
	clock := &clock{now: time.Date(2027, 1, 4, 15, 0, 0, 0, time.UTC)}
	s := newSlowdown(clock.Now)
	let := 0
	for range 100 {
		if s.wait("lucia@acme.example", office1) == 0 {
			let++
		}
	}
	if let != loginPatience.free {
		t.Errorf("%d attempts were let through, want %d", let, loginPatience.free)
	}
}

func TestClockSetBackDoesNotMakeTheWaitLonger(t *testing.T) {
	clock := &clock{now: time.Date(2027, 1, 4, 15, 0, 0, 0, time.UTC)}
	s := newSlowdown(clock.Now)
	for range loginPatience.free {
		s.wait("lucia@acme.example", office1)
	}
	clock.Advance(-24 * time.Hour)
	if wait := s.wait("lucia@acme.example", office1); wait > loginPatience.longest {
		t.Errorf("waits %v", wait)
	}
}

func TestStrangersCannotFillTheMemory(t *testing.T) {
	clock := &clock{now: time.Date(2027, 1, 4, 15, 0, 0, 0, time.UTC)}
	s := newSlowdown(clock.Now)
	for i := range maxTracked {
		s.wait(fmt.Sprint(i), fmt.Sprint(i))
	}
	if len(s.seen) > maxTracked {
		t.Errorf("%d are tracked", len(s.seen))
	}
}

func TestCodesAreGuessedMoreSlowlyAndByUser(t *testing.T) {
	clock := &clock{now: time.Date(2027, 1, 4, 15, 0, 0, 0, time.UTC)}
	s := newSlowdown(clock.Now)
	waited := time.Duration(0)
	for i := range codePatience.free + 12 {
		wait, _ := s.attempt(codeLimits(7, fmt.Sprintf("198.51.100.%d", i)))
		if wait > 0 {
			clock.Advance(wait)
			waited += wait
			s.attempt(codeLimits(7, fmt.Sprintf("198.51.100.%d", i)))
		}
	}
	if waited < 40*time.Minute {
		t.Errorf("17 codes were tried in %v", waited)
	}
	if wait, _ := s.attempt(codeLimits(8, office1)); wait != 0 {
		t.Errorf("another user waits %v", wait)
	}
}

func TestOnlyTheFirstRefusalIsWorthWritingDown(t *testing.T) {
	clock := &clock{now: time.Date(2027, 1, 4, 15, 0, 0, 0, time.UTC)}
	s := newSlowdown(clock.Now)
	limits := passwordLimits("lucia@acme.example", office1)
	told := 0
	for range loginPatience.free + 20 {
		if _, first := s.attempt(limits); first {
			told++
		}
	}
	if told != 1 {
		t.Errorf("%d refusals are told", told)
	}
	clock.Advance(time.Second)
	s.attempt(limits)
	if _, first := s.attempt(limits); !first {
		t.Error("the refusal after another failure is not told")
	}
}
