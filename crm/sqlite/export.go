package sqlite

import (
	"context"
	"database/sql"
	_ "embed"
	"errors"
	"fmt"
	"io"
	"os"
	"time"

	"github.com/grupobizopps/salexops/crm"
	"github.com/grupobizopps/salexops/crm/archive"
)

const verbExport = "export"

// exportReadme explains an archive to whoever unpacks it.
//
//go:embed export_readme.txt
var exportReadme string

// Export writes everything that is stored, read in one transaction: rows that
// change meanwhile are written as they were. It is recorded before it begins,
// unless the volume has no room even for that.
func (db *DB) Export(ctx context.Context, w io.Writer, version string) error {
	actor, err := mayOwn(ctx)
	if err != nil {
		return err
	}
	err = db.writer.do(ctx, essential, func(t *tx) error {
		_, err := t.log(entry{verb: verbExport, kind: crm.KindAccount, actor: actor, at: db.stamp()})
		return err
	})
	if errors.Is(err, crm.ErrVolumeFull) {
		db.log.WarnContext(ctx, "an export is not recorded: the volume is full", "user", actor.User.ID)
	} else if err != nil {
		return fmt.Errorf("export: %w", err)
	}
	conn, err := db.readers.Conn(ctx)
	if err != nil {
		return fmt.Errorf("export: %w", err)
	}
	rights := db.rights()
	_, err = writeExport(ctx, conn, w, db.now, archive.Manifest{
		Tenant: rights.Tenant, Company: rights.Name, CreatedBy: actor.User.Email, Version: version,
	})
	if err = errors.Join(err, conn.Close()); err != nil {
		return fmt.Errorf("export: %w", err)
	}
	return nil
}

// ExportFile writes everything that is stored in a database file that nobody
// has open, for `crm export`. It changes nothing and does not migrate.
func ExportFile(ctx context.Context, path string, w io.Writer, now func() time.Time, head archive.Manifest) (archive.Manifest, error) {
	if _, err := os.Stat(path); err != nil {
		return archive.Manifest{}, fmt.Errorf("export: %w", err)
	}
	pool, err := sql.Open("sqlite", dsn(path, map[string][]string{"_pragma": {"busy_timeout(5000)", "query_only(1)", "cache_size(-2000)"}}))
	if err != nil {
		return archive.Manifest{}, fmt.Errorf("export: %w", err)
	}
	pool.SetMaxOpenConns(1)
	m, err := exportPool(ctx, pool, w, now, head)
	if err = errors.Join(err, pool.Close()); err != nil {
		return archive.Manifest{}, fmt.Errorf("export %s: %w", path, err)
	}
	return m, nil
}

func exportPool(ctx context.Context, pool *sql.DB, w io.Writer, now func() time.Time, head archive.Manifest) (archive.Manifest, error) {
	stored, err := storedVersion(ctx, pool)
	if err != nil {
		return archive.Manifest{}, fmt.Errorf("read schema version: %w", err)
	}
	if newest := SchemaVersion(); stored > newest {
		return archive.Manifest{}, &NewerError{Database: stored, Binary: newest}
	}
	if stored == 0 {
		return archive.Manifest{}, errors.New("the file is not a database of the CRM: it has no schema version")
	}
	conn, err := pool.Conn(ctx)
	if err != nil {
		return archive.Manifest{}, err
	}
	m, err := writeExport(ctx, conn, w, now, head)
	return m, errors.Join(err, conn.Close())
}

// writeExport writes the archive from one snapshot of the database: a read
// transaction sees nothing of what is committed after its first look.
func writeExport(ctx context.Context, conn *sql.Conn, w io.Writer, now func() time.Time, head archive.Manifest) (m archive.Manifest, err error) {
	if _, err := conn.ExecContext(ctx, "BEGIN"); err != nil {
		return m, fmt.Errorf("begin the snapshot: %w", err)
	}
	defer func() {
		_, ending := conn.ExecContext(context.WithoutCancel(ctx), "ROLLBACK")
		err = errors.Join(err, ending)
	}()
	if err := conn.QueryRowContext(ctx, "SELECT max(version_id) FROM goose_db_version").Scan(&head.SchemaVersion); err != nil {
		return m, fmt.Errorf("read schema version: %w", err)
	}
	head.StartedAt = now()
	out := archive.New(w, head)
	if err := out.Text("README.txt", exportReadme); err != nil {
		return m, err
	}
	for _, e := range exports {
		if err := exportTable(ctx, conn, out, e); err != nil {
			return m, err
		}
	}
	return out.Close(now())
}

func exportTable(ctx context.Context, conn *sql.Conn, out *archive.Writer, e exported) error {
	columns, query, err := columnsOf(ctx, conn, e)
	if err != nil || len(columns) == 0 {
		return err
	}
	values, targets := make([]any, len(columns)), make([]any, len(columns))
	for i := range values {
		targets[i] = &values[i]
	}
	return out.Table(e.name, columns, func(each func([]any) error) error {
		rows, err := conn.QueryContext(ctx, query)
		if err != nil {
			return fmt.Errorf("read %s: %w", e.table, err)
		}
		return scanAll(rows, func(rows *sql.Rows) error {
			if err := rows.Scan(targets...); err != nil {
				return err
			}
			return each(values)
		})
	})
}
