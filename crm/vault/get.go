package vault

import (
	"errors"
	"fmt"
	"io"
	"os"

	"filippo.io/age"
)

// File is a content that is read, from anywhere in it: only the parts that are
// read are decrypted.
type File struct {
	*io.SectionReader
	sealed *os.File
}

// Close gives the file back.
func (f *File) Close() error { return f.sealed.Close() }

// Get opens a file. Errors: ErrNotFound, ErrChanged; reading gives ErrChanged
// where the volume does not hold what was written.
func (v *Vault) Get(a Address) (*File, error) {
	if !a.valid() {
		return nil, fmt.Errorf("read document %q: %w", a, ErrNotFound)
	}
	sealed, err := v.root.Open(path(a))
	if errors.Is(err, os.ErrNotExist) {
		return nil, fmt.Errorf("read document %s: %w", a, ErrNotFound)
	}
	if err != nil {
		return nil, fmt.Errorf("read document %s: %w", a, err)
	}
	file, err := v.unseal(sealed)
	if err != nil {
		return nil, errors.Join(fmt.Errorf("read document %s: %w", a, err), sealed.Close())
	}
	return file, nil
}

func (v *Vault) unseal(sealed *os.File) (*File, error) {
	info, err := sealed.Stat()
	if err != nil {
		return nil, err
	}
	plain, size, err := age.DecryptReaderAt(sealed, info.Size(), v.identity)
	if err != nil {
		return nil, errors.Join(ErrChanged, err)
	}
	return &File{io.NewSectionReader(&window{of: checked{plain}}, 0, size), sealed}, nil
}

// checked says of a part that can't be decrypted that it was changed.
type checked struct{ io.ReaderAt }

func (c checked) ReadAt(p []byte, at int64) (int, error) {
	n, err := c.ReaderAt.ReadAt(p, at)
	var ofSystem *os.PathError
	if err != nil && !errors.Is(err, io.EOF) && !errors.As(err, &ofSystem) {
		err = errors.Join(ErrChanged, err)
	}
	return n, err //nolint:wrapcheck // readers compare io.EOF
}
