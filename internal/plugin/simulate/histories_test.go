package simulate_test

import (
	"bytes"
	"encoding/json"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"k8s.io/cli-runtime/pkg/genericiooptions"

	"github.com/grupobizopps/salexops/internal/plugin"
	"github.com/grupobizopps/salexops/internal/plugin/simulate"
)

// simulated runs the command and gives its two outputs and its exit code.
func simulated(stdin string, arguments ...string) (out, problems string, code int) {
	var stdout, stderr bytes.Buffer
	cmd := simulate.NewCommand(genericiooptions.IOStreams{In: strings.NewReader(stdin), Out: &stdout, ErrOut: &stderr})
	cmd.SetArgs(arguments)
	cmd.SetOut(&stdout)
	cmd.SetErr(&stderr)
	if err := cmd.Execute(); err != nil {
		fmt.Fprint(&stderr, err)
		code = plugin.ExitCode(err)
	}
	return stdout.String(), stderr.String(), code
}

// TestHistories lives the histories of testdata. Each says in its first lines
// what the sum is and which flags it is asked with; the expected events beside
// it were worked out by hand from the contract, never by the program.
func TestHistories(t *testing.T) {
	files, err := filepath.Glob("testdata/histories/*.yaml")
	if err != nil || len(files) < 30 {
		t.Fatalf("%d histories: %v", len(files), err)
	}
	for _, file := range files {
		name := strings.TrimSuffix(filepath.Base(file), ".yaml")
		t.Run(name, func(t *testing.T) {
			want, err := os.ReadFile(strings.TrimSuffix(file, ".yaml") + ".jsonl")
			if err != nil {
				t.Fatal(err)
			}
			sum, flags := header(t, file)
			out, problems, code := simulated("", append([]string{"-f", "testdata/plans.yaml", "-f", file, "-o", "json"}, flags...)...)
			if code != 0 {
				t.Fatalf("exits with %d: %s", code, problems)
			}
			if got := withoutDetail(t, out); got != string(want) {
				t.Errorf("%s\ngot\n%swant\n%s", sum, got, want)
			}
		})
	}
}

// header reads the sum and the flags of a history.
func header(t *testing.T, file string) (sum string, flags []string) {
	t.Helper()
	text, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	for line := range strings.Lines(string(text)) {
		comment, ok := strings.CutPrefix(strings.TrimSpace(line), "# ")
		if !ok {
			break
		}
		if asked, ok := strings.CutPrefix(comment, "simulate "); ok {
			return sum, strings.Fields(asked)
		}
		sum += comment + "\n"
	}
	t.Fatalf("%s doesn't say how it is asked: # simulate --from …", file)
	return "", nil
}

// withoutDetail leaves out what is written for people.
func withoutDetail(t *testing.T, out string) string {
	t.Helper()
	var b strings.Builder
	for line := range strings.Lines(out) {
		var event struct {
			At     string `json:"at"`
			Tenant string `json:"tenant"`
			Event  string `json:"event"`
		}
		if err := json.Unmarshal([]byte(line), &event); err != nil {
			t.Fatalf("%q: %v", line, err)
		}
		text, err := json.Marshal(event)
		if err != nil {
			t.Fatal(err)
		}
		b.Write(append(text, '\n'))
	}
	return b.String()
}
