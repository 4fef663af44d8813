// Package image builds container images from files, without any base, and
// hands them to containerd.
package image

import (
	"archive/tar"
	"bytes"
	"fmt"
	"io"
	"os"
	"path"
	"path/filepath"
	"runtime"
	"slices"
	"strings"

	v1 "github.com/google/go-containerregistry/pkg/v1"
	"github.com/google/go-containerregistry/pkg/v1/empty"
	"github.com/google/go-containerregistry/pkg/v1/mutate"
	"github.com/google/go-containerregistry/pkg/v1/tarball"
)

// User is who an image's program runs as unless the pod says otherwise:
// "nonroot", by number so that runAsNonRoot can be checked.
const User = 65532

// Spec says what an image is made of.
type Spec struct {
	// Binaries are static programs on this machine; each becomes /NAME.
	Binaries []string
	// Files maps places in the image to files on this machine.
	Files map[string]string
	// Entrypoint is the command; the first binary when empty.
	Entrypoint []string
	// Env adds to PATH.
	Env []string
}

// Build makes the image. The same input gives the same image, bit by bit.
func Build(s Spec) (v1.Image, error) {
	if len(s.Binaries) == 0 {
		return nil, fmt.Errorf("building an image: no binary is given")
	}
	content, err := layer(s)
	if err != nil {
		return nil, err
	}
	tarLayer, err := tarball.LayerFromOpener(func() (io.ReadCloser, error) {
		return io.NopCloser(bytes.NewReader(content)), nil
	})
	if err != nil {
		return nil, fmt.Errorf("packing the layer: %w", err)
	}
	img, err := mutate.AppendLayers(empty.Image, tarLayer)
	if err != nil {
		return nil, fmt.Errorf("adding the layer: %w", err)
	}
	config, err := img.ConfigFile()
	if err != nil {
		return nil, err
	}
	config = config.DeepCopy()
	// Without these two the import passes the image over as another machine's.
	config.OS, config.Architecture = "linux", runtime.GOARCH
	config.Config.User = fmt.Sprintf("%d:%d", User, User)
	config.Config.WorkingDir = "/"
	config.Config.Env = append([]string{"PATH=/"}, s.Env...)
	config.Config.Entrypoint = s.Entrypoint
	if len(config.Config.Entrypoint) == 0 {
		config.Config.Entrypoint = []string{"/" + filepath.Base(s.Binaries[0])}
	}
	return mutate.ConfigFile(img, config)
}

// layer packs the files, with the folders above them, a writable /tmp and the
// names of root and nonroot.
func layer(s Spec) ([]byte, error) {
	files := map[string]file{
		"etc/passwd": {mode: 0o644, content: []byte(fmt.Sprintf("root:x:0:0:root:/:/\nnonroot:x:%d:%d:nonroot:/tmp:/\n", User, User))},
		"etc/group":  {mode: 0o644, content: []byte(fmt.Sprintf("root:x:0:\nnonroot:x:%d:\n", User))},
	}
	for _, binary := range s.Binaries {
		if err := checkStatic(binary); err != nil {
			return nil, err
		}
		if err := read(files, binary, filepath.Base(binary), 0o755); err != nil {
			return nil, err
		}
	}
	for place, source := range s.Files {
		if err := read(files, source, place, 0); err != nil {
			return nil, err
		}
	}
	return pack(files)
}

type file struct {
	mode    int64
	content []byte
}

// read adds a file; with no mode given it keeps whether it can be executed.
func read(files map[string]file, source, place string, mode int64) error {
	content, err := os.ReadFile(source)
	if err != nil {
		return fmt.Errorf("adding %s to the image: %w", source, err)
	}
	if mode == 0 {
		info, err := os.Stat(source)
		if err != nil {
			return fmt.Errorf("adding %s to the image: %w", source, err)
		}
		mode = 0o644 | int64(info.Mode().Perm()&0o111)
	}
	files[strings.TrimPrefix(path.Clean("/"+place), "/")] = file{mode, content}
	return nil
}

func pack(files map[string]file) ([]byte, error) {
	modes := map[string]int64{"tmp": 0o1777}
	for name := range files {
		for dir := path.Dir(name); dir != "."; dir = path.Dir(dir) {
			if _, known := modes[dir]; !known {
				modes[dir] = 0o755
			}
		}
	}
	var names []string
	for name := range modes {
		names = append(names, name)
	}
	for name := range files {
		names = append(names, name)
	}
	slices.Sort(names) // a folder sorts before what is in it
	var out bytes.Buffer
	w := tar.NewWriter(&out)
	for _, name := range names {
		header := &tar.Header{Name: name + "/", Typeflag: tar.TypeDir, Mode: modes[name], Format: tar.FormatPAX}
		f, isFile := files[name]
		if isFile {
			header = &tar.Header{Name: name, Typeflag: tar.TypeReg, Mode: f.mode, Size: int64(len(f.content)), Format: tar.FormatPAX}
		}
		if err := w.WriteHeader(header); err != nil {
			return nil, fmt.Errorf("packing %s: %w", name, err)
		}
		if _, err := w.Write(f.content); err != nil {
			return nil, fmt.Errorf("packing %s: %w", name, err)
		}
	}
	return out.Bytes(), w.Close()
}
