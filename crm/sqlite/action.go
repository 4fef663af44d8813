package sqlite

import (
	"context"
	"encoding/base64"
	"encoding/binary"
	"encoding/json"
	"fmt"
	"time"

	"github.com/grupobizopps/salexops/crm"
)

// Verbs of actions.
const (
	verbCreate        = "create"
	verbUpdate        = "update"
	verbDelete        = "delete"
	verbUndo          = "undo"
	verbMerge         = "merge"  // the whole of it, about the record that stays
	verbAbsorb        = "absorb" // of the record that goes
	verbConvert       = "convert"
	verbPassword      = "password"
	verbResetPassword = "reset-password"
	verbDisable       = "disable"
	verbEnable        = "enable"

	verbTwoStepOn         = "two-step-on"
	verbTwoStepOff        = "two-step-off"
	verbRecoveryCodes     = "recovery-codes"
	verbPasskeyAdd        = "passkey-add"
	verbPasskeyRemove     = "passkey-remove"
	verbResetSecondFactor = "reset-second-factor"
	verbRestore           = "restore"
	verbPurge             = "purge"
	verbRole              = "role"
	verbHandOver          = "hand-over"
)

// entry is an action that is about to be recorded.
type entry struct {
	verb    string
	kind    crm.Kind
	id      int64
	title   string
	actor   crm.Actor
	at      time.Time
	changes []change
	before  any // a snapshot; nil: the action cannot be taken back
	version int64
	partOf  int64 // the action of several records that this one belongs to; 0: none
	whole   bool  // of several records, taken back all together or not at all
}

// snapshot is a record's state before an action, as kept for undo. Its JSON is
// stored for as long as the record exists: undo_test.go pins the names.
type snapshot[R any] struct {
	Absent  bool `json:"absent,omitempty"`  // it did not exist
	Deleted bool `json:"deleted,omitempty"` // it was in the bin
	Record  *R   `json:"record,omitempty"`  // nil: its fields were what they are
}

// log records an action in the transaction of the change it speaks of.
func (t *tx) log(e entry) (int64, error) {
	changes := []byte("[]")
	var err error
	if len(e.changes) > 0 {
		if changes, err = json.Marshal(e.changes); err != nil {
			return 0, fmt.Errorf("write changes: %w", err)
		}
	}
	var before any
	if e.before != nil {
		raw, err := json.Marshal(e.before)
		if err != nil {
			return 0, fmt.Errorf("write state for undo: %w", err)
		}
		before = string(raw)
	}
	id, err := t.insert(`INSERT INTO action (verb, kind, record_id, title, user_id, user_name, at, changes, before, version, part_of, whole)
		VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, nullif(?, 0), ?)`,
		e.verb, string(e.kind), e.id, e.title, e.actor.User.ID, e.actor.User.Name, e.at.UnixMicro(), string(changes), before, e.version,
		e.partOf, e.whole)
	if err != nil {
		return 0, fmt.Errorf("record action: %w", err)
	}
	return id, nil
}

const actionColumns = `a.id, a.verb, a.kind, a.record_id, a.title, a.user_id, a.user_name, a.at, coalesce(a.undone_by, 0), a.changes,
	coalesce(a.part_of, 0), coalesce((SELECT w.verb FROM action AS w WHERE w.id = a.part_of), '')`

func scanAction(scan func(...any) error, more ...any) (*crm.Action, error) {
	a := &crm.Action{}
	var at int64
	var changes string
	err := scan(append([]any{
		&a.ID, &a.Verb, &a.Kind, &a.RecordID, &a.Title, &a.UserID, &a.UserName, &at, &a.UndoneBy, &changes,
		&a.PartOf, &a.PartOfVerb,
	}, more...)...)
	if err != nil {
		return nil, err
	}
	a.At = time.UnixMicro(at).UTC()
	if a.Changes, err = readChanges(changes); err != nil {
		return nil, fmt.Errorf("changes of action %d: %w", a.ID, err)
	}
	return a, nil
}

const (
	historyFirst = `SELECT ` + toldColumns + ` FROM action AS a WHERE a.kind = ? AND a.record_id = ? ORDER BY a.id DESC LIMIT ?`
	historyAfter = `SELECT ` + toldColumns + ` FROM action AS a WHERE a.kind = ? AND a.record_id = ? AND a.id < ? ORDER BY a.id DESC LIMIT ?`
)

// History lists the actions on one record, newest first. Prev is always empty:
// a timeline is read downwards.
func (db *DB) History(ctx context.Context, kind crm.Kind, id int64, after crm.Cursor, limit int) (crm.Page[*crm.Action], error) {
	var page crm.Page[*crm.Action]
	actor, err := mayLook(ctx)
	if err != nil {
		return page, err
	}
	if err := db.maySeeRecord(ctx, actor, kind, id); err != nil {
		return page, err
	}
	limit = pageLimit(limit)
	query, args := historyFirst, []any{string(kind), id}
	if after != "" {
		from, err := parseActionCursor(after)
		if err != nil {
			return page, err
		}
		query, args = historyAfter, append(args, from)
	}
	if page.Items, err = db.tell(ctx, actor, query, append(args, limit+1)); err != nil {
		return crm.Page[*crm.Action]{}, fmt.Errorf("history of %s %d: %w", kind, id, err)
	}
	if len(page.Items) > limit {
		page.Items = page.Items[:limit]
		page.Next = actionCursor(page.Items[limit-1].ID)
	}
	return page, nil
}

func actionCursor(id int64) crm.Cursor {
	return crm.Cursor(base64.RawURLEncoding.EncodeToString(binary.BigEndian.AppendUint64(nil, uint64(id)))) //nolint:gosec // a row id is positive
}

func parseActionCursor(cursor crm.Cursor) (int64, error) {
	raw, err := base64.RawURLEncoding.DecodeString(string(cursor))
	if err != nil || len(raw) != 8 {
		return 0, crm.Invalid{"after": crm.KeyCursor}
	}
	return int64(binary.BigEndian.Uint64(raw)), nil //nolint:gosec // a bit pattern
}
