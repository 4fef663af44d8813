package vault

import (
	"context"
	"crypto/hmac"
	"encoding/hex"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"iter"
	"strings"
)

// All lists the addresses of all files, in their order. A name that is no
// address is given as it is; its file can't be read.
func (v *Vault) All() iter.Seq2[Address, error] {
	return func(yield func(Address, error) bool) {
		err := fs.WalkDir(v.root.FS(), objects, func(name string, entry fs.DirEntry, err error) error {
			if err != nil || entry.IsDir() {
				return err
			}
			short := strings.TrimPrefix(name, objects+"/")
			if !yield(Address(strings.ReplaceAll(short, "/", "")), nil) {
				return fs.SkipAll
			}
			return nil
		})
		if err != nil {
			yield("", fmt.Errorf("list documents: %w", err))
		}
	}
}

// Verify reads a whole file and compares it with its address. Errors:
// ErrNotFound, ErrChanged.
func (v *Vault) Verify(ctx context.Context, a Address) (err error) {
	file, err := v.Get(a)
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, file.Close()) }()
	sum := v.keys.hash()
	if _, err := io.Copy(sum, &interrupted{ctx, file}); err != nil {
		return fmt.Errorf("verify document %s: %w", a, err)
	}
	if wanted, _ := hex.DecodeString(string(a)); !hmac.Equal(sum.Sum(nil), wanted) {
		return fmt.Errorf("verify document %s: %w", a, ErrChanged)
	}
	return nil
}

// interrupted ends a long reading with its context.
type interrupted struct {
	ctx  context.Context //nolint:containedctx // of one reading
	from io.Reader
}

func (r *interrupted) Read(p []byte) (int, error) {
	if err := r.ctx.Err(); err != nil {
		return 0, err
	}
	return r.from.Read(p) //nolint:wrapcheck // readers compare io.EOF
}
