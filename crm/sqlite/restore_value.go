package sqlite

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"maps"
	"reflect"
	"strings"

	"github.com/grupobizopps/salexops/crm"
)

// RestoreValue gives one field of a record the value from before an action, by
// an ordinary update.
func (db *DB) RestoreValue(ctx context.Context, action int64, field string, version int64) (int64, error) {
	actor, err := db.mayWrite(ctx)
	if err != nil {
		return 0, err
	}
	var done undoable
	err = db.writer.do(ctx, ordinary, func(t *tx) (err error) {
		done, err = t.loadAction(action)
		return err
	})
	if err != nil {
		return 0, fmt.Errorf("restore a value of action %d: %w", action, err)
	}
	if done.UserID != actor.User.ID && !actor.User.Role.CanManage() {
		return 0, crm.ErrForbidden
	}
	k := db.kinds[done.Kind]
	if k == nil || done.state == "" {
		return 0, crm.ErrNotUndoable
	}
	stored, err := k.restoreValue(ctx, db, done, field, version)
	if err != nil || stored == version {
		return 0, err
	}
	var by int64
	err = db.queries.queryRow(ctx, selectActionOfVersion, string(done.Kind), done.RecordID, stored).Scan(&by)
	if err != nil {
		return 0, fmt.Errorf("find the action that restored a value: %w", err)
	}
	return by, nil
}

const selectActionOfVersion = `SELECT max(id) FROM action WHERE kind = ? AND record_id = ? AND version = ?`

// restoreValue updates the record and returns its version afterwards, the one
// before when nothing differed.
func (k *recordKind[R]) restoreValue(ctx context.Context, db *DB, done undoable, field string, version int64) (int64, error) {
	actor, err := mayLook(ctx)
	if err != nil {
		return 0, err
	}
	var prior snapshot[R]
	if err := json.Unmarshal([]byte(done.state), &prior); err != nil {
		return 0, fmt.Errorf("read state for restoring: %w", err)
	}
	if prior.Record == nil {
		return 0, crm.ErrNotUndoable
	}
	var current *R
	err = db.writer.do(ctx, ordinary, func(t *tx) (err error) {
		current, err = loadLive(db, t, k, done.RecordID, actor)
		return err
	})
	if err != nil {
		return 0, err
	}
	if !copyField(reflect.ValueOf(current).Elem(), reflect.ValueOf(prior.Record).Elem(), field) {
		return 0, crm.ErrNotUndoable
	}
	*k.head(current).version = version
	if err := updateRecord(ctx, db, k, current); err != nil {
		if invalid := (crm.Invalid)(nil); errors.As(err, &invalid) {
			// What the value refers to is gone, or it is no longer allowed.
			return 0, errors.Join(crm.ErrNotUndoable, err)
		}
		return 0, err
	}
	return *k.head(current).version, nil
}

// customPrefix begins the name of a change of a custom value: custom.12.
const customPrefix = "custom."

// otherwiseNamed are the names of changes that are not those of the fields.
var otherwiseNamed = map[string]string{"activityType": "Type", "title": "Name"}

// copyField gives one field of a record the value of another's. Changes are
// named as in JSON, "companyId"; the record has it as CompanyID, itself or in
// a struct of its own (an address, tags).
func copyField(to, from reflect.Value, name string) bool {
	if field, ok := otherwiseNamed[name]; ok {
		name = field
	}
	for i := range to.NumField() {
		described := to.Type().Field(i)
		switch {
		case !described.IsExported():
		case described.Type == reflect.TypeFor[crm.Extra]() && strings.HasPrefix(name, customPrefix):
			return copyCustom(to.Field(i).Addr().Interface().(*crm.Extra), from.Field(i).Addr().Interface().(*crm.Extra), name)
		case strings.EqualFold(described.Name, name):
			to.Field(i).Set(from.Field(i))
			return true
		case described.Type.Kind() == reflect.Struct && (described.Anonymous || described.Type == reflect.TypeFor[crm.Address]()):
			if copyField(to.Field(i), from.Field(i), name) {
				return true
			}
		}
	}
	return false
}

func copyCustom(to, from *crm.Extra, name string) bool {
	var id int64
	if _, err := fmt.Sscan(strings.TrimPrefix(name, customPrefix), &id); err != nil {
		return false
	}
	custom := maps.Clone(to.Custom)
	if custom == nil {
		custom = map[int64]string{}
	}
	custom[id] = from.Custom[id] // an empty value is not kept
	to.Custom = custom
	return true
}
