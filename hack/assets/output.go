package main

import (
	"bytes"
	"fmt"
	"os"
	"path/filepath"
	"strings"
)

// outputs are the vendored files by their path in the repository. A folder that
// is wholly generated is listed so that strangers in it are found.
type outputs struct {
	files   map[string][]byte
	folders []string
}

// choose picks what the lock takes from a package's files and transforms it.
func choose(p pkg, contents map[string][]byte) (outputs, error) {
	out := outputs{files: map[string][]byte{}}
	for _, f := range p.Files {
		names := []string{""}
		if f.Names != "" {
			text, err := os.ReadFile(f.Names)
			if err != nil {
				return out, fmt.Errorf("reading the list of names: %w", err)
			}
			names = strings.Fields(string(text))
			out.folders = append(out.folders, f.To)
		}
		for _, name := range names {
			from, to := strings.Replace(f.From, "*", name, 1), f.To
			if name != "" {
				to = filepath.Join(f.To, filepath.Base(from))
			}
			body, ok := contents[from]
			if !ok {
				return out, fmt.Errorf("has no file %s", from)
			}
			if f.Transform == "tabler" {
				var err error
				if body, err = cutTabler(body); err != nil {
					return out, err
				}
			}
			out.files[to] = body
		}
	}
	return out, nil
}

// write stores the files and removes strangers from generated folders.
func write(o outputs) error {
	for path, body := range o.files {
		if err := os.MkdirAll(filepath.Dir(path), 0o750); err != nil {
			return fmt.Errorf("making the folder of %s: %w", path, err)
		}
		if err := os.WriteFile(path, body, 0o644); err != nil { //nolint:gosec // source files are for everyone to read
			return fmt.Errorf("writing %s: %w", path, err)
		}
	}
	for _, path := range strangers(o) {
		if err := os.Remove(path); err != nil {
			return fmt.Errorf("removing %s: %w", path, err)
		}
	}
	return nil
}

// compare names the committed files that differ from what the lock gives.
func compare(o outputs) []error {
	var differing []error
	for path, body := range o.files {
		have, err := os.ReadFile(path) //nolint:gosec // the paths are those of the lock
		switch {
		case err != nil:
			differing = append(differing, fmt.Errorf("%s is missing: run go run ./hack/assets", path))
		case !bytes.Equal(have, body):
			differing = append(differing, fmt.Errorf("%s differs from what the lock gives: run go run ./hack/assets", path))
		}
	}
	for _, path := range strangers(o) {
		differing = append(differing, fmt.Errorf("%s is not in the lock: run go run ./hack/assets", path))
	}
	return differing
}

func strangers(o outputs) []string {
	var found []string
	for _, folder := range o.folders {
		entries, err := os.ReadDir(folder)
		if err != nil {
			continue // A folder that does not exist holds no strangers.
		}
		for _, e := range entries {
			path := filepath.Join(folder, e.Name())
			if _, ours := o.files[path]; !ours {
				found = append(found, path)
			}
		}
	}
	return found
}
