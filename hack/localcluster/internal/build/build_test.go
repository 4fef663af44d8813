package build

import (
	"bytes"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
)

// module writes a tiny module and returns a recipe that builds it.
func module(t *testing.T, body string) Recipe {
	t.Helper()
	dir := t.TempDir()
	for name, content := range map[string]string{
		"go.mod":       "module example.com/tiny\n\ngo 1.26.0\n",
		"main.go":      "package main\n\nfunc main() { " + body + " }\n",
		"main_test.go": "package main\n",
	} {
		if err := os.WriteFile(filepath.Join(dir, name), []byte(content), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	return Recipe{Name: "tiny", Version: "v1", Source: dir, Targets: []string{"."}, Output: "tiny", Links: []string{"other"}}
}

func key(t *testing.T, r Recipe) string {
	t.Helper()
	k, err := r.Key()
	if err != nil {
		t.Fatal(err)
	}
	return k
}

func TestKeyChangesWithWhateverChangesTheResult(t *testing.T) {
	base := module(t, "println(1)")
	same := base
	if key(t, base) != key(t, same) {
		t.Error("the same recipe has two keys")
	}
	flags, tags, cgo, links := base, base, base, base
	flags.LDFlags = []string{"-s"}
	tags.Tags = []string{"x"}
	cgo.CGO = true
	links.Links = nil
	version := base
	version.Version = "v2"
	seen := map[string]bool{key(t, base): true}
	for _, r := range []Recipe{flags, tags, cgo, links, version, module(t, "println(2)")} {
		if k := key(t, r); seen[k] {
			t.Errorf("%+v has a key that another has", r)
		} else {
			seen[k] = true
		}
	}
	if err := os.WriteFile(filepath.Join(base.Source, "main_test.go"), []byte("package main // changed\n"), 0o644); err != nil {
		t.Fatal(err)
	}
	if !seen[key(t, base)] {
		t.Error("a test changes the key")
	}
	if !strings.HasPrefix(key(t, base), "tiny-v1-") {
		t.Errorf("the key does not tell what it is of: %s", key(t, base))
	}
}

func TestEveryRecipeIsPinned(t *testing.T) {
	source, err := FindSource("")
	if err != nil {
		t.Fatal(err)
	}
	for _, r := range Recipes(source) {
		if !strings.HasPrefix(r.Version, "v") {
			t.Errorf("%s has version %q", r.Name, r.Version)
		}
		for _, target := range r.Targets {
			if r.Source == "" && !strings.HasSuffix(target, "@"+r.Version) {
				t.Errorf("%s builds %s", r.Name, target)
			}
		}
		key(t, r)
	}
}

func TestBuildsOnceAndLeavesNothingHalfDone(t *testing.T) {
	var progress bytes.Buffer
	cache := Cache{Dir: filepath.Join(t.TempDir(), "cache"), Progress: &progress}
	r := module(t, "println(1)")
	dir, err := cache.Ensure(t.Context(), r)
	if err != nil {
		t.Fatal(err)
	}
	for _, name := range []string{"tiny", "other"} {
		if info, err := os.Stat(filepath.Join(dir, name)); err != nil || info.Mode()&0o111 == 0 {
			t.Errorf("%s: %v", name, err)
		}
	}
	if !strings.Contains(progress.String(), "built tiny") {
		t.Errorf("it says %q", progress.String())
	}
	progress.Reset()
	again, err := cache.Ensure(t.Context(), r)
	if err != nil || again != dir || progress.Len() > 0 {
		t.Errorf("the second time: %s, %v, %q", again, err, progress.String())
	}
	broken := module(t, "no such thing")
	if _, err := cache.Ensure(t.Context(), broken); err == nil || !strings.Contains(err.Error(), "main.go:3") {
		t.Errorf("a broken build says %v", err)
	}
	entries, err := os.ReadDir(cache.Dir)
	if err != nil {
		t.Fatal(err)
	}
	for _, entry := range entries {
		if strings.HasPrefix(entry.Name(), "building-") || entry.Name() == key(t, broken) {
			t.Errorf("left: %s", entry.Name())
		}
	}
}

func TestOnlyMissingPackagesAreInstalled(t *testing.T) {
	there := []string{"nft", "/usr/include/seccomp.h"}
	found := func(p Package) bool { return slices.Contains(there, p.Command) || slices.Contains(there, p.File) }
	got := Missing([]Package{
		{Name: "nftables", Command: "nft"}, {Name: "e2fsprogs", Command: "mkfs.ext4"},
		{Name: "libseccomp-dev", File: "/usr/include/seccomp.h"}, {Name: "libc6-dev", File: "/usr/include/stdio.h"},
	}, found)
	if want := []string{"e2fsprogs", "libc6-dev"}; !slices.Equal(got, want) {
		t.Errorf("%v, want %v", got, want)
	}
	if !Found(Package{Command: "sh"}) || Found(Package{Command: "no-such-command"}) || Found(Package{File: "/no/such/file"}) {
		t.Error("what is there is not told from what is not")
	}
}

func TestLinkReplacesWhatIsThere(t *testing.T) {
	path := filepath.Join(t.TempDir(), "link")
	for _, target := range []string{"one", "two", "two"} {
		if err := Link(target, path); err != nil {
			t.Fatal(err)
		}
		if got, err := os.Readlink(path); err != nil || got != target {
			t.Errorf("%s, %v", got, err)
		}
	}
}
