package serve

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"time"

	"github.com/grupobizopps/salexops/crm/archive"
	"github.com/grupobizopps/salexops/crm/sqlite"
)

// Exported is what Export wrote.
type Exported struct {
	Manifest archive.Manifest
	Bytes    int64
	SHA256   string // of the whole archive, in hexadecimal digits
}

// Export writes everything on a records volume that no process uses into one
// ZIP. The file is there as a whole or not at all. Errors: *InUseError,
// *sqlite.NewerError, or what went wrong.
func Export(ctx context.Context, records, to string, head archive.Manifest) (Exported, error) {
	lock, err := AcquireLock(records)
	if err != nil {
		return Exported{}, err
	}
	done, err := exportTo(ctx, filepath.Join(records, databaseFile), to, head)
	return done, errors.Join(err, lock.Release())
}

func exportTo(ctx context.Context, database, to string, head archive.Manifest) (done Exported, err error) {
	file, err := os.CreateTemp(filepath.Dir(to), filepath.Base(to)+".*.tmp")
	if err != nil {
		return done, fmt.Errorf("create the archive: %w", err)
	}
	digest := sha256.New()
	done.Manifest, err = sqlite.ExportFile(ctx, database, io.MultiWriter(file, digest), time.Now, head)
	if err == nil {
		err = file.Sync()
	}
	if size, seeking := file.Seek(0, io.SeekEnd); seeking == nil {
		done.Bytes = size
	}
	err = errors.Join(err, file.Close())
	if err == nil {
		err = os.Rename(file.Name(), to)
	}
	if err != nil {
		return Exported{}, errors.Join(fmt.Errorf("write the archive %s: %w", to, err), os.Remove(file.Name()))
	}
	done.SHA256 = hex.EncodeToString(digest.Sum(nil))
	return done, syncFolder(filepath.Dir(to))
}
