package sqlite

import (
	"bytes"
	"context"
	"errors"
	"testing"

	"github.com/grupobizopps/salexops/crm"
)

// passkey gives the actor one, whatever it verifies.
func (o *office) passkey(ctx context.Context, credential string) *crm.Passkey {
	o.t.Helper()
	p := &crm.Passkey{Name: "  Mi  teléfono ", Site: "acme.localhost", CredentialID: []byte(credential), Record: []byte("before")}
	if err := o.AddPasskey(ctx, p); err != nil {
		o.t.Fatal(err)
	}
	return p
}

func (o *office) showPasskey(credential string, verified bool, verdict error) (*crm.Session, error) {
	_, s, _, err := o.SignInPasskey(o.t.Context(), crm.PasskeySignIn{
		CredentialID: []byte(credential), RemoteAddr: office1, UserAgent: "Firefox",
		Verify: func(*crm.Passkey) ([]byte, bool, error) { return []byte("after"), verified, verdict },
	})
	return s, err
}

func TestPasskeysAreTheActorsOwn(t *testing.T) {
	o := newOffice(t)
	seller, _, _ := o.hire(crm.RoleSeller, "seller@acme.example")
	p := o.passkey(o.owner, "one")
	if p.Name != "Mi teléfono" || p.ID == 0 {
		t.Errorf("added: %+v", p)
	}
	if err := o.RenamePasskey(seller, p.ID, "mía"); !errors.Is(err, crm.ErrNotFound) {
		t.Errorf("another renames it: %v", err)
	}
	if err := o.RemovePasskey(seller, p.ID); !errors.Is(err, crm.ErrNotFound) {
		t.Errorf("another removes it: %v", err)
	}
	if err := o.AddPasskey(seller, &crm.Passkey{Name: "x", CredentialID: []byte("one"), Record: []byte("{}")}); !errors.Is(err, crm.ErrConflict) {
		t.Errorf("the same credential twice: %v", err)
	}
	var invalid crm.Invalid
	if err := o.RenamePasskey(o.owner, p.ID, " "); !errors.As(err, &invalid) || invalid["name"] == "" {
		t.Errorf("no name: %v", err)
	}
	if err := o.RenamePasskey(o.owner, p.ID, "Laptop"); err != nil {
		t.Fatal(err)
	}
	if all, err := o.Passkeys(o.owner); err != nil || len(all) != 1 || all[0].Name != "Laptop" || !all[0].LastUsedAt.IsZero() {
		t.Errorf("list: %+v, %v", all, err)
	}
	if all, err := o.Passkeys(seller); err != nil || len(all) != 0 {
		t.Errorf("the seller's: %v, %v", all, err)
	}
	if err := o.RemovePasskey(o.owner, p.ID); err != nil {
		t.Fatal(err)
	}
	if _, err := o.showPasskey("one", true, nil); !errors.Is(err, crm.ErrWrongCredentials) {
		t.Errorf("a removed one opens: %v", err)
	}
	if got := o.verbs(1); len(got) != 2 || got[0] != "passkey-remove" || got[1] != "passkey-add" {
		t.Errorf("history: %v", got)
	}
}

func TestThereAreOnlySoManyPasskeys(t *testing.T) {
	o := newOffice(t)
	for i := range crm.MaxPasskeys {
		o.passkey(o.owner, string(rune('a'+i)))
	}
	var invalid crm.Invalid
	if err := o.AddPasskey(o.owner, &crm.Passkey{Name: "x", CredentialID: []byte("more")}); !errors.As(err, &invalid) {
		t.Errorf("one more: %v", err)
	}
}

func TestPasskeyHandleStays(t *testing.T) {
	o := newOffice(t)
	seller, _, _ := o.hire(crm.RoleSeller, "seller@acme.example")
	first, err := o.PasskeyHandle(o.owner)
	if err != nil || len(first) != 32 {
		t.Fatalf("%x, %v", first, err)
	}
	if again, err := o.PasskeyHandle(o.owner); err != nil || !bytes.Equal(first, again) {
		t.Errorf("again: %x, %v", again, err)
	}
	if other, err := o.PasskeyHandle(seller); err != nil || bytes.Equal(first, other) {
		t.Errorf("another's: %x, %v", other, err)
	}
}

func TestPasskeySignInFollowsTheRulesOfSessions(t *testing.T) {
	o := newOffice(t)
	o.passkey(o.owner, "one")
	first, _ := o.mustSignIn("lucia@acme.example", ownerPassword)
	s, err := o.showPasskey("one", true, nil)
	if err != nil || s.EndedOthers != 1 {
		t.Fatalf("%+v, %v", s, err)
	}
	if reason := o.endReason(first); reason != crm.EndedByOther {
		t.Errorf("the first session: %q", reason)
	}
	if all, err := o.Passkeys(o.owner); err != nil || string(all[0].Record) != "after" || !all[0].LastUsedAt.Equal(o.clock.Now()) {
		t.Errorf("after its use: %+v, %v", all[0], err)
	}
	o.rights.Access = "Closed"
	if _, err := o.showPasskey("one", true, nil); !errors.Is(err, crm.ErrForbidden) {
		t.Errorf("when closed: %v", err)
	}
}

func TestAPasskeyIsTwoFactorsWhereTheDeviceVerifiedThePerson(t *testing.T) {
	o := newOffice(t)
	secret, _ := o.twoSteps(o.owner, ownerPassword)
	o.passkey(o.owner, "one")
	if _, err := o.showPasskey("one", true, nil); err != nil {
		t.Errorf("verified: %v", err)
	}
	_, err := o.showPasskey("one", false, nil)
	var needed *crm.SecondFactorNeeded
	if !errors.As(err, &needed) {
		t.Fatalf("not verified: %v", err)
	}
	if err := o.secondStep(needed.Ticket, o.code(secret)); err != nil {
		t.Errorf("with a code: %v", err)
	}
}

func TestRefusedPasskeys(t *testing.T) {
	o := newOffice(t)
	seller, u, _ := o.hire(crm.RoleSeller, "seller@acme.example")
	o.passkey(seller, "one")
	for name, try := range map[string]func() error{
		"unknown": func() error { _, err := o.showPasskey("none", true, nil); return err },
		"wrong":   func() error { _, err := o.showPasskey("one", true, errors.New("signature")); return err },
		"disabled": func() error {
			if err := o.SetUserDisabled(o.owner, u.ID, true); err != nil {
				t.Fatal(err)
			}
			_, err := o.showPasskey("one", true, nil)
			return err
		},
	} {
		if err := try(); !errors.Is(err, crm.ErrWrongCredentials) {
			t.Errorf("%s: %v", name, err)
		}
	}
	for range addressPatience.free {
		_, _ = o.showPasskey("none", true, nil)
	}
	var slow *crm.TooManyAttempts
	if _, err := o.showPasskey("none", true, nil); !errors.As(err, &slow) {
		t.Errorf("many: %v", err)
	}
}
