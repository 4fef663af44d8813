package vault

import (
	"bytes"
	"encoding/hex"
	"errors"
	"fmt"
	"io"
	"os"
	"strings"

	"filippo.io/age"
)

// readKeys reads the vault's own keys: two lines, the identity that files are
// encrypted to and the key of their names in hex. Errors: ErrKey, ErrChanged,
// os.ErrNotExist.
func readKeys(root *os.Root, tenant age.Identity) (keys, error) {
	file, err := root.Open(keyring)
	if err != nil {
		return keys{}, err
	}
	defer file.Close()
	plain, err := age.Decrypt(file, tenant)
	var other *age.NoIdentityMatchError
	switch {
	case errors.As(err, &other):
		return keys{}, ErrKey
	case err != nil:
		return keys{}, fmt.Errorf("%s: %w", keyring, ErrChanged)
	}
	text, err := io.ReadAll(io.LimitReader(plain, 1<<10))
	if err != nil {
		return keys{}, fmt.Errorf("%s: %w", keyring, ErrChanged)
	}
	identity, name, _ := strings.Cut(strings.TrimSpace(string(text)), "\n")
	content, err := hex.DecodeString(name)
	if err != nil || len(content) == 0 {
		return keys{}, fmt.Errorf("%s: %w", keyring, ErrChanged)
	}
	return keys{identity, content}, nil
}

// writeKeys replaces the vault's keys as a whole.
func writeKeys(root *os.Root, k keys, to age.Recipient) error {
	var sealed bytes.Buffer
	w, err := age.Encrypt(&sealed, to)
	if err != nil {
		return err
	}
	_, err = fmt.Fprintf(w, "%s\n%s\n", k.files, hex.EncodeToString(k.content))
	if err = errors.Join(err, w.Close()); err != nil {
		return err
	}
	draft, err := newDraft(root)
	if err != nil {
		return err
	}
	if _, err = draft.Write(sealed.Bytes()); err != nil {
		return errors.Join(err, draft.discard())
	}
	return draft.keepAs(keyring)
}
