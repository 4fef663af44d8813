package build

import (
	"errors"
	"os"
	"path/filepath"
	"runtime"
)

// FindSource returns the folder of this module's source, which holds what is
// built in place (kube/ and pause/): the override, else LOCALCLUSTER_SOURCE,
// else where this program was compiled, else the working directory or a parent.
func FindSource(override string) (string, error) {
	if override == "" {
		override = os.Getenv("LOCALCLUSTER_SOURCE")
	}
	if override != "" {
		return filepath.Abs(override)
	}
	if _, file, _, ok := runtime.Caller(0); ok {
		if dir := filepath.Join(filepath.Dir(file), "..", ".."); isSource(dir) {
			return filepath.Clean(dir), nil
		}
	}
	dir, err := os.Getwd()
	if err != nil {
		return "", err
	}
	for {
		for _, candidate := range []string{dir, filepath.Join(dir, "hack", "localcluster")} {
			if isSource(candidate) {
				return candidate, nil
			}
		}
		parent := filepath.Dir(dir)
		if parent == dir {
			return "", errors.New("the source of localcluster was not found: run inside the repository, or name its folder with --source")
		}
		dir = parent
	}
}

func isSource(dir string) bool {
	_, kube := os.Stat(filepath.Join(dir, "kube", "go.mod"))
	_, pause := os.Stat(filepath.Join(dir, "pause", "main.go"))
	return kube == nil && pause == nil
}
