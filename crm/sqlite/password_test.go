package sqlite

import (
	"errors"
	"strings"
	"sync"
	"testing"

	"github.com/grupobizopps/salexops/crm"
)

func TestChangePasswordEndsTheOtherSessions(t *testing.T) {
	o := newOffice(t)
	o.rights.SessionsPerUser = 2
	other, _ := o.mustSignIn("lucia@acme.example", ownerPassword)
	own, s := o.mustSignIn("lucia@acme.example", ownerPassword)
	_, u, err := o.Session(t.Context(), own)
	if err != nil {
		t.Fatal(err)
	}
	ctx := crm.WithActor(t.Context(), crm.Actor{User: u, SessionID: s.ID})
	if err := o.ChangePassword(ctx, ownerPassword, "otra frase secreta"); err != nil {
		t.Fatal(err)
	}
	if reason := o.endReason(other); reason != crm.EndedByPassword {
		t.Errorf("the other session: %q", reason)
	}
	if _, u, err := o.Session(t.Context(), own); err != nil || u.MustChangePassword {
		t.Errorf("the own session: %+v, %v", u, err)
	}
	if _, _, err := o.signIn("lucia@acme.example", ownerPassword, office1); !errors.Is(err, crm.ErrWrongCredentials) {
		t.Errorf("the old password: %v", err)
	}
	if _, _, err := o.signIn("lucia@acme.example", "otra frase secreta", office1); err != nil {
		t.Errorf("the new password: %v", err)
	}
}

func TestNewPasswordsAreChecked(t *testing.T) {
	o := newOffice(t)
	for name, test := range map[string]struct {
		current, next string
		want          crm.Invalid
	}{
		"wrong current": {"wrong password", "otra frase secreta", crm.Invalid{"current": crm.KeyPasswordWrong}},
		"short":         {ownerPassword, "corta", crm.Invalid{"new": crm.KeyPasswordShort}},
		"the old one":   {ownerPassword, ownerPassword, crm.Invalid{"new": crm.KeyPasswordSame}},
		"the address":   {ownerPassword, "Lucia@acme.example", crm.Invalid{"new": crm.KeyPasswordCommon}},
		"both wrong":    {"wrong password", "corta", crm.Invalid{"current": crm.KeyPasswordWrong, "new": crm.KeyPasswordShort}},
	} {
		err := o.ChangePassword(o.owner, test.current, test.next)
		var invalid crm.Invalid
		if !errors.As(err, &invalid) || len(invalid) != len(test.want) || invalid["new"] != test.want["new"] || invalid["current"] != test.want["current"] {
			t.Errorf("%s: %v, want %v", name, err, test.want)
		}
	}
	if err := o.ChangePassword(t.Context(), ownerPassword, "otra frase secreta"); !errors.Is(err, crm.ErrUnauthenticated) {
		t.Errorf("nobody: %v", err)
	}
}

func TestResetPassword(t *testing.T) {
	o := newOffice(t)
	_, u, initial := o.hire(crm.RoleSeller, "seller@acme.example")
	token, _ := o.mustSignIn("seller@acme.example", initial)
	password, err := o.ResetPassword(o.owner, u.ID)
	if err != nil {
		t.Fatal(err)
	}
	if reason := o.endReason(token); reason != crm.EndedByPassword {
		t.Errorf("session ended by %q", reason)
	}
	if _, _, err := o.signIn("seller@acme.example", initial, office1); !errors.Is(err, crm.ErrWrongCredentials) {
		t.Errorf("the old password: %v", err)
	}
	token, _ = o.mustSignIn("seller@acme.example", password)
	if _, u, err := o.Session(t.Context(), token); err != nil || !u.MustChangePassword {
		t.Errorf("after reset: %+v, %v", u, err)
	}
}

func TestHashesAreSaltedAndChecked(t *testing.T) {
	h := newHasher()
	first, err := h.hash(t.Context(), "secret")
	if err != nil {
		t.Fatal(err)
	}
	second, err := h.hash(t.Context(), "secret")
	if err != nil || first == second || !strings.HasPrefix(first, "$argon2id$v=19$m=19456,t=2,p=1$") {
		t.Errorf("hashes %s and %s, %v", first, second, err)
	}
	for password, want := range map[string]bool{"secret": true, "Secret": false, "": false} {
		if got, err := h.matches(t.Context(), first, password); got != want || err != nil {
			t.Errorf("%q matches: %v, %v", password, got, err)
		}
	}
	if got, err := h.matches(t.Context(), "", ""); got || err != nil {
		t.Errorf("no hash matches: %v, %v", got, err)
	}
	for _, broken := range []string{"x", "$argon2id$v=19$m=99999999,t=1,p=1$AAAA$AAAA", "$argon2id$v=19$m=19456,t=0,p=1$AAAA$AAAA", "$argon2id$v=19$m=19456,t=2,p=1$$", "$argon2id$v=18$m=8,t=1,p=1$AAAA$AAAA"} {
		if got, err := h.matches(t.Context(), broken, "secret"); got || !errors.Is(err, errBadHash) {
			t.Errorf("%s: %v, %v", broken, got, err)
		}
	}
}

func TestFewHashesAtOnce(t *testing.T) {
	h := newHasher()
	var all sync.WaitGroup
	for range 6 {
		all.Go(func() {
			if _, err := h.hash(t.Context(), "secret"); err != nil {
				t.Error(err)
			}
			if running := h.running.Load(); running > hashesAtOnce {
				t.Errorf("%d at once", running)
			}
		})
	}
	all.Wait()
}
