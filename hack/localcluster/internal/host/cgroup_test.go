//go:build cluster

package host

import (
	"context"
	"os"
	"os/exec"
	"path/filepath"
	"syscall"
	"testing"
	"time"
)

// scratch is a cgroup of its own in the real hierarchy, which takes root: so
// these tests run with the integration tests.
func scratch(t *testing.T) Cgroup {
	t.Helper()
	c, err := FindCgroup("salexops-localcluster-unit-test")
	if err != nil {
		t.Fatal(err)
	}
	if err := c.Create(); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if err := c.Remove(context.Background()); err != nil {
			t.Log(err)
		}
	})
	return c
}

func TestEverythingInTheCgroupIsKilledAndNothingElse(t *testing.T) {
	c := scratch(t)
	inside, outside := exec.Command("sleep", "600"), exec.Command("sleep", "600")
	for _, cmd := range []*exec.Cmd{inside, outside} {
		if err := cmd.Start(); err != nil {
			t.Fatal(err)
		}
		t.Cleanup(func() { _ = cmd.Process.Kill() })
	}
	go func() { _ = inside.Wait() }()
	if err := c.Join("example", inside.Process.Pid); err != nil {
		t.Fatal(err)
	}
	if got := c.Processes(filepath.Join(Components, "example")); len(got) != 1 || got[0] != inside.Process.Pid {
		t.Errorf("in the cgroup: %v, want %d", got, inside.Process.Pid)
	}
	begun := time.Now()
	if err := c.Kill(t.Context(), ""); err != nil {
		t.Fatal(err)
	}
	if time.Since(begun) > 10*time.Second {
		t.Error("killing takes too long")
	}
	if err := outside.Process.Signal(syscall.Signal(0)); err != nil {
		t.Errorf("the process outside: %v", err)
	}
	if err := c.Remove(t.Context()); err != nil {
		t.Fatal(err)
	}
	if _, err := os.Stat(filepath.Join(c.tracked, c.name)); !os.IsNotExist(err) {
		t.Errorf("the cgroup stays: %v", err)
	}
}
