// Command assets vendors the browser's files of the CRM from npm: Tabler's style
// sheet cut down to what the pages use, outline icons, the Inter typeface, htmx,
// and axe-core for the accessibility tests.
//
// Run from the repository root:
//
//	go run ./hack/assets          writes the files
//	go run ./hack/assets -check   fails when a committed file differs
//
// Versions and checksums are pinned in assets.lock.json. Packages are fetched by
// npm pack, which runs no script of a package, and refused when the checksum of
// the archive differs.
package main

import (
	"encoding/json"
	"errors"
	"flag"
	"fmt"
	"os"
)

const lockFile = "hack/assets/assets.lock.json"

// lock is assets.lock.json.
type lock struct {
	Packages []pkg `json:"packages"`
}

// pkg is one npm package and what is taken from it.
type pkg struct {
	Name      string `json:"name"`
	Version   string `json:"version"`
	Integrity string `json:"integrity"` // "sha512-" and base64, as npm states it
	Files     []file `json:"files"`
}

// file says which file of a package goes where. With Names, From holds one "*"
// that stands for each name in that list and To is a folder that holds nothing else.
type file struct {
	From      string `json:"from"`
	To        string `json:"to"`
	Names     string `json:"names,omitempty"`
	Transform string `json:"transform,omitempty"`
}

func main() {
	check := flag.Bool("check", false, "compare with the committed files and change nothing")
	flag.Parse()
	if err := run(*check); err != nil {
		fmt.Fprintln(os.Stderr, "assets:", err)
		os.Exit(1)
	}
}

func run(check bool) error {
	text, err := os.ReadFile(lockFile)
	if err != nil {
		return fmt.Errorf("reading the lock (run from the repository root): %w", err)
	}
	var l lock
	if err := json.Unmarshal(text, &l); err != nil {
		return fmt.Errorf("reading %s: %w", lockFile, err)
	}
	var differing []error
	for _, p := range l.Packages {
		contents, err := fetch(p)
		if err != nil {
			return fmt.Errorf("%s@%s: %w", p.Name, p.Version, err)
		}
		outputs, err := choose(p, contents)
		if err != nil {
			return fmt.Errorf("%s@%s: %w", p.Name, p.Version, err)
		}
		if check {
			differing = append(differing, compare(outputs)...)
			continue
		}
		if err := write(outputs); err != nil {
			return err
		}
	}
	return errors.Join(differing...)
}
