package main

import (
	"encoding/json"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/grupobizopps/salexops/test/bench/figure"
)

func TestReportSortsAndSaysWhatDoesNotHold(t *testing.T) {
	file := filepath.Join(t.TempDir(), "bench.json")
	lines := `{"name":"operator/b","value":9,"unit":"s","aim":"≤ 8","holds":false}
{"name":"crm/a","value":20,"unit":"MB","aim":"≤ 30","holds":true}
`
	var table strings.Builder
	if err := run([]string{file}, strings.NewReader(lines), &table); err != nil {
		t.Fatal(err)
	}
	if crm, operator := strings.Index(table.String(), "crm/a"), strings.Index(table.String(), "operator/b"); crm < 0 || operator < crm {
		t.Errorf("the table is not sorted by name:\n%s", table.String())
	}
	if !strings.Contains(table.String(), "NO") {
		t.Errorf("the table does not say that a figure misses its aim:\n%s", table.String())
	}
	text, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	var figures []figure.Figure
	if err := json.Unmarshal(text, &figures); err != nil {
		t.Fatal(err)
	}
	if len(figures) != 2 || figures[1].Name != "operator/b" || figures[1].Holds {
		t.Errorf("the file holds %+v", figures)
	}
}

func TestReportRefusesWhatIsNotAFigure(t *testing.T) {
	file := filepath.Join(t.TempDir(), "bench.json")
	err := run([]string{file}, strings.NewReader("{\"name\":\"a/b\"}\nnonsense"), &strings.Builder{})
	if err == nil || !strings.Contains(err.Error(), "figure 2") {
		t.Errorf("want an error that names figure 2, have %v", err)
	}
	if _, err := os.Stat(file); err == nil {
		t.Error("a file was written all the same")
	}
}
