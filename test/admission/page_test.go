package admission

import (
	"bytes"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"

	. "github.com/onsi/gomega"
	"sigs.k8s.io/controller-runtime/pkg/envtest"
)

// example is a block of commands on a page, with the answer that the page
// shows for it.
type example struct {
	script string
	// answer is what stands in the block that follows at once; "…" stands for
	// what differs from one time to the next. Empty when none follows.
	answer string
}

// asEngineer begins the examples that a platform engineer runs, on a page that
// is for somebody with fewer rights.
const asEngineer = "# platform engineer"

// refused reports whether the page shows that the command is refused.
func (e example) refused() bool {
	return strings.HasPrefix(e.answer, "The ") || strings.HasPrefix(e.answer, "Error")
}

// examples are the blocks of commands (sh) of a page, each with the answer
// (text) right below it.
func examples(t *testing.T, page string) []example {
	t.Helper()
	data, err := os.ReadFile(filepath.Join(root, page))
	NewWithT(t).Expect(err).NotTo(HaveOccurred())
	var found []example
	var language string
	var block []string
	adjacent := false
	for _, line := range strings.Split(string(data), "\n") {
		switch {
		case language == "" && strings.HasPrefix(line, "```"):
			language, block = strings.TrimPrefix(line, "```"), nil
		case language != "" && line == "```":
			text := strings.Join(block, "\n")
			switch {
			case language == "sh":
				found = append(found, example{script: text})
			case language == "text" && adjacent:
				found[len(found)-1].answer = text
			}
			adjacent, language = language == "sh", ""
		case language != "":
			block = append(block, line)
		default:
			adjacent = false
		}
	}
	return found
}

// shell runs examples the way a reader does: in a folder, with kubectl on the
// path and a kubeconfig.
type shell struct {
	folder     string
	kubeconfig string
}

// run runs a script and returns everything it said.
func (s shell) run(t *testing.T, script string) (string, error) {
	t.Helper()
	command := exec.CommandContext(t.Context(), "sh", "-eu", "-c", script)
	command.Dir = s.folder
	command.Env = append(os.Environ(),
		"PATH="+os.Getenv("KUBEBUILDER_ASSETS")+string(os.PathListSeparator)+os.Getenv("PATH"),
		"HOME="+t.TempDir(), "KUBECONFIG="+s.kubeconfig)
	var said bytes.Buffer
	command.Stdout, command.Stderr = &said, &said
	err := command.Run()
	return said.String(), err
}

// kubectl runs kubectl as the user of a kubeconfig, and returns what it said.
func kubectl(t *testing.T, kubeconfig string, args ...string) (string, error) {
	t.Helper()
	command := exec.CommandContext(t.Context(), filepath.Join(os.Getenv("KUBEBUILDER_ASSETS"), "kubectl"), args...)
	command.Env = append(os.Environ(), "KUBECONFIG="+kubeconfig)
	said, err := command.CombinedOutput()
	return string(said), err
}

// check runs an example and compares what it said with what the page shows.
func (s shell) check(t *testing.T, e example) {
	t.Helper()
	g := NewWithT(t)
	said, err := s.run(t, e.script)
	if e.refused() {
		t.Log(said)
		g.Expect(err).To(HaveOccurred(), "the page shows a refusal, and this was accepted:\n%s\n%s", e.script, said)
	} else {
		g.Expect(err).NotTo(HaveOccurred(), "%s\n%s", e.script, said)
	}
	if e.answer != "" {
		g.Expect(matches(said, e.answer)).To(BeTrue(), "%s\nsaid:\n%s\nand the page shows:\n%s", e.script, said, e.answer)
	}
}

// matches compares word by word; "…" in the pattern stands for anything.
func matches(said, pattern string) bool {
	rest := strings.Join(strings.Fields(said), " ")
	parts := strings.Split(strings.Join(strings.Fields(pattern), " "), "…")
	for i, part := range parts {
		at := strings.Index(rest, part)
		if at < 0 || i == 0 && at > 0 {
			return false
		}
		rest = rest[at+len(part):]
	}
	return rest == "" || parts[len(parts)-1] == ""
}

// administrator writes a kubeconfig of a new administrator.
func administrator(t *testing.T) string {
	t.Helper()
	g := NewWithT(t)
	user, err := environment.AddUser(envtest.User{Name: "administrator", Groups: []string{"system:masters"}}, nil)
	g.Expect(err).NotTo(HaveOccurred())
	data, err := user.KubeConfig()
	g.Expect(err).NotTo(HaveOccurred())
	path := filepath.Join(t.TempDir(), "kubeconfig")
	g.Expect(os.WriteFile(path, data, 0o600)).To(Succeed())
	return path
}

func TestAnAnswerIsComparedWordByWord(t *testing.T) {
	for _, c := range []struct {
		said, shown string
		same        bool
	}{
		{"NAME   AGE\nacme   3s\n", "NAME AGE\nacme …", true},
		{"acme patched\n", "acme patched", true},
		{"acme patched (no change)\n", "acme patched", false},
		{"Warning: acme patched", "acme patched", false},
		{"from here to there", "from … there", true},
		{"from here to there", "from … where", false},
	} {
		NewWithT(t).Expect(matches(c.said, c.shown)).To(Equal(c.same), "%q and %q", c.said, c.shown)
	}
}
