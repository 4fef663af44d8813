package sqlite

import (
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"strconv"

	"github.com/grupobizopps/salexops/crm"
	"github.com/grupobizopps/salexops/crm/importing"
	"github.com/grupobizopps/salexops/crm/table"
)

const (
	// portionRows and portionBytes bound what one transaction imports, and so
	// for how long other writes wait: a third of a second or so. The more rows share a
	// transaction, the fewer pages it writes for each of them.
	portionRows, portionBytes = 1_200, 2 << 20
)

// readRow is a row that was read, with the cells that it came from.
type readRow struct {
	importing.Row
	cells    []string
	problems []importing.Problem
}

// runImport imports what is left of a file. Reading and cleaning go on beside
// the writing, a little ahead of it.
func (db *DB) runImport(ctx context.Context, actor crm.Actor, found *importing.Import) error {
	file, err := os.Open(db.importFile(found.ID))
	if err != nil {
		return fmt.Errorf("open the file of an import: %w", err)
	}
	defer file.Close()
	owners, err := db.ownersByName(ctx)
	if err != nil {
		return err
	}
	found.Plan = found.Plan.With(db.fields.of(found.Kind))
	ctx, stop := context.WithCancel(ctx)
	portions := make(chan []readRow) // one is read while another is written
	failed := make(chan error, 1)
	go func() {
		defer close(portions)
		failed <- readPortions(ctx, found, file, portions)
	}()
	run := &importRun{db: db, actor: actor, found: found, owners: owners}
	err = db.withLargeCache(ctx, func() error { return run.write(ctx, portions) })
	stop()
	// The reader has the file until it says that it is done.
	for range portions {
	}
	return errors.Join(err, ignoreCanceled(<-failed))
}

// ignoreCanceled: the reader was told to stop, because the writer did.
func ignoreCanceled(err error) error {
	if errors.Is(err, context.Canceled) {
		return nil
	}
	return err
}

// readPortions reads the rows that are not done yet.
func readPortions(ctx context.Context, found *importing.Import, file io.ReadSeeker, to chan<- []readRow) error {
	rows, err := found.Layout.Read(file)
	if err != nil {
		return err
	}
	for range found.Done {
		if _, err := rows.Next(); err != nil {
			return fmt.Errorf("go to the next row of an import: %w", err)
		}
	}
	for {
		portion, err := readPortion(rows, &found.Plan)
		if err != nil && !errors.Is(err, io.EOF) {
			return err
		}
		if len(portion) > 0 {
			select {
			case to <- portion:
			case <-ctx.Done():
				return ctx.Err()
			}
		}
		if errors.Is(err, io.EOF) {
			return nil
		}
	}
}

// readPortion reads some rows; io.EOF comes with the last.
func readPortion(rows *table.Rows, plan *importing.Plan) ([]readRow, error) {
	portion, size := make([]readRow, 0, portionRows), 0
	for len(portion) < portionRows && size < portionBytes {
		row, err := rows.Next()
		if err != nil {
			return portion, err
		}
		for _, cell := range row.Cells {
			size += len(cell)
		}
		read, problems := plan.Read(row)
		portion = append(portion, readRow{read, row.Cells, problems})
	}
	return portion, nil
}

// ownersByName finds those who can look after records by e-mail and by name,
// folded.
func (db *DB) ownersByName(ctx context.Context) (map[string]int64, error) {
	users, err := db.Users(ctx)
	if err != nil {
		return nil, err
	}
	all := map[string]int64{}
	for _, u := range users {
		if u.DisabledAt.IsZero() {
			all[fold(u.Email)], all[fold(u.Name)] = u.ID, u.ID
		}
	}
	return all, nil
}

// Sizes of the writing connection's cache, in KiB, and of the log at which its
// pages move into the database, in pages: at rest, and while an import or its
// undo touches every index in a thousand places at once. Most of these places
// are touched again soon: a longer log saves moving them each time. It takes
// no more than a share of the room that there is.
const (
	smallCache, largeCache = 4_000, 10_000
	shortLog, longLog      = 1_000, 20_000
	logShare               = 8
	pageBytes              = 4 << 10
	// keptLog is the size in bytes that the log's file is cut to when it is at
	// rest, as openPool says.
	keptLog = 8 << 20
)

// withLargeCache does work on many records, and gives the memory back.
func (db *DB) withLargeCache(ctx context.Context, work func() error) error {
	free, err := db.room.spare()
	if err != nil {
		return err
	}
	log := int(max(shortLog, min(longLog, free/logShare/pageBytes)))
	if err := db.sizeCache(ctx, largeCache, log); err != nil {
		return err
	}
	err = work()
	if fault := db.sizeCache(context.WithoutCancel(ctx), smallCache, shortLog); fault != nil && !errors.Is(fault, errClosed) {
		err = errors.Join(err, fault)
	}
	return err
}

func (db *DB) sizeCache(ctx context.Context, kib, log int) error {
	return db.writer.do(ctx, essential, func(t *tx) error {
		sizes := map[string]int{"cache_size": -kib, "wal_autocheckpoint": log, "journal_size_limit": max(keptLog, log*pageBytes)}
		for name, size := range sizes {
			if _, err := t.w.conn.ExecContext(t.ctx, "PRAGMA "+name+" = "+strconv.Itoa(size)); err != nil {
				return fmt.Errorf("size the cache: %w", err)
			}
		}
		if kib == smallCache {
			if _, err := t.w.conn.ExecContext(t.ctx, "PRAGMA shrink_memory"); err != nil {
				return fmt.Errorf("give memory back: %w", err)
			}
		}
		return nil
	})
}
