package image

import (
	"archive/tar"
	"bytes"
	"io"
	"os"
	"os/exec"
	"path/filepath"
	"runtime"
	"strings"
	"testing"

	"github.com/google/go-containerregistry/pkg/name"
	v1 "github.com/google/go-containerregistry/pkg/v1"
	"github.com/google/go-containerregistry/pkg/v1/tarball"
)

// program compiles the pause program, the smallest at hand.
func program(t *testing.T) string {
	t.Helper()
	path := filepath.Join(t.TempDir(), "pause")
	cmd := exec.Command("go", "build", "-o", path, "../../pause")
	cmd.Env = append(os.Environ(), "CGO_ENABLED=0")
	if out, err := cmd.CombinedOutput(); err != nil {
		t.Fatalf("%v: %s", err, out)
	}
	return path
}

func TestImageSurvivesTheRoundTripThroughAnArchive(t *testing.T) {
	extra := filepath.Join(t.TempDir(), "extra")
	if err := os.WriteFile(extra, []byte("hello"), 0o600); err != nil {
		t.Fatal(err)
	}
	img, err := Build(Spec{
		Binaries: []string{program(t)},
		Files:    map[string]string{"/etc/app/extra": extra},
		Env:      []string{"A=b"},
	})
	if err != nil {
		t.Fatal(err)
	}
	archive := filepath.Join(t.TempDir(), "image.tar")
	tag, err := name.NewTag("salexops/example:dev")
	if err != nil {
		t.Fatal(err)
	}
	if err := tarball.WriteToFile(archive, tag, img); err != nil {
		t.Fatal(err)
	}
	read, err := tarball.ImageFromPath(archive, &tag)
	if err != nil {
		t.Fatal(err)
	}
	config, err := read.ConfigFile()
	if err != nil {
		t.Fatal(err)
	}
	if config.OS != "linux" || config.Architecture != runtime.GOARCH {
		t.Errorf("the image is for %s/%s", config.OS, config.Architecture)
	}
	if config.Config.User != "65532:65532" || config.Config.Entrypoint[0] != "/pause" || config.Config.Env[1] != "A=b" {
		t.Errorf("the image runs as %+v", config.Config)
	}
	files := unpack(t, read)
	for place, mode := range map[string]int64{
		"pause": 0o755, "tmp/": 0o1777, "etc/": 0o755, "etc/app/": 0o755, "etc/app/extra": 0o644, "etc/passwd": 0o644,
	} {
		if files[place] == nil || files[place].Mode != mode {
			t.Errorf("%s: %+v, want mode %o", place, files[place], mode)
		}
	}
}

func TestTheSameInputGivesTheSameImage(t *testing.T) {
	spec := Spec{Binaries: []string{program(t)}}
	var digests [2]string
	for i := range digests {
		img, err := Build(spec)
		if err != nil {
			t.Fatal(err)
		}
		digest, err := img.Digest()
		if err != nil {
			t.Fatal(err)
		}
		digests[i] = digest.String()
	}
	if digests[0] != digests[1] {
		t.Errorf("two images: %s and %s", digests[0], digests[1])
	}
}

func TestWhatCannotRunIsRefused(t *testing.T) {
	script := filepath.Join(t.TempDir(), "script")
	if err := os.WriteFile(script, []byte("#!/bin/sh\n"), 0o755); err != nil {
		t.Fatal(err)
	}
	for name, tc := range map[string]struct{ path, want string }{
		"dynamic":     {"/bin/sh", "CGO_ENABLED=0"},
		"script":      {script, "not a Linux program"},
		"not there":   {filepath.Join(t.TempDir(), "none"), "no such file"},
		"none at all": {"", "no binary"},
	} {
		t.Run(name, func(t *testing.T) {
			var spec Spec
			if tc.path != "" {
				spec.Binaries = []string{tc.path}
			}
			if _, err := Build(spec); err == nil || !strings.Contains(err.Error(), tc.want) {
				t.Errorf("Build says %v, want %q", err, tc.want)
			}
		})
	}
}

func unpack(t *testing.T, img v1.Image) map[string]*tar.Header {
	t.Helper()
	layers, err := img.Layers()
	if err != nil || len(layers) != 1 {
		t.Fatalf("%d layers, %v", len(layers), err)
	}
	content, err := layers[0].Uncompressed()
	if err != nil {
		t.Fatal(err)
	}
	all, err := io.ReadAll(content)
	if err != nil {
		t.Fatal(err)
	}
	files := map[string]*tar.Header{}
	for r := tar.NewReader(bytes.NewReader(all)); ; {
		header, err := r.Next()
		if err == io.EOF {
			return files
		}
		if err != nil {
			t.Fatal(err)
		}
		files[header.Name] = header
	}
}
