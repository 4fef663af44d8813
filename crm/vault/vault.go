// Package vault keeps the bytes of documents on the documents volume:
// encrypted, under names that say nothing, whole or not at all
// (docs/contract.md 4 and 5).
//
// A file is found by the keyed hash of its content, so the same content is kept
// once and a name betrays nothing to whoever has the volume without the key.
// Files are encrypted with age to a key of the vault, which is kept beside them
// encrypted to the tenant's key: destroying the tenant's key makes every copy of
// the volume unreadable, and a new tenant's key means wrapping one file anew.
package vault

import (
	"crypto/hmac"
	"crypto/rand"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"hash"
	"io/fs"
	"os"
	"path/filepath"
	"strings"

	"filippo.io/age"
)

// Folders of a vault.
const (
	objects  = "objects"  // <2 hex digits>/<62 hex digits>: a whole file
	incoming = "incoming" // what is being written; never read
	keyring  = "keys.age" // the vault's own keys, encrypted to the tenant's key
)

// Errors of a vault.
var (
	// ErrNotFound: there is no file of that address.
	ErrNotFound = errors.New("the document's file is missing")
	// ErrChanged: what is on the volume is not what was written.
	ErrChanged = errors.New("the document's file was changed or is broken")
	// ErrKey: the tenant's key is not the one that the vault was locked with.
	ErrKey = errors.New("the documents were encrypted with another key")
	// ErrFull: the volume has no room for the file; nothing of it was kept.
	ErrFull = errors.New("the documents volume is full")
)

// Address is where a file is: the keyed SHA-256 of its content, 64 hex digits.
type Address string

func (a Address) valid() bool {
	raw, err := hex.DecodeString(string(a))
	return err == nil && len(raw) == sha256.Size && strings.ToLower(string(a)) == string(a)
}

// Vault is the documents volume of one tenant. It is safe for concurrent use.
type Vault struct {
	root     *os.Root
	keys     keys
	identity age.Identity
	to       age.Recipient
}

// keys are the vault's own. They stay the same when the tenant's key changes.
type keys struct {
	files   string // an age identity (X25519)
	content []byte // of the hash that names files
}

// Open opens the vault in a folder, or makes it, with the tenant's key, an age
// identity as it is in the key file. What was half written when the process
// ended is thrown away. Errors: ErrKey; ErrChanged when the vault's own keys are
// broken, or missing although there are documents.
func Open(folder, tenantKey string) (*Vault, error) {
	tenant, err := age.ParseX25519Identity(strings.TrimSpace(tenantKey))
	if err != nil {
		return nil, errors.New("open documents: the key of the documents is not an age identity (AGE-SECRET-KEY-1…)") // the error may repeat the key
	}
	root, err := os.OpenRoot(folder)
	if err != nil {
		return nil, fmt.Errorf("open documents: %w", err)
	}
	v, err := open(root, tenant)
	if err != nil {
		return nil, errors.Join(fmt.Errorf("open documents: %w", err), root.Close())
	}
	return v, nil
}

func open(root *os.Root, tenant *age.X25519Identity) (*Vault, error) {
	if err := root.RemoveAll(incoming); err != nil {
		return nil, err
	}
	for _, name := range []string{objects, incoming} {
		if err := root.Mkdir(name, 0o700); err != nil && !errors.Is(err, os.ErrExist) {
			return nil, err
		}
	}
	v := &Vault{root: root}
	var err error
	v.keys, err = readKeys(root, tenant)
	if errors.Is(err, os.ErrNotExist) {
		v.keys, err = begin(root, tenant.Recipient())
	}
	if err != nil {
		return nil, err
	}
	own, err := age.ParseX25519Identity(v.keys.files)
	if err != nil {
		return nil, fmt.Errorf("%s: %w", keyring, ErrChanged)
	}
	v.identity, v.to = own, own.Recipient()
	return v, nil
}

// begin makes the keys of an empty vault. New keys would open nothing of a vault
// that has lost its own, and hide that it has.
func begin(root *os.Root, tenant age.Recipient) (keys, error) {
	kept, err := fs.ReadDir(root.FS(), objects)
	if err != nil {
		return keys{}, err
	}
	if len(kept) > 0 {
		return keys{}, fmt.Errorf("%s is missing, without which no document can be read: %w", keyring, ErrChanged)
	}
	made, err := newKeys()
	if err != nil {
		return keys{}, err
	}
	return made, writeKeys(root, made, tenant)
}

// Close gives the folder back. No method may be called afterwards.
func (v *Vault) Close() error { return v.root.Close() }

// Rewrap locks the vault's keys with another tenant's key. Files stay as they
// are; the former key opens nothing of the volume any more, only copies of it
// from before.
func (v *Vault) Rewrap(tenantKey string) error {
	tenant, err := age.ParseX25519Identity(strings.TrimSpace(tenantKey))
	if err != nil {
		return errors.New("change the key of the documents: the new one is not an age identity (AGE-SECRET-KEY-1…)")
	}
	if err := writeKeys(v.root, v.keys, tenant.Recipient()); err != nil {
		return fmt.Errorf("change the key of the documents: %w", err)
	}
	return nil
}

func newKeys() (keys, error) {
	own, err := age.GenerateX25519Identity()
	if err != nil {
		return keys{}, err
	}
	content := make([]byte, sha256.Size)
	_, _ = rand.Read(content) // never fails
	return keys{own.String(), content}, nil
}

func (k keys) hash() hash.Hash { return hmac.New(sha256.New, k.content) }

// path is where the file of an address is.
func path(a Address) string { return filepath.Join(objects, string(a[:2]), string(a[2:])) }
