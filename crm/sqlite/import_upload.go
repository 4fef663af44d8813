package sqlite

import (
	"bufio"
	"context"
	"database/sql"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"strconv"
	"strings"

	"github.com/grupobizopps/salexops/crm"
	"github.com/grupobizopps/salexops/crm/importing"
	"github.com/grupobizopps/salexops/crm/table"
)

const (
	// uploadPrefix begins the names of files that are not an import's yet.
	uploadPrefix = "upload-"
	// longestFileName is what is kept of a file's name, in characters.
	longestFileName = 120
	// guessRows is how many rows are looked at to guess what the columns are.
	guessRows = 50
)

// importFolder is beside the database: an uploaded file is on the volume that
// the records are on.
func (db *DB) importFolder() string { return filepath.Join(filepath.Dir(db.path), "imports") }

func (db *DB) importFile(id int64) string {
	return filepath.Join(db.importFolder(), strconv.FormatInt(id, 10)+".csv")
}

// Upload keeps a file as CSV beside the database and guesses how to import it.
func (db *DB) Upload(ctx context.Context, kind crm.Kind, fileName string, file io.Reader) (*importing.Import, error) {
	actor, err := db.mayWrite(ctx)
	if err != nil {
		return nil, err
	}
	if importing.Fields(kind, nil) == nil {
		return nil, crm.Invalid{"kind": crm.KeyChoice}
	}
	kept, err := db.receive(file)
	if err != nil {
		return nil, fmt.Errorf("receive a file: %w", err)
	}
	defer os.Remove(kept)
	found, err := db.examine(ctx, actor, kind, kept)
	if err != nil {
		return nil, err
	}
	found.FileName = shortName(fileName)
	return db.keepImport(ctx, actor, found, kept)
}

