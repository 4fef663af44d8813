package sqlite

import (
	"context"
	"crypto/rand"
	"crypto/subtle"
	"encoding/base64"
	"errors"
	"fmt"
	"runtime/debug"
	"sync/atomic"

	"golang.org/x/crypto/argon2"
)

// Cost of a password hash, OWASP's minimum for argon2id: 19 MiB and two
// passes, about 30 ms. Two at a time need 38 MiB of the pod's 192.
const (
	hashMemoryKiB = 19 * 1024
	hashPasses    = 2
	hashLanes     = 1
	hashBytes     = 32
	saltBytes     = 16
	hashesAtOnce  = 2
	mostMemoryKiB = 64 * 1024 // what a stored hash may ask for
	mostPasses    = 10
	phcFormat     = "$argon2id$v=%d$m=%d,t=%d,p=%d$%s$%s"
)

// hasher computes and checks password hashes, few at a time.
type hasher struct {
	places  chan struct{}
	running atomic.Int32
}

func newHasher() *hasher { return &hasher{places: make(chan struct{}, hashesAtOnce)} }

// hash makes the text that is stored for a password: the PHC string format,
// which carries the salt and the cost.
func (h *hasher) hash(ctx context.Context, password string) (string, error) {
	salt := make([]byte, saltBytes)
	_, _ = rand.Read(salt) // never fails: crypto/rand.Read
	key, err := h.derive(ctx, password, salt, cost{hashMemoryKiB, hashPasses, hashLanes})
	if err != nil {
		return "", err
	}
	encode := base64.RawStdEncoding.EncodeToString
	return fmt.Sprintf(phcFormat, argon2.Version, hashMemoryKiB, hashPasses, hashLanes, encode(salt), encode(key)), nil
}

// matches says whether the password is the one that was hashed. An empty
// stored hash matches nothing and costs as much as any other, so that an
// unknown login cannot be told from a wrong password by its time.
func (h *hasher) matches(ctx context.Context, stored, password string) (bool, error) {
	if stored == "" {
		_, err := h.derive(ctx, password, make([]byte, saltBytes), cost{hashMemoryKiB, hashPasses, hashLanes})
		return false, err
	}
	cost, salt, want, err := parseHash(stored)
	if err != nil {
		return false, err
	}
	got, err := h.derive(ctx, password, salt, cost)
	return err == nil && subtle.ConstantTimeCompare(got, want) == 1, err
}

type cost struct {
	memory, passes uint32
	lanes          uint8
}

// derive waits for a place and computes. The memory is returned to the system
// when the last hash that runs is done: an instance at rest stays small.
func (h *hasher) derive(ctx context.Context, password string, salt []byte, c cost) ([]byte, error) {
	select {
	case h.places <- struct{}{}:
	case <-ctx.Done():
		return nil, ctx.Err()
	}
	h.running.Add(1)
	key := argon2.IDKey([]byte(password), salt, c.passes, c.memory, c.lanes, hashBytes)
	last := h.running.Add(-1) == 0
	<-h.places
	if last {
		go debug.FreeOSMemory()
	}
	return key, nil
}

var errBadHash = errors.New("stored password hash cannot be read")

func parseHash(stored string) (c cost, salt, key []byte, err error) {
	var version int
	var tail string
	if _, err := fmt.Sscanf(stored, "$argon2id$v=%d$m=%d,t=%d,p=%d$%s", &version, &c.memory, &c.passes, &c.lanes, &tail); err != nil {
		return c, nil, nil, errBadHash
	}
	if version != argon2.Version || c.memory > mostMemoryKiB || c.passes == 0 || c.passes > mostPasses || c.lanes == 0 {
		return c, nil, nil, errBadHash
	}
	for i := range len(tail) {
		if tail[i] != '$' {
			continue
		}
		salt, err = base64.RawStdEncoding.DecodeString(tail[:i])
		if err != nil {
			break
		}
		key, err = base64.RawStdEncoding.DecodeString(tail[i+1:])
		break
	}
	if err != nil || len(salt) == 0 || len(key) != hashBytes {
		return c, nil, nil, errBadHash
	}
	return c, salt, key, nil
}
