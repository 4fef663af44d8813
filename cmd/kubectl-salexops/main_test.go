package main

import (
	"os"
	"strings"
	"testing"

	"k8s.io/cli-runtime/pkg/genericiooptions"
)

func TestEveryCommandIsWired(t *testing.T) {
	streams, _, out, _ := genericiooptions.NewTestIOStreams()
	if code := run(t.Context(), streams, []string{"--help"}); code != 0 {
		t.Fatalf("help exits with %d", code)
	}
	for _, name := range []string{"acknowledge", "due", "explain", "hold", "pay", "release", "simulate", "status", "timeline", "version"} {
		if !strings.Contains(out.String(), "\n  "+name+" ") {
			t.Errorf("%s is missing from\n%s", name, out.String())
		}
	}
}

func TestWithoutAClusterItSaysSo(t *testing.T) {
	t.Setenv("KUBECONFIG", t.TempDir()+"/none")
	t.Setenv("HOME", t.TempDir())
	t.Setenv("KUBERNETES_SERVICE_HOST", "")
	streams, _, _, problems := genericiooptions.NewTestIOStreams()
	if code := run(t.Context(), streams, []string{"status", "--server", "http://127.0.0.1:1"}); code != 1 {
		t.Errorf("exits with %d", code)
	}
	if !strings.Contains(problems.String(), "error: no cluster answers at http://127.0.0.1:1") {
		t.Errorf("it says %q", problems.String())
	}
}

func TestTheCompletionHelperIsExecutable(t *testing.T) {
	file, err := os.Stat("kubectl_complete-salexops")
	if err != nil || file.Mode()&0o111 == 0 {
		t.Errorf("kubectl would not run it: %v, %v", file, err)
	}
}
