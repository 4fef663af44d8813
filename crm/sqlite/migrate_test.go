package sqlite

import (
	"database/sql"
	"errors"
	"strings"
	"testing"

	"github.com/grupobizopps/salexops/crm"
)

// raw runs SQL on the closed database, as another program would.
func (o *office) raw(statement string) {
	o.t.Helper()
	pool, err := sql.Open("sqlite", dsn(o.path, map[string][]string{}))
	if err != nil {
		o.t.Fatal(err)
	}
	if _, err := pool.ExecContext(o.t.Context(), statement); err != nil {
		o.t.Fatalf("%s: %v", statement, err)
	}
	if err := pool.Close(); err != nil {
		o.t.Fatal(err)
	}
}

func TestNewerDatabaseIsRefusedAndLeftAlone(t *testing.T) {
	o := newOffice(t)
	o.contact("Ana", "López")
	o.close()
	o.raw("INSERT INTO goose_db_version (version_id, is_applied) VALUES (99, 1)")
	_, err := Open(t.Context(), Config{Path: o.path, Rights: func() crm.Rights { return openRights }})
	var newer *NewerError
	if !errors.As(err, &newer) || newer.Database != 99 || newer.Binary != SchemaVersion() {
		t.Fatalf("open: %v", err)
	}
	for _, want := range []string{"99", "newer version"} {
		if !strings.Contains(err.Error(), want) {
			t.Errorf("the message does not say %q: %v", want, err)
		}
	}
	if err := Check(t.Context(), o.path); !errors.As(err, &newer) {
		t.Errorf("check: %v", err)
	}
	o.raw("DELETE FROM goose_db_version WHERE version_id = 99")
	o.open(nil)
	if page, err := o.Contacts(o.owner, crm.ContactFilter{}); err != nil || len(page.Items) != 1 {
		t.Errorf("afterwards: %v, %v", page.Items, err)
	}
}

func TestUpToDateDatabaseIsNotWritten(t *testing.T) {
	o := newOffice(t)
	o.reopen()
	if commits := o.Stats().Commits; commits != 0 {
		t.Errorf("%d commits", commits)
	}
	if size := fileSize(o.path + "-wal"); size != 0 {
		t.Errorf("a start wrote %d bytes to the log", size)
	}
}

func TestTablesAreStrictAndPragmasHold(t *testing.T) {
	o := newOffice(t)
	err := o.queries.each(t.Context(), `SELECT name FROM pragma_table_list WHERE schema = 'main' AND type = 'table' AND NOT strict
		AND name NOT LIKE 'sqlite_%' AND name <> 'goose_db_version'`, nil, func(rows *sql.Rows) error {
		var name string
		err := rows.Scan(&name)
		t.Errorf("table %s is not STRICT", name)
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	want := map[string]string{"journal_mode": "wal", "synchronous": "2", "foreign_keys": "1", "busy_timeout": "5000"}
	err = o.writer.do(t.Context(), ordinary, func(x *tx) error {
		for pragma, want := range want {
			var got string
			if err := x.queryRow("PRAGMA " + pragma).Scan(&got); err != nil {
				return err
			}
			if got != want {
				t.Errorf("writer: %s is %s, want %s", pragma, got, want)
			}
		}
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	if _, err := o.readers.ExecContext(t.Context(), "DELETE FROM contact"); err == nil {
		t.Error("a reader can write")
	}
}

func TestPathWithOddCharacters(t *testing.T) {
	o := &office{t: t, clock: &clock{}, rights: &openRights, path: t.TempDir() + "/año ?#%41&.db"}
	o.open(nil)
	if fileSize(o.path) == 0 {
		t.Errorf("there is no file %s", o.path)
	}
}

func TestOpenTellsWhatIsWrong(t *testing.T) {
	if _, err := Open(t.Context(), Config{Path: t.TempDir() + "/crm.db"}); err == nil {
		t.Error("opened without rights")
	}
	path := t.TempDir() + "/missing/crm.db"
	if _, err := Open(t.Context(), Config{Path: path, Rights: func() crm.Rights { return openRights }}); err == nil || !strings.Contains(err.Error(), path) {
		t.Errorf("folder missing: %v", err)
	}
}
