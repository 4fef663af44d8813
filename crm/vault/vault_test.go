package vault_test

import (
	"bytes"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"io"
	"io/fs"
	"math/rand/v2"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"testing"
	"testing/iotest"

	"filippo.io/age"

	"github.com/grupobizopps/salexops/crm/vault"
)

func newKey(t *testing.T) string {
	t.Helper()
	identity, err := age.GenerateX25519Identity()
	if err != nil {
		t.Fatal(err)
	}
	return identity.String()
}

func open(t *testing.T, folder, key string) *vault.Vault {
	t.Helper()
	v, err := vault.Open(folder, key)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = v.Close() })
	return v
}

func put(t *testing.T, v *vault.Vault, content []byte) vault.Address {
	t.Helper()
	a, size, err := v.Put(bytes.NewReader(content))
	if err != nil || size != int64(len(content)) {
		t.Fatalf("Put of %d bytes says %d, %v", len(content), size, err)
	}
	return a
}

func get(t *testing.T, v *vault.Vault, a vault.Address) []byte {
	t.Helper()
	file, err := v.Get(a)
	if err != nil {
		t.Fatal(err)
	}
	content, err := io.ReadAll(file)
	if err = errors.Join(err, file.Close()); err != nil {
		t.Fatal(err)
	}
	return content
}

// noise is reproducible content.
func noise(seed uint64, size int) []byte {
	dice := rand.New(rand.NewPCG(seed, 1))
	content := make([]byte, size)
	for i := range content {
		content[i] = byte(dice.Uint32())
	}
	return content
}

