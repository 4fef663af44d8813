package text

import "testing"

func TestColumnsLineUpAndNoLineEndsInBlanks(t *testing.T) {
	tab := &table{indent: "  "}
	tab.heading("WHEN", "WHAT", "")
	tab.row("3 Mar", "documentos – ñandú", "")
	tab.row("31 Mar", "x", "note")
	want := "  WHEN     WHAT\n  3 Mar    documentos – ñandú\n  31 Mar   x                    note\n"
	if got := tab.String(); got != want {
		t.Errorf("got\n%swant\n%s", got, want)
	}
}

func TestPaintTakesNoRoom(t *testing.T) {
	tab := &table{style: Style{Colour: true}}
	tab.cells(cell{"a", red}, cell{"b", plain})
	tab.row("aaa", "b")
	if got, want := tab.String(), "\x1b[31ma\x1b[0m     b\naaa   b\n"; got != want {
		t.Errorf("got %q, want %q", got, want)
	}
	if got := (&table{}).String(); got != "" {
		t.Errorf("an empty table is %q", got)
	}
}
