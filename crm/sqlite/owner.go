package sqlite

import (
	"context"
	"fmt"

	"github.com/grupobizopps/salexops/crm"
)

// InitialOwner is the first user of a new instance: the person the contract is
// with.
type InitialOwner struct {
	Email, Name, Password string
	Locale                string // "" means es-MX
}

const anyUser = `SELECT EXISTS (SELECT 1 FROM user)`

// HasUsers says whether the instance has its owner already.
func (db *DB) HasUsers(ctx context.Context) (bool, error) {
	found := false
	if err := db.queries.queryRow(ctx, anyUser).Scan(&found); err != nil {
		return false, fmt.Errorf("look for users: %w", err)
	}
	return found, nil
}

// CreateInitialOwner stores the owner when there is no user yet, and does
// nothing at any later time: a restart never resets a password (contract 2.4).
func (db *DB) CreateInitialOwner(ctx context.Context, owner InitialOwner) (created bool, err error) {
	found, err := db.HasUsers(ctx)
	if err != nil || found {
		return false, err
	}
	u := &crm.User{Email: owner.Email, Name: owner.Name, Role: crm.RoleOwner, Locale: owner.Locale}
	u.Normalize()
	if err := u.Validate(); err != nil {
		return false, fmt.Errorf("create initial owner: %w", err)
	}
	if owner.Password == "" {
		return false, fmt.Errorf("create initial owner: %w", crm.Invalid{"password": crm.KeyRequired})
	}
	hash, err := db.hashing.hash(ctx, owner.Password)
	if err != nil {
		return false, fmt.Errorf("create initial owner: %w", err)
	}
	err = db.writer.do(ctx, essential, func(t *tx) error {
		created = false
		if err := t.queryRow(anyUser).Scan(&found); err != nil || found {
			return err
		}
		u.CreatedAt = db.stamp()
		_, err := t.insertUser(u, hash)
		created = err == nil
		return err
	})
	if err != nil {
		return false, fmt.Errorf("create initial owner: %w", err)
	}
	return created, nil
}
