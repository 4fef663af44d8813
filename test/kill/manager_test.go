package kill_test

import (
	"context"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"testing"
	"time"

	"github.com/grupobizopps/salexops/test/controlplane"
)

// build compiles the real manager.
func build(t *testing.T) string {
	t.Helper()
	binary := filepath.Join(t.TempDir(), "manager")
	command := exec.CommandContext(t.Context(), "go", "build", "-o", binary, "../../cmd/manager")
	if output, err := command.CombinedOutput(); err != nil {
		t.Fatalf("building the manager: %v\n%s", err, output)
	}
	return binary
}

// kubeconfig points to the proxy.
func kubeconfig(t *testing.T, url string) string {
	t.Helper()
	file := filepath.Join(t.TempDir(), "kubeconfig")
	content := fmt.Sprintf(`apiVersion: v1
kind: Config
clusters: [{name: test, cluster: {server: %q}}]
contexts: [{name: test, context: {cluster: test, user: test}}]
users: [{name: test, user: {}}]
current-context: test
`, url)
	if err := os.WriteFile(file, []byte(content), 0o600); err != nil {
		t.Fatal(err)
	}
	return file
}

// A manager is a process of the real program.
type manager struct {
	command *exec.Cmd
	ended   chan error
	// running is closed once it has asked the API server for anything.
	running <-chan struct{}
	log     string
}

// startManager starts the manager behind the proxy, to be killed at a point.
func startManager(t *testing.T, binary string, p *proxy, at *point) *manager {
	t.Helper()
	log, err := os.CreateTemp(t.TempDir(), "manager-*.log")
	if err != nil {
		t.Fatal(err)
	}
	command := exec.CommandContext(t.Context(), binary,
		"--kubeconfig", kubeconfig(t, p.url), "--leader-elect=false", "--allow-test-clock", "--deadline-jitter=0",
		"--metrics-bind-address=0", "--health-probe-bind-address=0",
		"--accounts-namespace", controlplane.Accounts, "--system-namespace", controlplane.System)
	command.Stderr = log
	// Set before the process runs: its first request may be the one.
	p.watch(nil, nil)
	if err := command.Start(); err != nil {
		t.Fatal(err)
	}
	p.watch(command.Process, at)
	m := &manager{command: command, ended: make(chan error, 1), running: p.running, log: log.Name()}
	go func() { m.ended <- command.Wait(); _ = log.Close() }()
	return m
}

// waitKilled waits until the manager was killed at its point.
func (m *manager) waitKilled(ctx context.Context, t *testing.T, p *proxy) {
	t.Helper()
	select {
	case <-p.killed:
		if err := <-m.ended; err == nil {
			t.Fatal("the manager ended by itself")
		}
	case err := <-m.ended:
		t.Fatalf("the manager ended by itself: %v\n%s", err, m.tail())
	case <-ctx.Done():
		t.Fatalf("the manager never came to its point\n%s", m.tail())
	}
}

// stop ends a manager as Kubernetes does, once it has begun: until then a signal
// would end it like any program.
func (m *manager) stop(t *testing.T) {
	t.Helper()
	select {
	case <-m.running:
	case err := <-m.ended:
		t.Fatalf("the manager ended by itself: %v\n%s", err, m.tail())
	case <-time.After(time.Minute):
		t.Fatalf("the manager never begins\n%s", m.tail())
	}
	if err := m.command.Process.Signal(os.Interrupt); err != nil {
		t.Fatal(err)
	}
	select {
	case err := <-m.ended:
		if err != nil {
			t.Fatalf("the manager ended with %v\n%s", err, m.tail())
		}
	case <-time.After(time.Minute):
		t.Fatalf("the manager doesn't end\n%s", m.tail())
	}
}

func (m *manager) tail() string {
	content, err := os.ReadFile(m.log)
	if err != nil {
		return err.Error()
	}
	return string(content[max(len(content)-4000, 0):])
}
