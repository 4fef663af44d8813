package main

import (
	"archive/tar"
	"bytes"
	"compress/gzip"
	"crypto/sha512"
	"encoding/base64"
	"errors"
	"fmt"
	"io"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
)

// largestFile bounds what one archived file may unpack to.
const largestFile = 16 << 20

// fetch returns the files of a package by their path in it.
func fetch(p pkg) (map[string][]byte, error) {
	archive, err := pack(p)
	if err != nil {
		return nil, err
	}
	sum := sha512.Sum512(archive)
	if got := "sha512-" + base64.StdEncoding.EncodeToString(sum[:]); got != p.Integrity {
		return nil, fmt.Errorf("the archive's checksum is %s, the lock says %s", got, p.Integrity)
	}
	return unpack(archive)
}

// pack asks npm for the package's archive.
func pack(p pkg) ([]byte, error) {
	dir, err := os.MkdirTemp("", "assets-")
	if err != nil {
		return nil, fmt.Errorf("making a folder for the archive: %w", err)
	}
	defer func() { _ = os.RemoveAll(dir) }()
	cmd := exec.Command("npm", "pack", "--silent", "--pack-destination", dir, p.Name+"@"+p.Version) //nolint:gosec,noctx // the name and version are those of the lock
	cmd.Stderr = os.Stderr
	if err := cmd.Run(); err != nil {
		return nil, fmt.Errorf("npm pack: %w", err)
	}
	found, err := filepath.Glob(filepath.Join(dir, "*.tgz"))
	if err != nil || len(found) != 1 {
		return nil, fmt.Errorf("npm pack left %d archives instead of one (%w)", len(found), err)
	}
	return os.ReadFile(found[0])
}

// unpack reads a gzipped tar whose paths begin with a folder of npm's choosing.
func unpack(archive []byte) (map[string][]byte, error) {
	zipped, err := gzip.NewReader(bytes.NewReader(archive))
	if err != nil {
		return nil, fmt.Errorf("opening the archive: %w", err)
	}
	files := map[string][]byte{}
	for r := tar.NewReader(zipped); ; {
		head, err := r.Next()
		if errors.Is(err, io.EOF) {
			return files, nil
		}
		if err != nil {
			return nil, fmt.Errorf("reading the archive: %w", err)
		}
		if head.Typeflag != tar.TypeReg || head.Size > largestFile {
			continue
		}
		body, err := io.ReadAll(io.LimitReader(r, largestFile))
		if err != nil {
			return nil, fmt.Errorf("reading %s: %w", head.Name, err)
		}
		_, path, _ := strings.Cut(head.Name, "/")
		files[path] = body
	}
}
