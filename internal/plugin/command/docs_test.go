package command_test

import (
	"os"
	"strings"
	"testing"
)

// TestTheExamplesOfTheDocumentationAreTrue runs every command of a console block
// of docs/kubectl.md on the ledger of testdata, and compares what it prints.
func TestTheExamplesOfTheDocumentationAreTrue(t *testing.T) {
	page, err := os.ReadFile("../../../docs/kubectl.md")
	if err != nil {
		t.Fatal(err)
	}
	blocks := strings.Split(string(page), "```console\n$ kubectl salexops ")[1:]
	if len(blocks) < 6 {
		t.Fatalf("there are %d examples", len(blocks))
	}
	for _, block := range blocks {
		block, _, _ = strings.Cut(block, "```")
		command, want, _ := strings.Cut(block, "\n")
		t.Run(command, func(t *testing.T) {
			out, problems, code := newHouse(t).run(words(command)...)
			if code != 0 || out != want {
				t.Errorf("exits with %d and prints\n%s%s\nthe page says\n%s", code, out, problems, want)
			}
		})
	}
}

// words splits a command line, in which one argument may stand in quotes.
func words(line string) []string {
	before, quoted, found := strings.Cut(line, `"`)
	all := strings.Fields(before)
	if found {
		quoted, after, _ := strings.Cut(quoted, `"`)
		all = append(append(all, quoted), strings.Fields(after)...)
	}
	return all
}