func shortName(name string) string {
	name = filepath.Base(strings.ReplaceAll(name, `\`, "/"))
	name = strings.Join(strings.Fields(strings.ToValidUTF8(name, "")), " ")
	if characters := []rune(name); len(characters) > longestFileName {
		name = string(characters[:longestFileName])
	}
	return name
}

// receive writes the upload to a file, a workbook as CSV, and never more than
// the volume has room for.
func (db *DB) receive(from io.Reader) (name string, err error) {
	if err := os.MkdirAll(db.importFolder(), 0o700); err != nil {
		return "", fmt.Errorf("make the folder of imports: %w", err)
	}
	free, err := db.room.spare()
	if err != nil {
		return "", err
	}
	name, err = db.keep(func(to io.Writer) error {
		most := min(free, table.MaxBytes)
		written, err := io.Copy(to, io.LimitReader(from, most+1))
		switch {
		case err != nil:
			return err
		case written > table.MaxBytes:
			return table.ErrTooLarge
		case written > free:
			return crm.ErrVolumeFull
		}
		return nil
	})
	if err != nil {
		return "", err
	}
	workbook, err := isWorkbook(name)
	if err != nil || !workbook {
		if err != nil {
			_ = os.Remove(name)
		}
		return name, err
	}
	defer os.Remove(name)
	unpacked, err := table.Unpacked(name)
	if err != nil {
		return "", err
	}
	// The sheet is there twice: unpacked, and as CSV.
	if free, err = db.room.spare(); err != nil {
		return "", err
	}
	if 2*unpacked > free {
		return "", crm.ErrVolumeFull
	}
	return db.keep(func(to io.Writer) error {
		_, err := table.Flatten(name, db.importFolder(), to)
		return err
	})
}

func isWorkbook(name string) (bool, error) {
	file, err := os.Open(name) //nolint:gosec // a name that receive made
	if err != nil {
		return false, fmt.Errorf("open the upload: %w", err)
	}
	defer file.Close()
	return table.IsWorkbook(file)
}

// keep writes a new file in the folder of imports.
func (db *DB) keep(write func(io.Writer) error) (name string, err error) {
	file, err := os.CreateTemp(db.importFolder(), uploadPrefix)
	if err != nil {
		return "", fmt.Errorf("make a file: %w", err)
	}
	out := bufio.NewWriterSize(file, 64<<10)
	err = errors.Join(write(out), out.Flush(), file.Close())
	if err != nil {
		_ = os.Remove(file.Name())
		return "", translateFile(err)
	}
	return file.Name(), nil
}

// examine looks at a received file and guesses how to import it.
func (db *DB) examine(ctx context.Context, actor crm.Actor, kind crm.Kind, name string) (*importing.Import, error) {
	file, err := os.Open(name) //nolint:gosec // a name that receive made
	if err != nil {
		return nil, fmt.Errorf("open the upload: %w", err)
	}
	defer file.Close()
	layout, err := table.Examine(file)
	if err != nil {
		return nil, err
	}
	found := &importing.Import{Kind: kind, Layout: layout}
	if found.Plan, err = db.rememberedPlan(ctx, actor, kind, layout); err != nil || found.Plan.Kind != "" {
		return found, err
	}
	sample, err := firstRows(&layout, file, guessRows)
	if err != nil {
		return nil, err
	}
	cells := make([][]string, len(sample))
	for i, row := range sample {
		cells[i] = row.Cells
	}
	found.Plan = importing.NewPlan(kind, layout.Columns, cells, db.fields.of(kind))
	return found, nil
}

// rememberedPlan is how the actor imported a table with these columns before;
// its Kind is empty when there was none.
func (db *DB) rememberedPlan(ctx context.Context, actor crm.Actor, kind crm.Kind, layout table.Layout) (importing.Plan, error) {
	var plan importing.Plan
	signature := importing.Signature(layout.Columns)
	if signature == "" {
		return plan, nil
	}
	var stored string
	err := db.queries.queryRow(ctx, rememberedPlan, actor.User.ID, string(kind), signature).Scan(&stored)
	if errors.Is(err, sql.ErrNoRows) {
		return plan, nil
	}
	if err == nil {
		err = json.Unmarshal([]byte(stored), &plan)
	}
	if err != nil {
		return plan, fmt.Errorf("read the plan of an earlier import: %w", err)
	}
	if plan = plan.With(db.fields.of(kind)); plan.Check(len(layout.Columns)) != nil {
		return importing.Plan{}, nil //nolint:nilerr // of a version that had other fields
	}
	return plan, nil
}

// firstRows reads some rows from the top.
func firstRows(layout *table.Layout, file io.ReadSeeker, most int) ([]table.Row, error) {
	rows, err := layout.Read(file)
	if err != nil {
		return nil, err
	}
	var all []table.Row
	for len(all) < most {
		row, err := rows.Next()
		if errors.Is(err, io.EOF) {
			break
		}
		if err != nil {
			return nil, err
		}
		all = append(all, row)
	}
	return all, nil
}

// keepImport stores the import and gives the file its name.
func (db *DB) keepImport(ctx context.Context, actor crm.Actor, found *importing.Import, file string) (*importing.Import, error) {
	layout, err := json.Marshal(found.Layout)
	if err != nil {
		return nil, fmt.Errorf("write layout: %w", err)
	}
	plan, err := json.Marshal(found.Plan)
	if err != nil {
		return nil, fmt.Errorf("write plan: %w", err)
	}
	var id int64
	err = db.writer.do(ctx, ordinary, func(t *tx) error {
		id, err = t.insert("INSERT INTO import (kind, user_id, file_name, layout, plan, state, uploaded_at) VALUES (?, ?, ?, ?, ?, ?, ?)",
			string(found.Kind), actor.User.ID, found.FileName, string(layout), string(plan), string(importing.Ready), db.stamp().UnixMicro())
		return err
	})
	if err != nil {
		return nil, fmt.Errorf("store import: %w", err)
	}
	if err := os.Rename(file, db.importFile(id)); err != nil {
		return nil, fmt.Errorf("keep the file of import %d: %w", id, err)
	}
	return db.Import(ctx, id)
}

// Again makes a new import of the file of one that was taken back.
func (db *DB) Again(ctx context.Context, id int64) (*importing.Import, error) {
	actor, err := db.mayWrite(ctx)
	if err != nil {
		return nil, err
	}
	old, err := db.Import(ctx, id)
	if err != nil {
		return nil, err
	}
	if !old.HasFile || (old.State != importing.Undone && old.State != importing.Done) {
		return nil, crm.ErrConflict
	}
	err = db.writer.do(ctx, essential, func(t *tx) error {
		_, err := t.exec("UPDATE import SET has_file = 0 WHERE id = ?", id)
		return err
	})
	if err != nil {
		return nil, fmt.Errorf("give the file of import %d away: %w", id, err)
	}
	return db.keepImport(ctx, actor, old, db.importFile(id))
}