// files are the paths of all files of a folder.
func files(t *testing.T, folder string) (all []string) {
	t.Helper()
	err := filepath.WalkDir(folder, func(path string, entry fs.DirEntry, err error) error {
		if err == nil && !entry.IsDir() {
			all = append(all, path)
		}
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	return all
}

func TestKeepsWhatItWasGiven(t *testing.T) {
	folder, key := t.TempDir(), newKey(t)
	v := open(t, folder, key)
	kept := map[vault.Address][]byte{}
	for i, size := range []int{0, 1, 1000, 64<<10 - 1, 64 << 10, 64<<10 + 1, 1 << 20} {
		content := noise(uint64(i), size)
		kept[put(t, v, content)] = content
	}
	if err := v.Close(); err != nil {
		t.Fatal(err)
	}
	v = open(t, folder, key)
	for a, content := range kept {
		if !bytes.Equal(get(t, v, a), content) {
			t.Errorf("%d bytes came back changed", len(content))
		}
		if err := v.Verify(t.Context(), a); err != nil {
			t.Error(err)
		}
	}
	listed := 0
	for a, err := range v.All() {
		if _, ok := kept[a]; err != nil || !ok {
			t.Errorf("listed: %s, %v", a, err)
		}
		listed++
	}
	if listed != len(kept) {
		t.Errorf("%d are listed, want %d", listed, len(kept))
	}
}

func TestReadsFromAnywhere(t *testing.T) {
	v := open(t, t.TempDir(), newKey(t))
	content := noise(1, 600_000)
	file, err := v.Get(put(t, v, content))
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = file.Close() }()
	if err := iotest.TestReader(file, content); err != nil {
		t.Error(err)
	}
	part := make([]byte, 1000)
	if _, err := file.ReadAt(part, 261_700); err != nil || !bytes.Equal(part, content[261_700:262_700]) {
		t.Errorf("a part in the middle came back changed, %v", err)
	}
}

func TestTheSameContentIsKeptOnce(t *testing.T) {
	folder := t.TempDir()
	v := open(t, folder, newKey(t))
	first := put(t, v, []byte("cotización"))
	before := len(files(t, folder))
	if again := put(t, v, []byte("cotización")); again != first || len(files(t, folder)) != before {
		t.Errorf("kept again as %s, %d files, want %s and %d", again, len(files(t, folder)), first, before)
	}
	if err := v.Remove(first); err != nil {
		t.Fatal(err)
	}
	if err := v.Remove(first); err != nil {
		t.Errorf("removing it again: %v", err)
	}
	if _, err := v.Get(first); !errors.Is(err, vault.ErrNotFound) {
		t.Errorf("after removing it: %v, want %v", err, vault.ErrNotFound)
	}
}

// Whoever has the volume alone learns neither contents nor whether a content
// they know is there.
func TestTheVolumeBetraysNothing(t *testing.T) {
	folder := t.TempDir()
	v := open(t, folder, newKey(t))
	content := []byte(strings.Repeat("precio secreto ", 100))
	put(t, v, content)
	sum := sha256.Sum256(content)
	for _, path := range files(t, folder) {
		raw, err := os.ReadFile(path)
		if err != nil {
			t.Fatal(err)
		}
		if bytes.Contains(raw, []byte("precio secreto")) || strings.Contains(strings.ReplaceAll(path, "/", ""), hex.EncodeToString(sum[:])[2:]) {
			t.Errorf("%s betrays the content", path)
		}
	}
}

// A copy of the volume is worth nothing without the tenant's key.
func TestAnotherKeyOpensNothing(t *testing.T) {
	folder, key, next := t.TempDir(), newKey(t), newKey(t)
	v := open(t, folder, key)
	a := put(t, v, []byte("contrato"))
	if _, err := vault.Open(folder, next); !errors.Is(err, vault.ErrKey) {
		t.Errorf("another key: %v, want %v", err, vault.ErrKey)
	}
	if err := v.Rewrap(next); err != nil {
		t.Fatal(err)
	}
	if string(get(t, v, a)) != "contrato" {
		t.Error("after the change of the key the open vault reads another content")
	}
	if _, err := vault.Open(folder, key); !errors.Is(err, vault.ErrKey) {
		t.Errorf("the former key: %v, want %v", err, vault.ErrKey)
	}
	if v = open(t, folder, next); string(get(t, v, a)) != "contrato" {
		t.Error("the new key reads another content")
	}
	if again := put(t, v, []byte("contrato")); again != a {
		t.Errorf("after the change of the key the same content is at %s, want %s", again, a)
	}
}

// New keys would make what is kept unreadable for good, in silence.
func TestLostKeysAreNotReplaced(t *testing.T) {
	folder, key := t.TempDir(), newKey(t)
	v := open(t, folder, key)
	put(t, v, []byte("contrato"))
	ring := filepath.Join(folder, "keys.age")
	if err := os.Remove(ring); err != nil {
		t.Fatal(err)
	}
	if _, err := vault.Open(folder, key); !errors.Is(err, vault.ErrChanged) || !strings.Contains(err.Error(), "keys.age") {
		t.Errorf("got %v, want %v with the name of what is missing", err, vault.ErrChanged)
	}
	if _, err := os.Lstat(ring); !errors.Is(err, fs.ErrNotExist) {
		t.Errorf("there are new keys: %v", err)
	}
}

func TestAKeyThatIsNoneIsNotRepeated(t *testing.T) {
	_, err := vault.Open(t.TempDir(), "AGE-SECRET-KEY-1BROKEN")
	if err == nil || strings.Contains(err.Error(), "BROKEN") {
		t.Errorf("got %v, want an error without the key in it", err)
	}
}

func TestWhatIsNotWholeIsNotThere(t *testing.T) {
	folder, key := t.TempDir(), newKey(t)
	v := open(t, folder, key)
	before := len(files(t, folder))
	cut := errors.New("the connection broke")
	if _, _, err := v.Put(io.MultiReader(bytes.NewReader(noise(1, 200_000)), iotest.ErrReader(cut))); !errors.Is(err, cut) {
		t.Errorf("got %v, want %v", err, cut)
	}
	if left := len(files(t, folder)); left != before {
		t.Errorf("%d files are left of what broke off", left-before)
	}
	// The process ended while something was written.
	if err := os.WriteFile(filepath.Join(folder, "incoming", "half"), []byte("half"), 0o600); err != nil {
		t.Fatal(err)
	}
	open(t, folder, key)
	if left := len(files(t, folder)); left != before {
		t.Errorf("%d files are left of what was half written", left-before)
	}
}

func TestChangesAreNoticed(t *testing.T) {
	folder := t.TempDir()
	v := open(t, folder, newKey(t))
	content := noise(1, 200_000)
	a, other := put(t, v, content), put(t, v, []byte("otro"))
	place := func(a vault.Address) string { return filepath.Join(folder, "objects", string(a[:2]), string(a[2:])) }
	whole, err := os.ReadFile(place(a))
	if err != nil {
		t.Fatal(err)
	}
	foreign, err := os.ReadFile(place(other))
	if err != nil {
		t.Fatal(err)
	}
	flipped := bytes.Clone(whole)
	flipped[150_000] ^= 1
	for what, bad := range map[string][]byte{
		"a changed bit": flipped, "a cut end": whole[:150_000], "nothing": nil, "a broken head": whole[10:], "another document": foreign,
	} {
		if err := os.WriteFile(place(a), bad, 0o600); err != nil {
			t.Fatal(err)
		}
		if err := v.Verify(t.Context(), a); !errors.Is(err, vault.ErrChanged) {
			t.Errorf("%s: %v, want %v", what, err, vault.ErrChanged)
		}
	}
	for _, wrong := range []vault.Address{"", "..", "../keys.age", vault.Address(strings.ToUpper(string(a))), a[:10], a + "00"} {
		if _, err := v.Get(wrong); !errors.Is(err, vault.ErrNotFound) {
			t.Errorf("Get(%q): %v, want %v", wrong, err, vault.ErrNotFound)
		}
		if err := v.Remove(wrong); !errors.Is(err, vault.ErrNotFound) {
			t.Errorf("Remove(%q): %v, want %v", wrong, err, vault.ErrNotFound)
		}
	}
}

func TestManyAtOnce(t *testing.T) {
	v := open(t, t.TempDir(), newKey(t))
	const writers, each = 8, 20
	var all sync.WaitGroup
	for w := range writers {
		all.Go(func() {
			for i := range each {
				content := noise(uint64((w%2)*each+i), 5000) // half of the writers write what another one does
				a, _, err := v.Put(bytes.NewReader(content))
				if err != nil {
					t.Error(err)
					return
				}
				if err := v.Verify(t.Context(), a); err != nil {
					t.Error(err)
				}
			}
		})
	}
	all.Wait()
	kept := 0
	for _, err := range v.All() {
		if err != nil {
			t.Error(err)
		}
		kept++
	}
	if kept != 2*each {
		t.Errorf("%d files are kept, want %d", kept, 2*each)
	}
}
