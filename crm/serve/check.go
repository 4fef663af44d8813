package serve

import (
	"context"
	"errors"
	"path/filepath"

	"github.com/grupobizopps/salexops/crm/sqlite"
)

// Check looks through the database on a records volume that no process uses.
// Errors: *InUseError, or what is wrong with the database.
func Check(ctx context.Context, records string) error {
	lock, err := AcquireLock(records)
	if err != nil {
		return err
	}
	return errors.Join(sqlite.Check(ctx, filepath.Join(records, databaseFile)), lock.Release())
}
