package sqlite

import (
	"context"
	"fmt"

	"github.com/grupobizopps/salexops/crm"
)

// SetIdentity stores the actor's name and e-mail. The e-mail is the login, so
// that changing it takes the password.
func (db *DB) SetIdentity(ctx context.Context, name, email, password string) error {
	actor, err := mayLook(ctx)
	if err != nil {
		return err
	}
	wanted := *actor.User
	wanted.Name, wanted.Email = name, email
	if err := wanted.CheckIdentity(); err != nil {
		return err
	}
	if wanted.Email != actor.User.Email {
		if err := db.provePassword(ctx, actor, password); err != nil {
			return err
		}
	}
	err = db.writer.do(ctx, essential, func(t *tx) error {
		before, err := db.loadUser(t, actor.User.ID)
		if err != nil {
			return err
		}
		changes := changed(identityFields(before), identityFields(&wanted))
		if len(changes) == 0 {
			return nil
		}
		_, err = t.exec("UPDATE user SET name = ?, email = ?, login = ? WHERE id = ?",
			wanted.Name, wanted.Email, crm.LoginKey(wanted.Email), before.ID)
		if isUnique(err) {
			return crm.Invalid{"email": crm.KeyTaken}
		}
		if err != nil {
			return err
		}
		return t.logUser(verbUpdate, &wanted, actor, db.stamp(), changes)
	})
	if err != nil {
		return fmt.Errorf("store who user %d is: %w", actor.User.ID, err)
	}
	return nil
}

func identityFields(u *crm.User) []field {
	return []field{plain("name", u.Name), plain("email", u.Email)}
}
