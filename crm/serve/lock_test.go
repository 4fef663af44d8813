package serve

import (
	"errors"
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"testing"
)

func TestSecondProcessIsRefused(t *testing.T) {
	h := newHouse(t)
	h.start()
	var inUse *InUseError
	if _, err := Start(t.Context(), h.config); !errors.As(err, &inUse) {
		t.Fatalf("a second program started: %v", err)
	}
	for _, want := range []string{"process " + strconv.Itoa(os.Getpid()), h.config.Records, "only one may"} {
		if !strings.Contains(inUse.Error(), want) {
			t.Errorf("the message does not say %q: %v", want, inUse)
		}
	}
	if err := Check(t.Context(), h.config.Records); !errors.As(err, &inUse) {
		t.Errorf("check while it runs: %v", err)
	}
	h.stop()
	h.start()
}

func TestLockOutlivesItsFileContent(t *testing.T) {
	folder := t.TempDir()
	if err := os.WriteFile(filepath.Join(folder, lockFile), []byte("process 1 on a machine that is gone\n"), 0o600); err != nil {
		t.Fatal(err)
	}
	lock, err := AcquireLock(folder)
	if err != nil {
		t.Fatalf("a file that nobody holds: %v", err)
	}
	if err := lock.Release(); err != nil {
		t.Error(err)
	}
	if _, err := AcquireLock(filepath.Join(folder, "missing")); err == nil {
		t.Error("locked a folder that is not there")
	}
}
