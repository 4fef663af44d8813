package plugin_test

import (
	"bytes"
	"errors"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
)

// answer is what a command printed, and the code it exited with.
type answer struct {
	out, problems string
	code          int
}

// salexops runs the plugin as a user, with something typed.
func salexops(t *testing.T, as, typed string, arguments ...string) answer {
	t.Helper()
	return execute(t, typed, filepath.Join(programs, "kubectl-salexops"), append(arguments, "--as="+as)...)
}

// execute runs a program that finds the plugin on its PATH and the test's
// cluster in its KUBECONFIG.
func execute(t *testing.T, typed, program string, arguments ...string) answer {
	t.Helper()
	command := exec.CommandContext(t.Context(), program, arguments...)
	command.Env = append(os.Environ(), "KUBECONFIG="+kubeconfig, "HOME="+programs, "PATH="+programs+":"+os.Getenv("PATH"))
	command.Stdin = strings.NewReader(typed)
	var out, problems bytes.Buffer
	command.Stdout, command.Stderr = &out, &problems
	a := answer{}
	var exit *exec.ExitError
	if err := command.Run(); errors.As(err, &exit) {
		a.code = exit.ExitCode()
	} else if err != nil {
		t.Fatalf("running %s: %v", program, err)
	}
	a.out, a.problems = out.String(), problems.String()
	return a
}

// succeeds fails the test unless the command did well and printed all that.
func (a answer) succeeds(t *testing.T, prints ...string) {
	t.Helper()
	if a.code != 0 {
		t.Fatalf("exits with %d: %s", a.code, a.problems)
	}
	for _, words := range prints {
		if !strings.Contains(a.out, words) {
			t.Errorf("%q is not in\n%s", words, a.out)
		}
	}
}

// fails fails the test unless the command exited with a code and said all that.
func (a answer) fails(t *testing.T, code int, says ...string) {
	t.Helper()
	if a.code != code {
		t.Errorf("exits with %d, want %d: %s", a.code, code, a.problems)
	}
	for _, words := range says {
		if !strings.Contains(a.problems, words) {
			t.Errorf("%q is not in\n%s", words, a.problems)
		}
	}
	if a.out != "" {
		t.Errorf("it fails and prints\n%s", a.out)
	}
}
