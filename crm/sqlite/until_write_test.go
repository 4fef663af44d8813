package sqlite

import (
	"errors"
	"testing"
)

func TestUntilWrite(t *testing.T) {
	var m untilWrite[string, int]
	commits, reads := int64(0), 0
	get := func(key string) int {
		t.Helper()
		value, err := m.get(func() int64 { return commits }, key, func() (int, error) { reads++; return reads, nil })
		if err != nil {
			t.Fatal(err)
		}
		return value
	}
	want := func(key string, wanted int) {
		t.Helper()
		if got := get(key); got != wanted {
			t.Errorf("%s is %d, want %d", key, got, wanted)
		}
	}
	want("a", 1)
	want("a", 1) // it is known
	want("b", 2)
	commits++
	want("a", 3)
	want("a", 3)
}

func TestUntilWriteDoesNotRemember(t *testing.T) {
	var m untilWrite[int, int]
	commits := int64(0)
	count := func() int64 { return commits }
	failed := errors.New("no answer")
	if _, err := m.get(count, 1, func() (int, error) { return 7, failed }); !errors.Is(err, failed) {
		t.Errorf("got %v, want the reader's error", err)
	}
	// A write comes while something is read: what was read may be from before it.
	if _, err := m.get(count, 1, func() (int, error) {
		commits++
		if _, err := m.get(count, 2, func() (int, error) { return 8, nil }); err != nil {
			t.Error(err)
		}
		return 8, nil
	}); err != nil {
		t.Fatal(err)
	}
	if value, _ := m.get(count, 1, func() (int, error) { return 9, nil }); value != 9 {
		t.Errorf("got %d that was read before the write, want 9", value)
	}
	for key := range 2 * mostRemembered {
		if _, err := m.get(count, key, func() (int, error) { return key, nil }); err != nil {
			t.Fatal(err)
		}
	}
	if len(m.known) > mostRemembered {
		t.Errorf("%d are kept, want at most %d", len(m.known), mostRemembered)
	}
}
