package process

import (
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"
)

func start(t *testing.T, dir, script string) Record {
	t.Helper()
	record, err := Start(dir, Spec{
		Name: "example", Program: "/bin/sh", Args: []string{"-c", script},
		Log: filepath.Join(dir, "log", "example.log"), Fingerprint: "one",
	})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = record.Stop(t.Context(), 0) })
	return record
}

func TestStartedProcessIsFoundAndStopped(t *testing.T) {
	dir := t.TempDir()
	start(t, dir, "exec sleep 600")
	found := Find(dir, "example")
	if !found.Alive() || found.Fingerprint != "one" {
		t.Fatalf("the process is not found alive: %+v", found)
	}
	if err := found.Stop(t.Context(), 5*time.Second); err != nil {
		t.Fatal(err)
	}
	if found.Alive() {
		t.Error("the process is alive after Stop")
	}
}

func TestProcessThatIgnoresTheRequestIsKilled(t *testing.T) {
	record := start(t, t.TempDir(), "trap '' TERM; while :; do sleep 0.1; done")
	if err := record.Stop(t.Context(), 50*time.Millisecond); err != nil {
		t.Fatal(err)
	}
	if record.Alive() {
		t.Error("the process is alive after Stop")
	}
}

func TestPidOfAnotherProcessIsNeverTakenForOurs(t *testing.T) {
	mine, err := identify(Spec{Name: "test"}, os.Getpid())
	if err != nil {
		t.Fatal(err)
	}
	if !mine.Alive() {
		t.Fatal("this very process is not alive")
	}
	reused := mine
	reused.Ticks++
	rebooted := mine
	rebooted.Boot = "another"
	for name, record := range map[string]Record{"reused pid": reused, "another boot": rebooted, "no pid": {}} {
		if record.Alive() {
			t.Errorf("%s: taken for alive", name)
		}
	}
}

func TestHalfWrittenRecordIsNobody(t *testing.T) {
	dir := t.TempDir()
	if err := os.WriteFile(filepath.Join(dir, "etcd.json"), []byte(`{"name":"etcd","pid":1`), 0o644); err != nil {
		t.Fatal(err)
	}
	if Find(dir, "etcd").Alive() {
		t.Error("a half-written record is taken for a process")
	}
}

func TestNewRunKeepsTheLogOfTheOneBefore(t *testing.T) {
	dir := t.TempDir()
	for _, word := range []string{"first", "second"} {
		record := start(t, dir, "echo "+word)
		if !record.gone(t.Context(), 5*time.Second) {
			t.Fatal("the process does not end")
		}
	}
	for file, word := range map[string]string{"example.log": "second", "example.log.1": "first"} {
		content, err := os.ReadFile(filepath.Join(dir, "log", file))
		if err != nil || !strings.Contains(string(content), word) {
			t.Errorf("%s: %q, %v", file, content, err)
		}
	}
}
