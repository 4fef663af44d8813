package sqlite

import (
	"context"
	"fmt"
)

// Shrink forgets the pages of the database that are kept in memory and gives
// their room back to the system. SQLite keeps one cache for all connections, so
// asking one of them is enough.
func (db *DB) Shrink(ctx context.Context) error {
	if _, err := db.readers.ExecContext(ctx, "PRAGMA shrink_memory"); err != nil {
		return fmt.Errorf("shrink the database's memory: %w", err)
	}
	return nil
}
