// Package host changes the machine for the cluster and puts it back: cgroups,
// mounts, links, sysctls, nftables tables and stray files.
package host

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"syscall"
	"time"

	"golang.org/x/sys/unix"
)

// Cgroup is one cgroup by name at the root of every hierarchy. Under version 2
// there is one hierarchy; under version 1 there is one for each controller.
type Cgroup struct {
	name string
	// roots are the mount points of the hierarchies.
	roots []string
	// tracked is the hierarchy that components join. Under version 1 that is
	// the one of pids alone: accounting of memory and time of the components
	// stays with whoever started them.
	tracked string
	unified bool
}

// FindCgroup looks where the hierarchies are mounted.
func FindCgroup(name string) (Cgroup, error) {
	var stat unix.Statfs_t
	const root = "/sys/fs/cgroup"
	if err := unix.Statfs(root, &stat); err != nil {
		return Cgroup{}, fmt.Errorf("looking for cgroups: %w", err)
	}
	if stat.Type == unix.CGROUP2_SUPER_MAGIC {
		return Cgroup{name: name, roots: []string{root}, tracked: root, unified: true}, nil
	}
	mounts, err := Mounts()
	if err != nil {
		return Cgroup{}, err
	}
	c := Cgroup{name: name}
	for _, m := range mounts {
		// A version 2 hierarchy may be beside those of version 1, without
		// controllers; containers are put there too.
		if (m.Type != "cgroup" && m.Type != "cgroup2") || slices.Contains(c.roots, m.Path) {
			continue
		}
		c.roots = append(c.roots, m.Path)
		if slices.Contains(strings.Split(filepath.Base(m.Path), ","), "pids") {
			c.tracked = m.Path
		}
	}
	if c.tracked == "" {
		return Cgroup{}, errors.New("looking for cgroups: neither version 2 nor a hierarchy of pids is mounted")
	}
	return c, nil
}

// Create makes the cgroup in every hierarchy.
func (c Cgroup) Create() error {
	for _, root := range c.roots {
		if err := os.MkdirAll(filepath.Join(root, c.name), 0o755); err != nil {
			return fmt.Errorf("creating cgroup %s: %w", c.name, err)
		}
	}
	if c.unified {
		return c.delegate()
	}
	return nil
}

// delegate lets children of the cgroup limit what the machine can limit. The
// kernel takes one controller at a time more readily than all of them.
func (c Cgroup) delegate() error {
	root := c.roots[0]
	available, err := os.ReadFile(filepath.Join(root, "cgroup.controllers"))
	if err != nil {
		return fmt.Errorf("reading the cgroup controllers: %w", err)
	}
	for _, dir := range []string{root, filepath.Join(root, c.name)} {
		for _, controller := range strings.Fields(string(available)) {
			err := os.WriteFile(filepath.Join(dir, "cgroup.subtree_control"), []byte("+"+controller), 0o644)
			if err != nil && slices.Contains([]string{"cpu", "memory", "pids"}, controller) {
				return fmt.Errorf("enabling the %s controller in %s: %w", controller, dir, err)
			}
		}
	}
	return nil
}

// Join puts a process into a child of the cgroup.
func (c Cgroup) Join(child string, pid int) error {
	dir := filepath.Join(c.tracked, c.name, Components, child)
	if err := os.MkdirAll(dir, 0o755); err != nil {
		return fmt.Errorf("creating cgroup %s: %w", dir, err)
	}
	err := os.WriteFile(filepath.Join(dir, "cgroup.procs"), []byte(strconv.Itoa(pid)), 0o644)
	// A process that ended at once is told of by whoever waits for it.
	if err != nil && !errors.Is(err, syscall.ESRCH) {
		return fmt.Errorf("putting process %d into cgroup %s: %w", pid, dir, err)
	}
	return nil
}

// Components is the child in which components have their own children.
const Components = "components"

// Processes lists everything in a child of the cgroup, or in all of it when the
// child is empty. Nothing gets in there but what the cluster started and its
// descendants.
func (c Cgroup) Processes(child string) []int {
	var pids []int
	for _, root := range c.roots {
		_ = filepath.WalkDir(filepath.Join(root, c.name, child), func(path string, entry fs.DirEntry, err error) error {
			if err != nil || entry.Name() != "cgroup.procs" {
				return nil //nolint:nilerr // a cgroup that is gone holds no processes
			}
			content, err := os.ReadFile(path)
			if err != nil {
				return nil //nolint:nilerr // a cgroup that is gone holds no processes
			}
			for _, field := range strings.Fields(string(content)) {
				if pid, err := strconv.Atoi(field); err == nil && pid > 0 && !slices.Contains(pids, pid) {
					pids = append(pids, pid)
				}
			}
			return nil
		})
	}
	return pids
}

// Kill ends everything in a child of the cgroup, or in all of it. It looks again until nothing is left,
// since what is being killed may still be starting others.
func (c Cgroup) Kill(ctx context.Context, child string) error {
	ctx, cancel := context.WithTimeout(ctx, 15*time.Second)
	defer cancel()
	for {
		pids := c.Processes(child)
		if len(pids) == 0 {
			return nil
		}
		for _, pid := range pids {
			if pid != os.Getpid() {
				_ = syscall.Kill(pid, syscall.SIGKILL)
			}
		}
		select {
		case <-ctx.Done():
			return fmt.Errorf("killing what is left in cgroup %s: still there: %v", filepath.Join(c.name, child), pids)
		case <-time.After(20 * time.Millisecond):
		}
	}
}

// Remove removes the empty cgroup from every hierarchy, children first.
func (c Cgroup) Remove(ctx context.Context) error {
	ctx, cancel := context.WithTimeout(ctx, 10*time.Second)
	defer cancel()
	for _, root := range c.roots {
		top := filepath.Join(root, c.name)
		for {
			removeTree(top)
			if _, err := os.Stat(top); errors.Is(err, fs.ErrNotExist) {
				break
			}
			// The kernel takes a moment to let go of processes that ended.
			select {
			case <-ctx.Done():
				return fmt.Errorf("removing cgroup %s: it is still in use", top)
			case <-time.After(20 * time.Millisecond):
			}
		}
	}
	return nil
}

// removeTree removes the folders of a cgroup; its files go with them.
func removeTree(dir string) {
	entries, err := os.ReadDir(dir)
	if err != nil {
		return
	}
	for _, entry := range entries {
		if entry.IsDir() {
			removeTree(filepath.Join(dir, entry.Name()))
		}
	}
	_ = unix.Rmdir(dir)
}
