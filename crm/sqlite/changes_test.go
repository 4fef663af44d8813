package sqlite

import (
	"slices"
	"testing"
)

func TestListsAreReadAsWritten(t *testing.T) {
	for _, values := range [][]string{
		nil, {"a@b.example"}, {"a", "b"}, {`with "quotes"`}, {`back\slash`}, {`","`}, {"José\n2"}, {""}, {"", ""}, {"<&>"},
	} {
		stored, err := writeList(values)
		if err != nil {
			t.Fatal(err)
		}
		read, err := readList(stored)
		if err != nil || !slices.Equal(read, values) {
			t.Errorf("%q is stored as %s and read as %q, %v", values, stored, read, err)
		}
	}
	if _, err := readList(`["broken`); err == nil {
		t.Error("a broken list is read without an error")
	}
}
