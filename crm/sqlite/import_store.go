package sqlite

import (
	"context"
	"database/sql"
	"encoding/json"
	"errors"
	"fmt"
	"time"

	"github.com/grupobizopps/salexops/crm"
	"github.com/grupobizopps/salexops/crm/importing"
)

const (
	importColumns = `i.id, i.kind, i.file_name, i.user_id, coalesce(u.name, ''), i.layout, i.plan, i.state, i.problem, coalesce(i.action_id, 0),
		i.done, i.created, i.merged, i.skipped, i.rejected, i.companies, i.left_alone, i.has_file,
		i.uploaded_at, coalesce(i.started_at, 0), coalesce(i.finished_at, 0)`
	selectImport    = `SELECT ` + importColumns + ` FROM import AS i LEFT JOIN user AS u ON u.id = i.user_id `
	importByID      = selectImport + `WHERE i.id = ?`
	importsOfAll    = selectImport + `WHERE i.id < ? ORDER BY i.id DESC LIMIT ?`
	importsOfUser   = selectImport + `WHERE i.user_id = ? AND i.id < ? ORDER BY i.id DESC LIMIT ?`
	importByAction  = `SELECT id FROM import WHERE action_id = ?`
	rejectedOf      = `SELECT line, cells, problems FROM import_rejected WHERE import_id = ? AND line > ? ORDER BY line LIMIT ?`
	rememberedPlan  = `SELECT plan FROM import_plan WHERE user_id = ? AND kind = ? AND signature = ?`
	afterAllImports = int64(1<<63 - 1)
)

func scanImport(scan func(...any) error) (*importing.Import, error) {
	i := &importing.Import{}
	var layout, plan string
	var uploaded, started, finished int64
	err := scan(&i.ID, &i.Kind, &i.FileName, &i.UserID, &i.UserName, &layout, &plan, &i.State, &i.Problem, &i.ActionID,
		&i.Done, &i.Created, &i.Merged, &i.Skipped, &i.Rejected, &i.Companies, &i.Left, &i.HasFile,
		&uploaded, &started, &finished)
	if err != nil {
		return nil, err
	}
	if err := errors.Join(json.Unmarshal([]byte(layout), &i.Layout), json.Unmarshal([]byte(plan), &i.Plan)); err != nil {
		return nil, fmt.Errorf("read import %d: %w", i.ID, err)
	}
	i.Uploaded, i.Started, i.FinishedAt = timeOf(uploaded), timeOf(started), timeOf(finished)
	return i, nil
}

func timeOf(micros int64) time.Time {
	if micros == 0 {
		return time.Time{}
	}
	return time.UnixMicro(micros).UTC()
}

// Import returns one import of the actor, or of anybody for those who manage.
func (db *DB) Import(ctx context.Context, id int64) (*importing.Import, error) {
	actor, err := mayLook(ctx)
	if err != nil {
		return nil, err
	}
	found, err := scanImport(db.queries.queryRow(ctx, importByID, id).Scan)
	return ownImport(found, err, actor)
}

// ownImport hides the imports of others from sellers.
func ownImport(found *importing.Import, err error, actor crm.Actor) (*importing.Import, error) {
	switch {
	case errors.Is(err, sql.ErrNoRows), err == nil && found.UserID != actor.User.ID && !actor.User.Role.CanManage():
		return nil, crm.ErrNotFound
	case err != nil:
		return nil, fmt.Errorf("read import: %w", err)
	}
	return found, nil
}

// Imports lists imports, the newest first.
func (db *DB) Imports(ctx context.Context, after crm.Cursor, limit int) (crm.Page[*importing.Import], error) {
	var page crm.Page[*importing.Import]
	actor, err := mayLook(ctx)
	if err != nil {
		return page, err
	}
	if limit <= 0 {
		limit = defaultLimit
	}
	limit = min(limit, maxLimit)
	from := afterAllImports
	if after != "" {
		if from, err = parseActionCursor(after); err != nil {
			return page, err
		}
	}
	query, args := importsOfAll, []any{from, limit + 1}
	if !actor.User.Role.CanManage() {
		query, args = importsOfUser, []any{actor.User.ID, from, limit + 1}
	}
	err = db.queries.each(ctx, query, args, func(rows *sql.Rows) error {
		found, err := scanImport(rows.Scan)
		page.Items = append(page.Items, found)
		return err
	})
	if err != nil {
		return crm.Page[*importing.Import]{}, fmt.Errorf("list imports: %w", err)
	}
	if len(page.Items) > limit {
		page.Items = page.Items[:limit]
		page.Next = actionCursor(page.Items[limit-1].ID)
	}
	return page, nil
}

// ImportOf is the import that an action is; 0: it is none.
func (db *DB) ImportOf(ctx context.Context, action int64) (int64, error) {
	if _, err := mayLook(ctx); err != nil {
		return 0, err
	}
	var id int64
	err := db.queries.queryRow(ctx, importByAction, action).Scan(&id)
	if err != nil && !errors.Is(err, sql.ErrNoRows) {
		return 0, fmt.Errorf("find the import of action %d: %w", action, err)
	}
	return id, nil
}

// Rejected lists the rows of an import that were not imported.
func (db *DB) Rejected(ctx context.Context, id int64, after, limit int) ([]importing.Rejected, error) {
	if _, err := db.Import(ctx, id); err != nil {
		return nil, err
	}
	var all []importing.Rejected
	err := db.queries.each(ctx, rejectedOf, []any{id, after, limit}, func(rows *sql.Rows) error {
		var r importing.Rejected
		var cells, problems string
		if err := rows.Scan(&r.Line, &cells, &problems); err != nil {
			return err
		}
		all = append(all, r)
		last := &all[len(all)-1]
		return errors.Join(json.Unmarshal([]byte(cells), &last.Cells), json.Unmarshal([]byte(problems), &last.Problems))
	})
	if err != nil {
		return nil, fmt.Errorf("list rejected rows: %w", err)
	}
	return all, nil
}
