package main

import (
	"os"
	"path/filepath"
	"strings"
	"testing"
)

func TestADifferingMissingOrStrangeFileIsNamed(t *testing.T) {
	folder := t.TempDir()
	same, differs, missing, strange := filepath.Join(folder, "same"), filepath.Join(folder, "differs"), filepath.Join(folder, "missing"), filepath.Join(folder, "strange")
	o := outputs{files: map[string][]byte{same: []byte("a"), differs: []byte("b"), missing: []byte("c")}, folders: []string{folder}}
	for path, body := range map[string]string{same: "a", differs: "x", strange: "s"} {
		if err := os.WriteFile(path, []byte(body), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	var told strings.Builder
	for _, err := range compare(o) {
		told.WriteString(err.Error() + "\n")
	}
	for path, want := range map[string]bool{same: false, differs: true, missing: true, strange: true} {
		if strings.Contains(told.String(), path) != want {
			t.Errorf("%s named: %v, want %v in:\n%s", filepath.Base(path), !want, want, told.String())
		}
	}
	if err := write(o); err != nil {
		t.Fatal(err)
	}
	if left := compare(o); len(left) != 0 {
		t.Errorf("after writing: %v", left)
	}
}

func TestAFileThatThePackageLacksIsAnError(t *testing.T) {
	_, err := choose(pkg{Name: "x", Files: []file{{From: "dist/a.js", To: "a.js"}}}, map[string][]byte{"dist/b.js": nil})
	if err == nil || !strings.Contains(err.Error(), "dist/a.js") {
		t.Errorf("the error is %v", err)
	}
}
