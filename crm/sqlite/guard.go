package sqlite

import (
	"context"

	"github.com/grupobizopps/salexops/crm"
)

// What the licence's access is called (license.Claims, crm.Rights).
const (
	accessOpen       = "Open"
	accessExportOnly = "ExportOnly"
)

// mayLook tells who acts, for reading. Errors: ErrUnauthenticated; ErrForbidden
// while the actor has not replaced the initial password (contract 2.4).
func mayLook(ctx context.Context) (crm.Actor, error) {
	actor, ok := crm.ActorFrom(ctx)
	if !ok {
		return crm.Actor{}, crm.ErrUnauthenticated
	}
	if actor.User.MustChangePassword {
		return crm.Actor{}, crm.ErrForbidden
	}
	return actor, nil
}

// mayWrite tells who acts, for changing records. Errors: as mayLook;
// ErrForbidden for a reader and for a key that only reads; ErrReadOnly when the licence lets nobody write.
func (db *DB) mayWrite(ctx context.Context) (crm.Actor, error) {
	actor, err := mayLook(ctx)
	if err != nil {
		return crm.Actor{}, err
	}
	if actor.ReadOnly || !actor.User.Role.CanWrite() {
		return crm.Actor{}, crm.ErrForbidden
	}
	return actor, db.writable()
}

// mayManage tells who acts, for the users of the team. allowed is the role's
// permission. Errors as mayWrite.
func (db *DB) mayManage(ctx context.Context, allowed func(crm.Role) bool) (crm.Actor, error) {
	actor, err := mayLook(ctx)
	if err != nil {
		return crm.Actor{}, err
	}
	if actor.ReadOnly || !allowed(actor.User.Role) {
		return crm.Actor{}, crm.ErrForbidden
	}
	return actor, db.writable()
}

// writable says whether the licence lets anybody change records.
func (db *DB) writable() error {
	if rights := db.rights(); !rights.Valid || rights.Access != accessOpen {
		return crm.ErrReadOnly
	}
	return nil
}

// mayEnter says whether the licence lets this user in at all: everybody while
// access is open, the owner alone in an export window (contract 9).
func (db *DB) mayEnter(role crm.Role) error {
	rights := db.rights()
	switch {
	case rights.Valid && rights.Access == accessOpen:
		return nil
	case rights.Valid && rights.Access == accessExportOnly && role.CanOwn():
		return nil
	}
	return crm.ErrForbidden
}
