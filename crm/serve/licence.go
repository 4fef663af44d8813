package serve

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"log/slog"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"sync/atomic"
	"time"

	"github.com/grupobizopps/salexops/crm"
	"github.com/grupobizopps/salexops/license"
)

// Names of the files that a licence is read from (docs/design.md).
const (
	licenceFile     = "licence.jws"
	trustedKeysFile = "trusted-keys.json"
)

// licences keeps the licence in force. It starts with the newer of two: the
// one mounted with the pod and the newest one that was ever accepted, which is
// kept on the records volume; so that an instance that starts alone never goes
// back to an older one.
type licences struct {
	mounted string // folder of the mounted licence and the trusted keys
	stored  string // path of the newest accepted one
	tenant  string
	now     func() time.Time

	accepting sync.Mutex
	inForce   atomic.Pointer[license.Licence]
	rights    atomic.Pointer[crm.Rights] // as granted, whatever the time
}

// load looks at both licences. What cannot be used is logged and passed over:
// the instance then says that its licence is missing or runs with the other.
func (l *licences) load(ctx context.Context, logger *slog.Logger) {
	for _, path := range []string{l.stored, filepath.Join(l.mounted, licenceFile)} {
		text, err := os.ReadFile(path) //nolint:gosec // the folders are the operator's flags
		if errors.Is(err, fs.ErrNotExist) {
			continue
		}
		if err == nil {
			err = l.Accept(ctx, text)
		}
		if errors.Is(err, license.ErrStaleSerial) {
			continue // the other one is newer
		}
		if err != nil {
			logger.WarnContext(ctx, "a licence was not accepted", "file", path, "error", err)
		}
	}
	if problem := l.Rights().Problem; problem != "" {
		logger.WarnContext(ctx, "no licence holds: pages only say so until one comes", "problem", problem)
	}
}

// Accept takes a licence into force when it is authentic, this tenant's and
// newer than the one in force; the same one again changes nothing. It is kept
// on the volume before it counts. On every error the one before stays in
// force. Errors: those of package license, or what kept it from being stored.
func (l *licences) Accept(_ context.Context, text []byte) error {
	l.accepting.Lock()
	defer l.accepting.Unlock()
	keys, err := l.trustedKeys()
	if err != nil {
		return err
	}
	before := l.inForce.Load()
	verifier := &license.Verifier{Keys: keys, Issuer: license.DefaultIssuer, Tenant: l.tenant}
	if before != nil {
		verifier.MinSerial = before.Claims.Serial
	}
	offered, err := verifier.Verify(strings.TrimSpace(string(text)))
	if err != nil {
		return err
	}
	replaces, err := offered.Succeeds(before)
	if err != nil || !replaces {
		return err
	}
	if err := l.keep(offered.Token); err != nil {
		return err
	}
	l.rights.Store(rightsOf(&offered.Claims))
	l.inForce.Store(offered)
	return nil
}

// trustedKeys reads the keys anew each time: the Secret is replaced when keys
// rotate.
func (l *licences) trustedKeys() (*license.TrustedKeys, error) {
	text, err := os.ReadFile(filepath.Join(l.mounted, trustedKeysFile))
	if err != nil {
		return nil, fmt.Errorf("read the trusted keys: %w", err)
	}
	keys, err := license.ParseTrustedKeys(text)
	if err != nil {
		return nil, fmt.Errorf("read the trusted keys: %w", err)
	}
	return keys, nil
}

// keep stores the licence on the volume, unless it is what is there.
func (l *licences) keep(token string) error {
	if known, err := os.ReadFile(l.stored); err == nil && string(known) == token {
		return nil
	}
	if err := writeDurably(l.stored, []byte(token)); err != nil {
		return fmt.Errorf("keep the licence: %w", err)
	}
	return nil
}

// Rights are what the licence grants now.
func (l *licences) Rights() crm.Rights {
	granted := l.rights.Load()
	if granted == nil {
		return crm.Rights{Problem: problemMissing}
	}
	rights := *granted
	rights.Problem = string(l.inForce.Load().Claims.ProblemAt(l.now()))
	rights.Valid = rights.Problem == ""
	return rights
}

// serialAndKey tell which licence is in force, for the report.
func (l *licences) serialAndKey() (serial int64, key string) {
	if current := l.inForce.Load(); current != nil {
		return current.Claims.Serial, current.KeyID
	}
	return 0, ""
}
