package serve

import (
	"os"
	"path/filepath"
	"testing"
)

func TestWriteDurablyReplacesTheWholeFile(t *testing.T) {
	folder := t.TempDir()
	path := filepath.Join(folder, "licence.jws")
	for _, content := range []string{"a long first content", "short"} {
		if err := writeDurably(path, []byte(content)); err != nil {
			t.Fatal(err)
		}
		if got, err := os.ReadFile(path); err != nil || string(got) != content {
			t.Errorf("read %q, %v", got, err)
		}
	}
	entries, err := os.ReadDir(folder)
	if err != nil || len(entries) != 1 {
		t.Errorf("left behind: %v, %v", entries, err)
	}
	if err := writeDurably(filepath.Join(folder, "missing", "x"), nil); err == nil {
		t.Error("wrote into a folder that is not there")
	}
}
