package vault

import (
	"crypto/rand"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"syscall"
)

// draft is a file that is being written. Nobody sees it before it is whole and
// on the disk.
type draft struct {
	*os.File
	root *os.Root
	name string
}

func newDraft(root *os.Root) (*draft, error) {
	name := filepath.Join(incoming, rand.Text())
	file, err := root.OpenFile(name, os.O_CREATE|os.O_EXCL|os.O_RDWR, 0o600)
	if err != nil {
		return nil, full(err)
	}
	return &draft{file, root, name}, nil
}

// keepAs gives the draft its name, which nothing or an older file has.
func (d *draft) keepAs(name string) error {
	if err := errors.Join(full(d.Sync()), d.Close()); err != nil {
		return errors.Join(err, d.root.Remove(d.name))
	}
	if err := d.root.Rename(d.name, name); err != nil {
		return errors.Join(full(err), d.root.Remove(d.name))
	}
	return syncFolder(d.root, filepath.Dir(name))
}

// discard throws the draft away.
func (d *draft) discard() error { return errors.Join(d.Close(), d.root.Remove(d.name)) }

// syncFolder makes names in a folder durable.
func syncFolder(root *os.Root, name string) error {
	folder, err := root.Open(name)
	if err != nil {
		return err
	}
	if err := errors.Join(folder.Sync(), folder.Close()); err != nil {
		return fmt.Errorf("make the name durable: %w", err)
	}
	return nil
}

// full turns the system's words for a full volume into ours.
func full(err error) error {
	if errors.Is(err, syscall.ENOSPC) || errors.Is(err, syscall.EDQUOT) {
		return errors.Join(ErrFull, err)
	}
	return err
}
