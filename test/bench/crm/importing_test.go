package main

import (
	"bytes"
	"strings"
	"testing"
)

func TestPeopleAreTheSameEachTime(t *testing.T) {
	one, err := people(3, 200)
	if err != nil {
		t.Fatal(err)
	}
	same, err := people(3, 200)
	if err != nil || !bytes.Equal(one, same) || strings.Count(string(one), "\n") != 201 {
		t.Errorf("%d lines, %v", strings.Count(string(one), "\n"), err)
	}
	if other, err := people(4, 200); err != nil || bytes.Equal(one, other) {
		t.Errorf("another seed makes the same table, %v", err)
	}
}

func TestComplete(t *testing.T) {
	tiles := func(counts ...string) string {
		return `<dd class="big">` + strings.Join(counts, `</dd><dd class="big">`) + `</dd>`
	}
	if err := complete(tiles("1,200", "30", "4", "0", "77"), 1234); err != nil {
		t.Error(err)
	}
	for _, shown := range []string{tiles("1,200", "30", "4", "1", "77"), tiles(), tiles("many")} {
		if complete(shown, 1234) == nil {
			t.Errorf("%s counts as complete", shown)
		}
	}
}
