package memory

import (
	"testing"
	"time"
)

type clock struct{ at time.Time }

func (c *clock) now() time.Time { return c.at }

func words(c *clock) *Memory[int, string] {
	return New[int](c.now, Limits[string]{
		Age: time.Minute, Most: 3, MostWeight: 10, Weigh: func(s string) int { return len(s) },
	})
}

func (m *Memory[K, V]) has(key K) bool {
	_, ok := m.See(key)
	return ok
}

func TestWhatIsTakenIsGone(t *testing.T) {
	m := words(&clock{})
	m.Keep(1, "one")
	if v, ok := m.See(1); !ok || v != "one" {
		t.Errorf("seen: %q, %v", v, ok)
	}
	if v, ok := m.Take(1); !ok || v != "one" {
		t.Errorf("taken: %q, %v", v, ok)
	}
	if m.has(1) {
		t.Error("it is still there")
	}
	m.Keep(2, "two")
	if m.Forget(2); m.has(2) || m.weight != 0 {
		t.Error("it is not forgotten")
	}
}

func TestNothingOutlivesItsTime(t *testing.T) {
	c := &clock{}
	m := words(c)
	m.Keep(1, "one")
	c.at = c.at.Add(time.Minute)
	if !m.has(1) {
		t.Error("gone before its time")
	}
	c.at = c.at.Add(time.Second)
	if m.has(1) || m.order.Len() != 0 {
		t.Error("still there after its time")
	}
}

func TestTheOldestGoesFirst(t *testing.T) {
	m := words(&clock{})
	for key := range 4 {
		m.Keep(key, "x")
	}
	if m.has(0) || !m.has(1) || !m.has(3) {
		t.Error("past the number, not the oldest went")
	}
	m.Keep(5, "123456789")
	if m.has(1) || m.has(2) || !m.has(3) || !m.has(5) {
		t.Error("past the weight, not the oldest went")
	}
	if m.Keep(6, "longer than everything together") || m.has(6) {
		t.Error("something too heavy was kept")
	}
	m.Keep(5, "new")
	if v, _ := m.See(5); v != "new" || m.weight != 4 {
		t.Errorf("kept again: %q, weight %d", v, m.weight)
	}
}
