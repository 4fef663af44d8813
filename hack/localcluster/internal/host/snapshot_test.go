package host

import (
	"os"
	"path/filepath"
	"testing"
)

func TestFirstSnapshotStands(t *testing.T) {
	path := filepath.Join(t.TempDir(), "host.json")
	if err := TakeSnapshot(path); err != nil {
		t.Fatal(err)
	}
	first, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	// A later one would take the cluster's changes for the machine's own.
	if err := os.WriteFile(path, append(first, '\n'), 0o644); err != nil {
		t.Fatal(err)
	}
	if err := TakeSnapshot(path); err != nil {
		t.Fatal(err)
	}
	if second, err := os.ReadFile(path); err != nil || len(second) != len(first)+1 {
		t.Errorf("the snapshot was taken again: %v", err)
	}
}

func TestHalfWrittenSnapshotIsTakenAgain(t *testing.T) {
	path := filepath.Join(t.TempDir(), "host.json")
	if err := os.WriteFile(path, []byte(`{"sysctls":`), 0o644); err != nil {
		t.Fatal(err)
	}
	if err := TakeSnapshot(path); err != nil {
		t.Fatal(err)
	}
	if s, err := ReadSnapshot(path); err != nil || s.Sysctls["net/ipv4/ip_forward"] == "" {
		t.Errorf("%+v, %v", s, err)
	}
}

func TestOnlyFoldersThatWereAbsentAreRemoved(t *testing.T) {
	dir := t.TempDir()
	made, kept := filepath.Join(dir, "made"), filepath.Join(dir, "kept")
	for _, path := range []string{made, kept} {
		if err := os.MkdirAll(filepath.Join(path, "below"), 0o755); err != nil {
			t.Fatal(err)
		}
	}
	if err := (Snapshot{Absent: []string{made, filepath.Join(dir, "never")}}).Restore(); err != nil {
		t.Fatal(err)
	}
	if _, err := os.Stat(made); !os.IsNotExist(err) {
		t.Errorf("what was made stays: %v", err)
	}
	if _, err := os.Stat(kept); err != nil {
		t.Errorf("what was there is gone: %v", err)
	}
}

func TestEmptyKeepsTheFolderItself(t *testing.T) {
	dir := t.TempDir()
	if err := os.MkdirAll(filepath.Join(dir, "a", "b"), 0o755); err != nil {
		t.Fatal(err)
	}
	if err := Empty(dir); err != nil {
		t.Fatal(err)
	}
	if entries, err := os.ReadDir(dir); err != nil || len(entries) != 0 {
		t.Errorf("left: %v, %v", entries, err)
	}
	if err := Empty(filepath.Join(dir, "never")); err != nil {
		t.Error(err)
	}
}

func TestEmptyNeverReachesIntoAMount(t *testing.T) {
	// /proc is mounted wherever this runs, and below the root.
	if err := Empty("/proc"); err == nil {
		t.Error("it would empty a mount")
	}
}
