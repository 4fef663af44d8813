package sqlite

import (
	"context"
	"crypto/rand"
	"database/sql"
	"errors"
	"fmt"
	"strings"
	"time"

	"github.com/grupobizopps/salexops/crm"
)

const (
	userColumns = `u.id, u.email, u.name, u.role, u.locale, u.theme, u.must_change,
		coalesce(u.disabled_at, 0), u.created_at, coalesce(u.last_seen_at, 0)`
	selectUser  = `SELECT ` + userColumns + ` FROM user AS u WHERE u.id = ?`
	selectUsers = `SELECT ` + userColumns + ` FROM user AS u ORDER BY u.id`
	countSeats  = `SELECT count(*) FROM user WHERE disabled_at IS NULL`
)

// scanUser reads a user. Whether the initial password must be changed depends
// on the licence too (contract 2.4).
func (db *DB) scanUser(scan func(...any) error, more ...any) (*crm.User, error) {
	u := &crm.User{}
	var disabled, created, seen int64
	err := scan(append([]any{
		&u.ID, &u.Email, &u.Name, &u.Role, &u.Locale, &u.Theme, &u.MustChangePassword, &disabled, &created, &seen,
	}, more...)...)
	if err != nil {
		return nil, err
	}
	u.MustChangePassword = u.MustChangePassword && db.rights().ChangeAtFirstLogin
	u.DisabledAt, u.CreatedAt, u.LastSeenAt = instant(disabled), instant(created), instant(seen)
	return u, nil
}

// instant reads a stored time; 0 is the zero time.
func instant(micros int64) time.Time {
	if micros == 0 {
		return time.Time{}
	}
	return time.UnixMicro(micros).UTC()
}

// User returns one user, disabled or not.
func (db *DB) User(ctx context.Context, id int64) (*crm.User, error) {
	if _, err := mayLook(ctx); err != nil {
		return nil, err
	}
	u, err := db.scanUser(db.queries.queryRow(ctx, selectUser, id).Scan)
	if errors.Is(err, sql.ErrNoRows) {
		return nil, crm.ErrNotFound
	}
	if err != nil {
		return nil, fmt.Errorf("read user %d: %w", id, err)
	}
	return u, nil
}

// Users returns all users, in the order in which they were invited. There are
// as many as seats, which is few.
func (db *DB) Users(ctx context.Context) ([]*crm.User, error) {
	if _, err := mayLook(ctx); err != nil {
		return nil, err
	}
	var all []*crm.User
	err := db.queries.each(ctx, selectUsers, nil, func(rows *sql.Rows) error {
		u, err := db.scanUser(rows.Scan)
		all = append(all, u)
		return err
	})
	if err != nil {
		return nil, fmt.Errorf("list users: %w", err)
	}
	return all, nil
}

// CreateUser invites a user and returns the initial password.
func (db *DB) CreateUser(ctx context.Context, given *crm.User) (string, error) {
	actor, err := db.mayManage(ctx, crm.Role.CanManage)
	if err != nil {
		return "", err
	}
	given.Normalize()
	if err := given.Validate(); err != nil {
		return "", err
	}
	if !given.Role.CanBeGiven() {
		return "", crm.Invalid{"role": crm.KeyChoice}
	}
	password := initialPassword()
	hash, err := db.hashing.hash(ctx, password)
	if err != nil {
		return "", fmt.Errorf("create user: %w", err)
	}
	var stored crm.User
	err = db.writer.do(ctx, ordinary, func(t *tx) error {
		u := *given
		if err := db.needSeat(t); err != nil {
			return err
		}
		u.CreatedAt, u.DisabledAt, u.LastSeenAt = db.stamp(), time.Time{}, time.Time{}
		var err error
		if u.ID, err = t.insertUser(&u, hash); err != nil {
			return err
		}
		u.MustChangePassword = db.rights().ChangeAtFirstLogin
		stored = u
		return t.logUser(verbCreate, &u, actor, u.CreatedAt, []change{{Field: "email", To: u.Email}, {Field: "role", To: string(u.Role)}})
	})
	if err != nil {
		return "", fmt.Errorf("create user: %w", err)
	}
	*given = stored
	return password, nil
}

