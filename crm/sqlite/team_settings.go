package sqlite

import (
	"context"
	"fmt"

	"github.com/grupobizopps/salexops/crm"
)

// Settings tells what the team has agreed on.
func (db *DB) Settings(ctx context.Context) (crm.Settings, error) {
	if _, err := mayLook(ctx); err != nil {
		return crm.Settings{}, err
	}
	return *db.settings.Load(), nil
}

// SaveSettings stores what the team agrees on from now on. They hold as soon as
// they are on disk.
func (db *DB) SaveSettings(ctx context.Context, s crm.Settings) error {
	actor, err := db.mayManage(ctx, crm.Role.CanOwn)
	if err != nil {
		return err
	}
	if !s.Visibility.Valid() {
		return crm.Invalid{"visibility": crm.KeyChoice}
	}
	err = db.writer.do(ctx, ordinary, func(t *tx) error {
		before := *db.settings.Load()
		if before == s {
			return nil
		}
		if err := t.saveSetting(teamSettings, s); err != nil {
			return err
		}
		_, err := t.log(entry{
			verb: verbUpdate, kind: crm.KindSetting, actor: actor, at: db.stamp(),
			changes: changed(settingFields(before), settingFields(s)),
		})
		return err
	})
	if err != nil {
		return fmt.Errorf("save the settings: %w", err)
	}
	return db.loadSettings(ctx)
}

func settingFields(s crm.Settings) []field {
	return []field{plain("visibility", string(s.Visibility))}
}

// SetUserRole gives a user another role.
func (db *DB) SetUserRole(ctx context.Context, id int64, role crm.Role) error {
	actor, err := db.mayManage(ctx, crm.Role.CanOwn)
	if err != nil {
		return err
	}
	if !role.CanBeGiven() {
		return crm.Invalid{"role": crm.KeyChoice}
	}
	err = db.writer.do(ctx, essential, func(t *tx) error {
		u, err := db.loadUser(t, id)
		if err != nil || u.Role == role {
			return err
		}
		if u.Role == crm.RoleOwner {
			return crm.ErrForbidden
		}
		if _, err := t.exec("UPDATE user SET role = ? WHERE id = ?", string(role), id); err != nil {
			return err
		}
		return t.logUser(verbRole, u, actor, db.stamp(), []change{{Field: "role", From: string(u.Role), To: string(role)}})
	})
	if err != nil {
		return fmt.Errorf("change the role of user %d: %w", id, err)
	}
	return nil
}
