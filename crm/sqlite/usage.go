package sqlite

import (
	"context"
	"fmt"
	"sync"

	"github.com/grupobizopps/salexops/crm"
)

// usageCache keeps the last count until something is written.
type usageCache struct {
	mutex  sync.Mutex
	at     int64 // commits then, plus one; 0: never counted
	counts crm.Usage
}

const selectUsage = `SELECT
	(SELECT count(*) FROM contact WHERE deleted_at IS NULL),
	(SELECT count(*) FROM company WHERE deleted_at IS NULL),
	(` + countSeats + `)`

// Usage counts what is stored. The counts are walks of an index, so they are
// kept until the next write; the size is always the present one.
func (db *DB) Usage(ctx context.Context) (crm.Usage, error) {
	db.usage.mutex.Lock()
	defer db.usage.mutex.Unlock()
	if at := db.writer.commits.Load() + 1; db.usage.at != at {
		u := &db.usage.counts
		if err := db.queries.queryRow(ctx, selectUsage).Scan(&u.Contacts, &u.Companies, &u.Users); err != nil {
			db.usage.at = 0
			return crm.Usage{}, fmt.Errorf("count usage: %w", err)
		}
		db.usage.at = at
	}
	usage := db.usage.counts
	usage.RecordsBytes = db.Size()
	return usage, nil
}

// Size is what the database occupies on its volume, in bytes, with its log.
func (db *DB) Size() int64 {
	return fileSize(db.path) + fileSize(db.path+"-wal") + fileSize(db.path+"-shm")
}

// Stats are counts since the database was opened.
type Stats struct {
	Commits int64 // transactions, each synced to disk
	Writes  int64 // writes acknowledged: several share a commit
	Failed  int64 // writes refused or failed
}

// Stats tells how much was written.
func (db *DB) Stats() Stats {
	return Stats{Commits: db.writer.commits.Load(), Writes: db.writer.writes.Load(), Failed: db.writer.failed.Load()}
}
