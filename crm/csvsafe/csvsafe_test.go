package csvsafe_test

import (
	"bytes"
	"encoding/csv"
	"errors"
	"slices"
	"strings"
	"testing"

	"github.com/grupobizopps/salexops/crm/csvsafe"
)

func TestFormulasBecomeText(t *testing.T) {
	for text, want := range map[string]string{
		"":                           "",
		"José Núñez":                 "José Núñez",
		`=HYPERLINK("x")`:            `'=HYPERLINK("x")`,
		"+52 662 555 0101":           "'+52 662 555 0101",
		"-1+cmd|' /C calc'!A0":       "'-1+cmd|' /C calc'!A0",
		"@SUM(A1)":                   "'@SUM(A1)",
		"\t=1":                       "'\t=1",
		"\r=1":                       "'\r=1",
		"\ntexto":                    "'\ntexto",
		"  =1+1":                     "'  =1+1",
		"\u200b=1":                   "'\u200b=1",
		"\ufeff=1":                   "'\ufeff=1",
		"＝1+1":                       "'＝1+1",
		"-12":                        "-12",
		"-12.50":                     "-12.50",
		"-12.":                       "'-12.",
		"--12":                       "'--12",
		"12":                         "12",
		"ventas@acme.example":        "ventas@acme.example",
		"'=ya con apóstrofo":         "''=ya con apóstrofo",
		"'es un apóstrofo de verdad": "'es un apóstrofo de verdad",
	} {
		got := csvsafe.Cell(text)
		if got != want {
			t.Errorf("Cell(%q) is %q, want %q", text, got, want)
		}
		if csvsafe.Text(got) != text {
			t.Errorf("Text(%q) is %q, want %q", got, csvsafe.Text(got), text)
		}
	}
	if got := csvsafe.Text("'nada"); got != "'nada" {
		t.Errorf("an apostrophe of the text went: %q", got)
	}
}

func TestAFileForSpreadsheets(t *testing.T) {
	var out bytes.Buffer
	w, err := csvsafe.NewWriter(&out)
	if err != nil {
		t.Fatal(err)
	}
	rows := [][]string{{"id", "nombre"}, {"1", "=1+1"}, {"2", "dos\nlíneas, \"y\" comas"}}
	for _, row := range rows {
		if err := w.Write(row); err != nil {
			t.Fatal(err)
		}
	}
	if err := w.Flush(); err != nil {
		t.Fatal(err)
	}
	text, marked := strings.CutPrefix(out.String(), "\ufeff")
	if !marked || !strings.Contains(text, "id,nombre\r\n") {
		t.Errorf("the file is %q", out.String())
	}
	got, err := csv.NewReader(strings.NewReader(text)).ReadAll()
	if err != nil {
		t.Fatal(err)
	}
	if !slices.Equal(got[1], []string{"1", "'=1+1"}) || got[2][1] != rows[2][1] || rows[1][1] != "=1+1" {
		t.Errorf("read back: %q", got)
	}
}

type brokenPipe struct{ after int }

func (b *brokenPipe) Write(p []byte) (int, error) {
	if b.after--; b.after < 0 {
		return 0, errors.New("broken pipe")
	}
	return len(p), nil
}

func TestABrokenPipeIsTold(t *testing.T) {
	if _, err := csvsafe.NewWriter(&brokenPipe{}); err == nil {
		t.Error("no error of the first byte")
	}
	w, err := csvsafe.NewWriter(&brokenPipe{after: 1})
	if err != nil {
		t.Fatal(err)
	}
	if err := errors.Join(w.Write([]string{"x"}), w.Flush()); err == nil {
		t.Error("no error of the rest")
	}
}
