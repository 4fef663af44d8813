// Package volume makes persistent volumes with a real size: each is an ext4
// file system in a sparse file, mounted through a loop device. Writing past the
// size fails in the volume and nowhere else.
package volume

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"sync"

	"golang.org/x/sys/unix"

	"github.com/grupobizopps/salexops/hack/localcluster/internal/host"
)

// Store is a folder with one folder a volume, which holds the file, volume.img,
// and the place where it is mounted, mnt.
type Store struct {
	Dir string
}

// busy holds a lock for each volume that is being made, grown or removed: one
// must not be mounted again while it is removed.
var busy sync.Map

func lock(file string) (unlock func()) {
	mutex, _ := busy.LoadOrStore(file, &sync.Mutex{})
	mutex.(*sync.Mutex).Lock()
	return mutex.(*sync.Mutex).Unlock
}

// Data is the folder that pods get. It lies inside the file system: were that
// not mounted, the folder would be missing and a pod would fail to start,
// instead of writing to the host's disk without a limit.
func (s Store) Data(name string) string { return filepath.Join(s.mount(name), "data") }

func (s Store) dir(name string) string   { return filepath.Join(s.Dir, name) }
func (s Store) file(name string) string  { return filepath.Join(s.dir(name), "volume.img") }
func (s Store) mount(name string) string { return filepath.Join(s.dir(name), "mnt") }

// Create makes and mounts a volume of so many bytes. It may be called again
// after it failed or was killed half-way. A file is complete once it has its
// name: it is formatted under another.
func (s Store) Create(ctx context.Context, name string, bytes int64) error {
	defer lock(s.file(name))()
	if err := os.MkdirAll(s.mount(name), 0o700); err != nil {
		return fmt.Errorf("creating the folder of volume %s: %w", name, err)
	}
	if _, err := os.Stat(s.file(name)); errors.Is(err, fs.ErrNotExist) {
		if err := s.format(ctx, name, bytes); err != nil {
			return fmt.Errorf("formatting volume %s: %w", name, err)
		}
	}
	return s.Mount(ctx, name)
}

func (s Store) format(ctx context.Context, name string, bytes int64) error {
	temp := s.file(name) + ".new"
	file, err := os.OpenFile(temp, os.O_CREATE|os.O_TRUNC|os.O_WRONLY, 0o600)
	if err != nil {
		return err
	}
	if err := errors.Join(file.Truncate(bytes), file.Close()); err != nil {
		return err
	}
	// No blocks are kept back for root; tables are written when first needed.
	if err := run(ctx, "mkfs.ext4", "-q", "-F", "-m", "0", "-E", "nodiscard,lazy_itable_init=1,lazy_journal_init=1", temp); err != nil {
		return err
	}
	return os.Rename(temp, s.file(name))
}

// Mount mounts a volume unless it is mounted. The loop device goes away by
// itself when the mount does. Discarded blocks are given back to the disk.
func (s Store) Mount(ctx context.Context, name string) error {
	mounted, err := host.IsMounted(s.mount(name))
	if err != nil {
		return err
	}
	if !mounted {
		if err := os.MkdirAll(s.mount(name), 0o700); err != nil {
			return fmt.Errorf("creating the mount point of volume %s: %w", name, err)
		}
		if err := run(ctx, "mount", "-t", "ext4", "-o", "loop,nosuid,nodev,noatime,discard", s.file(name), s.mount(name)); err != nil {
			return fmt.Errorf("mounting volume %s: %w", name, err)
		}
	}
	if err := os.MkdirAll(s.Data(name), 0o755); err != nil {
		return fmt.Errorf("creating the data folder of volume %s: %w", name, err)
	}
	return nil
}

// Delete unmounts a volume and removes its file. A volume that is in use stays,
// with an error; one that is gone already is no error.
func (s Store) Delete(ctx context.Context, name string) error {
	defer lock(s.file(name))()
	if mounted, err := host.IsMounted(s.mount(name)); err != nil {
		return err
	} else if mounted {
		if err := unix.Unmount(s.mount(name), unix.UMOUNT_NOFOLLOW); err != nil {
			return fmt.Errorf("unmounting volume %s: %w", name, err)
		}
	}
	if err := host.DetachLoops(ctx, s.dir(name)); err != nil {
		return err
	}
	// The file goes first: a folder without one is not mounted by Recover.
	if err := os.Remove(s.file(name)); err != nil && !errors.Is(err, fs.ErrNotExist) {
		return fmt.Errorf("removing volume %s: %w", name, err)
	}
	if err := os.RemoveAll(s.dir(name)); err != nil {
		return fmt.Errorf("removing volume %s: %w", name, err)
	}
	return nil
}

// Names lists the volumes, half-made ones included.
func (s Store) Names() ([]string, error) {
	entries, err := os.ReadDir(s.Dir)
	if err != nil && !errors.Is(err, fs.ErrNotExist) {
		return nil, fmt.Errorf("listing volumes: %w", err)
	}
	var names []string
	for _, entry := range entries {
		names = append(names, entry.Name())
	}
	return names, nil
}

// Recover mounts every volume again, after the machine was started anew for
// example. One that cannot be mounted does not keep the others from it, nor
// the cluster from starting: pods that use it wait, and say why.
func (s Store) Recover(ctx context.Context) error {
	names, err := s.Names()
	if err != nil {
		return err
	}
	var group sync.WaitGroup
	slots := make(chan struct{}, 4)
	for _, name := range names {
		if _, err := os.Stat(s.file(name)); err != nil {
			continue
		}
		slots <- struct{}{}
		group.Go(func() {
			defer func() { <-slots }()
			if err := s.Mount(ctx, name); err != nil {
				fmt.Fprintf(os.Stderr, "%v\n", err)
			}
		})
	}
	group.Wait()
	return nil
}

func run(ctx context.Context, name string, args ...string) error {
	if out, err := exec.CommandContext(ctx, name, args...).CombinedOutput(); err != nil {
		return fmt.Errorf("%s: %w: %s", name, err, strings.TrimSpace(string(out)))
	}
	return nil
}