// insertUser stores a user with an initial password.
func (t *tx) insertUser(u *crm.User, hash string) (int64, error) {
	id, err := t.insert(`INSERT INTO user (email, login, name, role, locale, theme, password_hash, must_change, created_at)
		VALUES (?, ?, ?, ?, ?, ?, ?, 1, ?)`,
		u.Email, crm.LoginKey(u.Email), u.Name, string(u.Role), u.Locale, u.Theme, hash, u.CreatedAt.UnixMicro())
	if isUnique(err) {
		return 0, crm.Invalid{"email": crm.KeyTaken}
	}
	return id, err
}

// needSeat refuses one more enabled user than the licence has seats.
func (db *DB) needSeat(t *tx) error {
	taken := 0
	if err := t.queryRow(countSeats).Scan(&taken); err != nil {
		return fmt.Errorf("count seats: %w", err)
	}
	if taken >= db.rights().Seats {
		return crm.Invalid{"email": crm.KeySeats}
	}
	return nil
}

// logUser records what was done to a user. It cannot be taken back: passwords
// and sessions do not return.
func (t *tx) logUser(verb string, u *crm.User, actor crm.Actor, at time.Time, changes []change) error {
	_, err := t.log(entry{verb: verb, kind: crm.KindUser, id: u.ID, title: u.Name, actor: actor, at: at, changes: changes})
	return err
}

// SetUserDisabled stops a user's sign-in and ends the sessions, or takes a
// seat again.
func (db *DB) SetUserDisabled(ctx context.Context, id int64, disabled bool) error {
	actor, err := db.mayManage(ctx, crm.Role.CanOwn)
	if err != nil {
		return err
	}
	if id == actor.User.ID {
		return crm.ErrForbidden
	}
	err = db.writer.do(ctx, essential, func(t *tx) error {
		u, err := db.loadUser(t, id)
		if err != nil || disabled == !u.DisabledAt.IsZero() {
			return err
		}
		now := db.stamp()
		if !disabled {
			if err := db.needSeat(t); err != nil {
				return err
			}
			if _, err := t.exec("UPDATE user SET disabled_at = NULL WHERE id = ?", id); err != nil {
				return err
			}
			return t.logUser(verbEnable, u, actor, now, nil)
		}
		if _, err := t.exec("UPDATE user SET disabled_at = ? WHERE id = ?", now.UnixMicro(), id); err != nil {
			return err
		}
		if _, err := t.endSessions(id, 0, now, crm.EndedByDisable); err != nil {
			return err
		}
		return t.logUser(verbDisable, u, actor, now, nil)
	})
	if err != nil {
		return fmt.Errorf("disable or enable user %d: %w", id, err)
	}
	return nil
}

func (db *DB) loadUser(t *tx, id int64) (*crm.User, error) {
	u, err := db.scanUser(t.queryRow(selectUser, id).Scan)
	if errors.Is(err, sql.ErrNoRows) {
		return nil, crm.ErrNotFound
	}
	return u, err
}

// SetPreferences stores the actor's language and theme. It is open to a user
// who has yet to change the initial password: the page that asks for it must
// be readable.
func (db *DB) SetPreferences(ctx context.Context, locale, theme string) error {
	actor, ok := crm.ActorFrom(ctx)
	if !ok {
		return crm.ErrUnauthenticated
	}
	invalid := crm.Invalid{}
	crm.CheckPreferences(invalid, locale, theme)
	if len(invalid) > 0 {
		return invalid
	}
	err := db.writer.do(ctx, essential, func(t *tx) error {
		_, err := t.exec("UPDATE user SET locale = ?, theme = ? WHERE id = ?", locale, theme, actor.User.ID)
		return err
	})
	if err != nil {
		return fmt.Errorf("store preferences of user %d: %w", actor.User.ID, err)
	}
	return nil
}

// passwordAlphabet has 32 characters that nobody mistakes for another, so each
// random byte gives one of them without a bias.
const passwordAlphabet = "abcdefghijkmnpqrstuvwxyz23456789"

// initialPassword makes a password of 80 random bits in four groups that can
// be read out over the telephone.
func initialPassword() string { return readable(4) }

// readable makes a secret of 20 random bits a group.
func readable(groups int) string {
	raw := make([]byte, 4*groups)
	_, _ = rand.Read(raw) // never fails: crypto/rand.Read
	var b strings.Builder
	for i, value := range raw {
		if i > 0 && i%4 == 0 {
			b.WriteByte('-')
		}
		b.WriteByte(passwordAlphabet[int(value)%len(passwordAlphabet)])
	}
	return b.String()
}
