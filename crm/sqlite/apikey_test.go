package sqlite

import (
	"context"
	"errors"
	"testing"
	"time"

	"github.com/grupobizopps/salexops/crm"
)

func TestAPIKeys(t *testing.T) {
	o := newOffice(t)
	k := &crm.APIKey{Name: " Tienda  en línea ", Scope: crm.ScopeRead}
	key, err := o.CreateAPIKey(o.owner, k)
	if err != nil {
		t.Fatal(err)
	}
	if _, _, err := o.UseAPIKey(t.Context(), key); !errors.Is(err, crm.ErrUnauthenticated) {
		t.Errorf("a user whose password is still the initial one: %v", err)
	}
	o.settle()
	if k.Name != "Tienda en línea" || k.Hint != key[:hintLength] || len(key) < 40 {
		t.Errorf("made %+v and a key of %d characters", k, len(key))
	}
	u, used, err := o.UseAPIKey(t.Context(), key)
	if err != nil || u.ID != 1 || used.Scope != crm.ScopeRead {
		t.Fatalf("use: %+v, %+v, %v", u, used, err)
	}
	all, err := o.APIKeys(o.owner)
	if err != nil || len(all) != 1 || !all[0].LastUsedAt.Equal(o.clock.Now()) {
		t.Errorf("listed %+v, %v", all, err)
	}
	if _, _, err := o.UseAPIKey(t.Context(), key+"x"); !errors.Is(err, crm.ErrUnauthenticated) {
		t.Errorf("a wrong key: %v", err)
	}
	other, _, _ := o.hire(crm.RoleManager, "manager@acme.example")
	if err := o.RevokeAPIKey(other, k.ID); !errors.Is(err, crm.ErrNotFound) {
		t.Errorf("somebody else's key: %v", err)
	}
	if err := o.RevokeAPIKey(o.owner, k.ID); err != nil {
		t.Fatal(err)
	}
	if _, _, err := o.UseAPIKey(t.Context(), key); !errors.Is(err, crm.ErrUnauthenticated) {
		t.Errorf("a revoked key: %v", err)
	}
}

// settle says that everybody has chosen a password.
func (o *office) settle() {
	o.t.Helper()
	err := o.writer.do(o.t.Context(), ordinary, func(t *tx) error {
		_, err := t.exec("UPDATE user SET must_change = 0")
		return err
	})
	if err != nil {
		o.t.Fatal(err)
	}
}

func TestAKeyEndsWithItsUsersAccess(t *testing.T) {
	o := newOffice(t)
	seller, user, _ := o.hire(crm.RoleSeller, "seller@acme.example")
	key, err := o.CreateAPIKey(seller, &crm.APIKey{Name: "x", Scope: crm.ScopeWrite})
	if err != nil {
		t.Fatal(err)
	}
	o.settle()
	if err := o.SetUserDisabled(o.owner, user.ID, true); err != nil {
		t.Fatal(err)
	}
	if _, _, err := o.UseAPIKey(t.Context(), key); !errors.Is(err, crm.ErrUnauthenticated) {
		t.Errorf("a disabled user's key: %v", err)
	}
}

// A key that only reads changes nothing, whatever its user may do.
func TestReadOnlyActorsChangeNothing(t *testing.T) {
	o := newOffice(t)
	c := o.contact("Ana", "López")
	actor, _ := crm.ActorFrom(o.owner)
	actor.ReadOnly = true
	reading := crm.WithActor(context.Background(), actor)
	if _, err := o.Contact(reading, c.ID); err != nil {
		t.Errorf("read: %v", err)
	}
	if err := o.UpdateContact(reading, c); !errors.Is(err, crm.ErrForbidden) {
		t.Errorf("update: %v", err)
	}
	if err := o.SetUserDisabled(reading, 2, true); !errors.Is(err, crm.ErrForbidden) {
		t.Errorf("manage: %v", err)
	}
	if _, err := o.CreateAPIKey(reading, &crm.APIKey{Name: "x", Scope: crm.ScopeWrite}); !errors.Is(err, crm.ErrForbidden) {
		t.Errorf("a key made by a key: %v", err)
	}
}

func TestBadAPIKeysAreRefused(t *testing.T) {
	o := newOffice(t)
	var invalid crm.Invalid
	for _, k := range []crm.APIKey{{Scope: crm.ScopeRead}, {Name: "x", Scope: "all"}} {
		if _, err := o.CreateAPIKey(o.owner, &k); !errors.As(err, &invalid) {
			t.Errorf("%+v: %v", k, err)
		}
	}
	for range 20 {
		if _, err := o.CreateAPIKey(o.owner, &crm.APIKey{Name: "x", Scope: crm.ScopeRead}); err != nil {
			t.Fatal(err)
		}
	}
	if _, err := o.CreateAPIKey(o.owner, &crm.APIKey{Name: "x", Scope: crm.ScopeRead}); !errors.As(err, &invalid) || invalid["name"] != crm.KeyTooMany {
		t.Errorf("one too many: %v", err)
	}
	o.clock.Advance(time.Hour)
}
