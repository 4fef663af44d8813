package main

import (
	"bytes"
	"context"
	"net"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"
)

func TestVersionAndHelp(t *testing.T) {
	for _, test := range []struct {
		args           []string
		status         int
		stdout, stderr string
	}{
		{[]string{"version"}, 0, version + "\n", ""},
		{[]string{"help"}, 0, "crm serve", ""},
		{nil, exitUsage, "", "crm serve"},
		{[]string{"dance"}, exitUsage, "", `unknown command "dance"`},
		{[]string{"serve", "--dance"}, exitUsage, "", "-dance"},
		{[]string{"serve", "now"}, exitUsage, "", `unexpected "now"`},
		{[]string{"serve", "-h"}, 0, "", "-private-listen"},
		{[]string{"check", "--records", filepath.Join(t.TempDir(), "missing")}, exitFailed, "", "crm check:"},
		{[]string{"export", "--records", t.TempDir()}, exitUsage, "", "--to"},
		{[]string{"export", "--records", t.TempDir(), "--to", filepath.Join(t.TempDir(), "x.zip")}, exitFailed, "", "crm export:"},
		{[]string{"serve", "--records", t.TempDir(), "--documents", ""}, exitFailed, "", "--tenant"},
	} {
		var stdout, stderr bytes.Buffer
		if status := run(t.Context(), test.args, &stdout, &stderr); status != test.status {
			t.Errorf("crm %v: status %d, want %d", test.args, status, test.status)
		}
		if !strings.Contains(stdout.String(), test.stdout) || !strings.Contains(stderr.String(), test.stderr) {
			t.Errorf("crm %v:\n%s\n%s\nwant %q and %q", test.args, &stdout, &stderr, test.stdout, test.stderr)
		}
	}
}

// readyLog ends the wait of a test when the program says that it has started.
type readyLog struct {
	bytes.Buffer
	started func()
}

func (l *readyLog) Write(line []byte) (int, error) {
	if bytes.Contains(line, []byte(`"msg":"started"`)) {
		l.started()
	}
	return l.Buffer.Write(line)
}

func TestServeUntilToldToStop(t *testing.T) {
	records := filepath.Join(t.TempDir(), "records")
	ctx, stop := context.WithTimeout(t.Context(), time.Minute)
	defer stop()
	log := &readyLog{started: stop}
	args := []string{
		"serve", "--tenant", "acme", "--records", records, "--documents", t.TempDir(),
		"--listen", "127.0.0.1:0", "--private-listen", "127.0.0.1:0", "--licence-dir", t.TempDir(),
	}
	if status := run(ctx, args, os.Stdout, log); status != 0 {
		t.Fatalf("serve: status %d\n%s", status, log)
	}
	if !strings.Contains(log.String(), `"msg":"stopped"`) {
		t.Errorf("the log does not say that it stopped:\n%s", log)
	}
	var stdout, stderr bytes.Buffer
	if status := run(t.Context(), []string{"check", "--records", records}, &stdout, &stderr); status != 0 || stdout.String() != "The database is sound.\n" {
		t.Errorf("check: status %d\n%s%s", status, &stdout, &stderr)
	}
}

func TestServeSaysWhyItDoesNotStart(t *testing.T) {
	taken, err := (&net.ListenConfig{}).Listen(t.Context(), "tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	defer taken.Close()
	var stderr bytes.Buffer
	args := []string{"serve", "--tenant", "acme", "--records", t.TempDir(), "--documents", t.TempDir(), "--listen", taken.Addr().String()}
	if status := run(t.Context(), args, os.Stdout, &stderr); status != exitFailed || !strings.Contains(stderr.String(), "listen on "+taken.Addr().String()) {
		t.Errorf("status %d\n%s", status, &stderr)
	}
}
