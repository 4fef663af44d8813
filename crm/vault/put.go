package vault

import (
	"encoding/hex"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"

	"filippo.io/age"
)

// Put keeps a content and says where it is and how many bytes it has. When it
// returns, the file is whole and durable, or there is nothing of it. The same
// content is kept once. Errors: those of content; ErrFull.
func (v *Vault) Put(content io.Reader) (Address, int64, error) {
	d, err := newDraft(v.root)
	if err != nil {
		return "", 0, fmt.Errorf("keep a document: %w", err)
	}
	address, size, err := v.seal(d, content)
	if err == nil {
		err = v.settle(d, address)
	} else {
		err = errors.Join(err, d.discard())
	}
	if err != nil {
		return "", 0, fmt.Errorf("keep a document: %w", err)
	}
	return address, size, nil
}

// seal writes the content encrypted, and hashes it on the way.
func (v *Vault) seal(d *draft, content io.Reader) (Address, int64, error) {
	sealed, err := age.Encrypt(d, v.to)
	if err != nil {
		return "", 0, full(err)
	}
	sum := v.keys.hash()
	size, err := io.Copy(sealed, io.TeeReader(content, sum))
	if err = errors.Join(err, sealed.Close()); err != nil {
		return "", 0, full(err)
	}
	return Address(hex.EncodeToString(sum.Sum(nil))), size, nil
}

// settle gives a sealed draft its place, unless the content has one already.
func (v *Vault) settle(d *draft, a Address) error {
	name := path(a)
	if _, err := v.root.Lstat(name); err == nil {
		return d.discard()
	}
	switch err := v.root.Mkdir(filepath.Dir(name), 0o700); {
	case err == nil:
		if err := syncFolder(v.root, objects); err != nil {
			return errors.Join(err, d.discard())
		}
	case !errors.Is(err, os.ErrExist):
		return errors.Join(full(err), d.discard())
	}
	return d.keepAs(name)
}

// Remove throws a file away for good. Removing what is not there is no error. The
// same content may be put by somebody else meanwhile: callers who count who needs
// it keep Put and Remove of one content apart.
func (v *Vault) Remove(a Address) error {
	if !a.valid() {
		return fmt.Errorf("remove document %q: %w", a, ErrNotFound)
	}
	err := v.root.Remove(path(a))
	if errors.Is(err, os.ErrNotExist) {
		return nil
	}
	if err == nil {
		err = syncFolder(v.root, filepath.Dir(path(a)))
	}
	if err != nil {
		return fmt.Errorf("remove document %s: %w", a, err)
	}
	return nil
}
