package sqlite

import (
	"context"
	"database/sql"
	"errors"
	"fmt"

	"github.com/grupobizopps/salexops/crm"
)

// scope is the user whose records alone the actor may see; 0: all records.
func (db *DB) scope(actor crm.Actor) int64 {
	if db.settings.Load().Visibility != crm.VisibleToOwner || actor.User.Role.CanManage() {
		return 0
	}
	return actor.User.ID
}

// sees says whether the actor may see the records of an owner.
func (db *DB) sees(actor crm.Actor, owner int64) bool {
	scope := db.scope(actor)
	return scope == 0 || scope == owner
}

// maySeeRecord says whether the actor may see one record, in the bin or not.
// Errors: crm.ErrNotFound, also for a record that is not there at all.
func (db *DB) maySeeRecord(ctx context.Context, actor crm.Actor, kind crm.Kind, id int64) error {
	k := db.kinds[kind]
	if k == nil || db.scope(actor) == 0 {
		return nil
	}
	var owner int64
	err := db.queries.queryRow(ctx, "SELECT owner_id FROM "+k.tableName()+" WHERE id = ?", id).Scan(&owner)
	if errors.Is(err, sql.ErrNoRows) || (err == nil && !db.sees(actor, owner)) {
		return crm.ErrNotFound
	}
	if err != nil {
		return fmt.Errorf("read the owner of %s %d: %w", kind, id, err)
	}
	return nil
}
