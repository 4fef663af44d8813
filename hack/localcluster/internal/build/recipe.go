// Package build makes the cluster's programs from source, once for each set of
// versions and flags, and keeps them in a cache.
package build

import (
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"os"
	"path/filepath"
	"runtime"
	"strings"
	"time"

	"github.com/grupobizopps/salexops/hack/localcluster/internal/versions"
)

// Recipe tells how one folder of the cache is built.
type Recipe struct {
	// Name and Version are shown to people and begin the folder's name.
	Name, Version string
	// Source is the folder of a module built in place; empty when Targets are
	// built from the module proxy.
	Source string
	// Targets are import paths, with a version where Source is empty.
	Targets []string
	// Output is the file name when one program is built in place.
	Output string
	// Links are further names of Output.
	Links []string
	// Tags and LDFlags go to the Go tool; CGO says whether C is needed.
	Tags    []string
	LDFlags []string
	CGO     bool
	// Debian lists packages needed to build, and only to build.
	Debian []Package
	// Cold is how long it takes on two cores with nothing cached.
	Cold time.Duration
}

// Recipes returns all of them, given the folder of this module's source. The
// longest comes first so that the wait is announced at the beginning.
func Recipes(source string) []Recipe {
	return []Recipe{Kube(source), Containerd(), Runc(), CNI(), Pause(source)}
}

// Kube is the multi-call binary of every Kubernetes program, etcd included.
func Kube(source string) Recipe {
	minor := strings.Split(versions.Kubernetes, ".")[1]
	var ldflags []string
	for _, pkg := range []string{"k8s.io/component-base/version", "k8s.io/client-go/pkg/version"} {
		ldflags = append(ldflags,
			"-X", pkg+".gitVersion="+versions.Kubernetes,
			"-X", pkg+".gitMajor=1",
			"-X", pkg+".gitMinor="+minor,
			"-X", pkg+".gitTreeState=clean",
		)
	}
	return Recipe{
		Name: "kube", Version: versions.Kubernetes,
		Source: filepath.Join(source, "kube"), Targets: []string{"."}, Output: "kube",
		Links: []string{
			"etcd", "kube-apiserver", "kube-controller-manager",
			"kube-proxy", "kube-scheduler", "kubectl", "kubelet",
		},
		LDFlags: append([]string{"-s", "-w"}, ldflags...),
		Cold:    12 * time.Minute,
	}
}

// Containerd is the container runtime with its shim and command line.
func Containerd() Recipe {
	const module = "github.com/containerd/containerd/v2"
	return Recipe{
		Name: "containerd", Version: versions.Containerd,
		Targets: []string{
			module + "/cmd/containerd@" + versions.Containerd,
			module + "/cmd/containerd-shim-runc-v2@" + versions.Containerd,
			module + "/cmd/ctr@" + versions.Containerd,
		},
		LDFlags: []string{"-s", "-w", "-X", module + "/version.Version=" + versions.Containerd},
		Cold:    2 * time.Minute,
	}
}

// Runc is linked statically, so that only building needs libseccomp.
func Runc() Recipe {
	return Recipe{
		Name: "runc", Version: versions.Runc,
		Targets: []string{"github.com/opencontainers/runc@" + versions.Runc},
		Tags:    []string{"seccomp", "netgo", "osusergo"},
		LDFlags: []string{
			"-s", "-w", "-X", "main.version=" + strings.TrimPrefix(versions.Runc, "v"),
			"-extldflags", "-static",
		},
		CGO:    true,
		Debian: []Package{{Name: "gcc", Command: "gcc"}, {Name: "libc6-dev", File: "/usr/include/stdio.h"}, {Name: "pkg-config", Command: "pkg-config"}, {Name: "libseccomp-dev", File: "/usr/include/seccomp.h"}},
		Cold:   20 * time.Second,
	}
}

// CNI is the set of reference network plugins that the cluster uses.
func CNI() Recipe {
	const module = "github.com/containernetworking/plugins/plugins"
	r := Recipe{Name: "cni", Version: versions.CNIPlugins, LDFlags: []string{"-s", "-w"}, Cold: 20 * time.Second}
	for _, plugin := range []string{"main/ptp", "main/loopback", "ipam/host-local"} {
		r.Targets = append(r.Targets, module+"/"+plugin+"@"+versions.CNIPlugins)
	}
	return r
}

// Pause is the program of the sandbox image.
func Pause(source string) Recipe {
	return Recipe{
		Name: "pause", Version: versions.Pause,
		Source: filepath.Join(source, "pause"), Targets: []string{"."}, Output: "pause",
		LDFlags: []string{"-s", "-w"}, Cold: 10 * time.Second,
	}
}

// Key names the recipe's folder: readable in front, and behind it a digest of
// everything that can change the result.
func (r Recipe) Key() (string, error) {
	digest := sha256.New()
	fmt.Fprintln(digest, runtime.Version(), runtime.GOOS, runtime.GOARCH)
	fmt.Fprintf(digest, "%q %q %q %q %v %q\n", r.Targets, r.Output, r.Links, r.Tags, r.CGO, r.LDFlags)
	if r.Source != "" {
		files, err := sources(r.Source)
		if err != nil {
			return "", fmt.Errorf("reading the source of %s: %w", r.Name, err)
		}
		for _, file := range files {
			content, err := os.ReadFile(file)
			if err != nil {
				return "", fmt.Errorf("reading the source of %s: %w", r.Name, err)
			}
			fmt.Fprintf(digest, "%s %x\n", filepath.Base(file), sha256.Sum256(content))
		}
	}
	return fmt.Sprintf("%s-%s-%s", r.Name, r.Version, hex.EncodeToString(digest.Sum(nil))[:12]), nil
}

// sources lists the files of a flat package that decide what is built, in
// order; tests don't.
func sources(dir string) ([]string, error) {
	entries, err := os.ReadDir(dir)
	if err != nil {
		return nil, err
	}
	var files []string
	for _, entry := range entries {
		name := entry.Name()
		goFile := strings.HasSuffix(name, ".go") && !strings.HasSuffix(name, "_test.go")
		if goFile || name == "go.mod" || name == "go.sum" {
			files = append(files, filepath.Join(dir, name))
		}
	}
	if len(files) == 0 {
		return nil, fmt.Errorf("no Go source in %s", dir)
	}
	return files, nil
}
