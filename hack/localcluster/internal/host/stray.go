package host

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
)

// Tables lists the nftables tables, each as family and name, such as
// "ip kube-proxy". Without the program nft, nothing can have made one.
func Tables(ctx context.Context) ([]string, error) {
	if _, err := exec.LookPath("nft"); err != nil {
		return nil, nil //nolint:nilerr // no program, no tables
	}
	out, err := exec.CommandContext(ctx, "nft", "list", "tables").Output()
	if err != nil {
		return nil, fmt.Errorf("listing nftables tables: %w", err)
	}
	var tables []string
	for _, line := range strings.Split(string(out), "\n") {
		if table, ok := strings.CutPrefix(strings.TrimSpace(line), "table "); ok {
			tables = append(tables, table)
		}
	}
	return tables, nil
}

// DeleteTables removes those of the tables that are there.
func DeleteTables(ctx context.Context, tables ...string) error {
	present, err := Tables(ctx)
	if err != nil {
		return err
	}
	for _, table := range tables {
		if !slices.Contains(present, table) {
			continue
		}
		args := append([]string{"delete", "table"}, strings.Fields(table)...)
		if out, err := exec.CommandContext(ctx, "nft", args...).CombinedOutput(); err != nil {
			return fmt.Errorf("deleting nftables table %s: %w: %s", table, err, out)
		}
	}
	return nil
}

// DetachLoops frees loop devices whose file lies below dir. A mounted one is
// freed by its unmounting; this is for those that never came to be mounted.
func DetachLoops(ctx context.Context, dir string) error {
	names, err := filepath.Glob("/sys/block/loop*/loop/backing_file")
	if err != nil {
		return err
	}
	for _, name := range names {
		content, err := os.ReadFile(name)
		if err != nil {
			continue // freed in the meantime
		}
		// The kernel appends " (deleted)" to the name of a removed file.
		if !within(strings.TrimSpace(string(content)), dir) {
			continue
		}
		device := "/dev/" + strings.Split(name, "/")[3]
		if out, err := exec.CommandContext(ctx, "losetup", "--detach", device).CombinedOutput(); err != nil {
			return fmt.Errorf("detaching %s: %w: %s", device, err, out)
		}
	}
	return nil
}

// RemoveStray removes single files of ours from folders that may be shared
// with another container runtime: results cached by the network library, and
// links to pods' logs.
func RemoveStray(network, logs string) error {
	results, err := filepath.Glob("/var/lib/cni/results/" + network + "-*")
	if err != nil {
		return err
	}
	for _, path := range results {
		if err := os.Remove(path); err != nil && !errors.Is(err, fs.ErrNotExist) {
			return fmt.Errorf("removing a cached network result: %w", err)
		}
	}
	links, err := filepath.Glob("/var/log/containers/*.log")
	if err != nil {
		return err
	}
	for _, path := range links {
		target, err := os.Readlink(path)
		if err != nil || !within(target, logs) {
			continue
		}
		if err := os.Remove(path); err != nil && !errors.Is(err, fs.ErrNotExist) {
			return fmt.Errorf("removing the link to a log: %w", err)
		}
	}
	return nil
}

// Empty removes what is inside a folder, but for some names, and keeps the
// folder. It never reaches into a mount, which may be a volume with data.
func Empty(dir string, keep ...string) error {
	mounts, err := Mounts()
	if err != nil {
		return err
	}
	if busy := under(mounts, dir); len(busy) > 0 {
		return fmt.Errorf("emptying %s: %s is mounted", dir, busy[0])
	}
	entries, err := os.ReadDir(dir)
	if errors.Is(err, fs.ErrNotExist) {
		return nil
	}
	if err != nil {
		return err
	}
	for _, entry := range entries {
		if slices.Contains(keep, entry.Name()) {
			continue
		}
		if err := os.RemoveAll(filepath.Join(dir, entry.Name())); err != nil {
			return fmt.Errorf("emptying %s: %w", dir, err)
		}
	}
	return nil
}
