package sqlite

import (
	"context"
	"errors"
	"testing"
	"time"

	"github.com/grupobizopps/salexops/crm"
)

const office1, office2 = "198.51.100.7", "203.0.113.9"

func (o *office) signIn(email, password, from string) (string, *crm.Session, error) {
	token, s, _, err := o.SignIn(o.t.Context(), crm.SignIn{Email: email, Password: password, RemoteAddr: from, UserAgent: "Firefox"})
	return token, s, err
}

func (o *office) mustSignIn(email, password string) (string, *crm.Session) {
	o.t.Helper()
	token, s, err := o.signIn(email, password, office1)
	if err != nil {
		o.t.Fatalf("sign %s in: %v", email, err)
	}
	return token, s
}

// endReason is why a token is no longer good; "" while it is.
func (o *office) endReason(token string) crm.EndReason {
	o.t.Helper()
	_, _, err := o.Session(o.t.Context(), token)
	var ended *crm.SessionEnded
	switch {
	case err == nil:
		return ""
	case errors.As(err, &ended) && errors.Is(err, crm.ErrUnauthenticated):
		return ended.Reason
	}
	o.t.Fatalf("find session: %v", err)
	return ""
}

func TestSignInStartsASession(t *testing.T) {
	o := newOffice(t)
	token, s := o.mustSignIn("LUCIA@Acme.example ", ownerPassword)
	found, u, err := o.Session(t.Context(), token)
	if err != nil {
		t.Fatal(err)
	}
	if *found != *s || found.RemoteAddr != office1 || found.UserAgent != "Firefox" || !found.CreatedAt.Equal(o.clock.Now()) {
		t.Errorf("session: %+v, signed in as %+v", found, s)
	}
	if u.Email != "lucia@acme.example" || u.Role != crm.RoleOwner || !u.MustChangePassword {
		t.Errorf("user: %+v", u)
	}
	o.reopen()
	if reason := o.endReason(token); reason != "" {
		t.Errorf("after a restart the session has ended: %s", reason)
	}
}

func TestTokenIsStoredAsAHashOnly(t *testing.T) {
	o := newOffice(t)
	token, _ := o.mustSignIn("lucia@acme.example", ownerPassword)
	found := 0
	err := o.queries.queryRow(t.Context(), "SELECT count(*) FROM session WHERE instr(cast(token_hash AS TEXT), ?) > 0 OR hex(token_hash) = hex(?)", token, token).Scan(&found)
	if err != nil || found != 0 {
		t.Errorf("the token is in the database: %d, %v", found, err)
	}
	if len(token) < 43 {
		t.Errorf("token of %d characters: less than 256 bits", len(token))
	}
}

func TestWrongCredentialsDoNotSayWhatIsWrong(t *testing.T) {
	o := newOffice(t)
	_, u, password := o.hire(crm.RoleSeller, "seller@acme.example")
	if err := o.SetUserDisabled(o.owner, u.ID, true); err != nil {
		t.Fatal(err)
	}
	for name, in := range map[string][2]string{
		"wrong password": {"lucia@acme.example", "wrong password"},
		"unknown login":  {"nobody@acme.example", ownerPassword},
		"disabled":       {"seller@acme.example", password},
		"nothing":        {"", ""},
	} {
		if _, _, err := o.signIn(in[0], in[1], office1); !errors.Is(err, crm.ErrWrongCredentials) || err.Error() != crm.ErrWrongCredentials.Error() {
			t.Errorf("%s: %v", name, err)
		}
	}
}

func TestSecondSignInEndsTheFirstAndSaysSo(t *testing.T) {
	o := newOffice(t)
	first, s1 := o.mustSignIn("lucia@acme.example", ownerPassword)
	second, s2 := o.mustSignIn("lucia@acme.example", ownerPassword)
	if s1.EndedOthers != 0 || s2.EndedOthers != 1 {
		t.Errorf("ended others: %d, then %d", s1.EndedOthers, s2.EndedOthers)
	}
	if reason := o.endReason(first); reason != crm.EndedByOther {
		t.Errorf("the first session: %q", reason)
	}
	if reason := o.endReason(second); reason != "" {
		t.Errorf("the second session: %q", reason)
	}
}

func TestLicenceSaysHowManySessions(t *testing.T) {
	o := newOffice(t)
	o.rights.SessionsPerUser = 2
	var tokens []string
	for range 3 {
		o.clock.Advance(time.Second)
		token, _ := o.mustSignIn("lucia@acme.example", ownerPassword)
		tokens = append(tokens, token)
	}
	for i, want := range []crm.EndReason{crm.EndedByOther, "", ""} {
		if got := o.endReason(tokens[i]); got != want {
			t.Errorf("session %d: %q, want %q", i, got, want)
		}
	}
}

func TestSessionsExpire(t *testing.T) {
	o := newOffice(t)
	idle, _ := o.mustSignIn("lucia@acme.example", ownerPassword)
	o.clock.Advance(sessionIdle - time.Second)
	if reason := o.endReason(idle); reason != "" {
		t.Errorf("before the idle time: %q", reason)
	}
	o.clock.Advance(sessionIdle - time.Second) // it was seen just now
	if reason := o.endReason(idle); reason != "" {
		t.Errorf("a visit does not keep the session: %q", reason)
	}
	o.clock.Advance(sessionIdle)
	if reason := o.endReason(idle); reason != crm.EndedByExpiry {
		t.Errorf("after the idle time: %q", reason)
	}
	busy, s := o.mustSignIn("lucia@acme.example", ownerPassword)
	if s.EndedOthers != 0 {
		t.Errorf("a session that had run out counts as ended by this one: %d", s.EndedOthers)
	}
	for o.clock.Now().Sub(s.CreatedAt) < sessionAbsolute-sessionIdle/2 {
		o.clock.Advance(sessionIdle / 2)
		if reason := o.endReason(busy); reason != "" {
			t.Fatalf("after %v: %q", o.clock.Now().Sub(s.CreatedAt), reason)
		}
	}
	o.clock.Advance(sessionIdle / 2)
	if reason := o.endReason(busy); reason != crm.EndedByExpiry {
		t.Errorf("after the absolute time: %q", reason)
	}
	if reason := o.endReason("no such token"); reason != crm.EndedByExpiry {
		t.Errorf("an unknown token: %q", reason)
	}
}

func TestSignOutAndEndSession(t *testing.T) {
	o := newOffice(t)
	o.rights.SessionsPerUser = 3
	token, s := o.mustSignIn("lucia@acme.example", ownerPassword)
	other, _ := o.mustSignIn("lucia@acme.example", ownerPassword)
	if all, err := o.Sessions(o.owner); err != nil || len(all) != 2 || all[1].ID != s.ID {
		t.Errorf("own sessions: %v, %v", all, err)
	}
	if err := o.EndSession(o.owner, s.ID); err != nil {
		t.Fatal(err)
	}
	for range 2 { // the second time changes nothing
		if err := o.SignOut(t.Context(), other); err != nil {
			t.Fatal(err)
		}
	}
	for _, token := range []string{token, other} {
		if reason := o.endReason(token); reason != crm.EndedBySignOut {
			t.Errorf("ended with %q", reason)
		}
	}
	seller, _, password := o.hire(crm.RoleSeller, "seller@acme.example")
	theirs, session := o.mustSignIn("seller@acme.example", password)
	if err := o.EndSession(o.owner, session.ID); !errors.Is(err, crm.ErrNotFound) {
		t.Errorf("end another user's session: %v", err)
	}
	if all, err := o.Sessions(seller); err != nil || len(all) != 1 || o.endReason(theirs) != "" {
		t.Errorf("the seller's sessions: %v, %v", all, err)
	}
}

func TestLicenceSaysWhoMayEnter(t *testing.T) {
	o := newOffice(t)
	_, _, password := o.hire(crm.RoleManager, "manager@acme.example")
	ownerToken, _ := o.mustSignIn("lucia@acme.example", ownerPassword)
	managerToken, _ := o.mustSignIn("manager@acme.example", password)
	may := func(rights crm.Rights, owner, manager bool) {
		t.Helper()
		*o.rights = rights
		for login, test := range map[string]struct {
			token, password string
			want            bool
		}{
			"lucia@acme.example":   {ownerToken, ownerPassword, owner},
			"manager@acme.example": {managerToken, password, manager},
		} {
			_, _, entered := o.Session(t.Context(), test.token)
			if (entered == nil) != test.want || (!test.want && !errors.Is(entered, crm.ErrForbidden)) {
				t.Errorf("%s with %+v: session %v", login, rights, entered)
			}
			if test.want {
				continue // signing in again would end the session that is asked about
			}
			if _, _, err := o.signIn(login, test.password, office1); !errors.Is(err, crm.ErrForbidden) {
				t.Errorf("%s with %+v: sign-in %v", login, rights, err)
			}
		}
	}
	may(crm.Rights{Valid: true, Access: "ExportOnly"}, true, false)
	may(crm.Rights{Valid: true, Access: "Closed"}, false, false)
	may(crm.Rights{Access: "Open", Problem: "expired"}, false, false)
	may(openRights, true, true)
}

func TestSignInIsSlowedDownByLogin(t *testing.T) {
	o := newOffice(t)
	for i := range loginPatience.free {
		if _, _, err := o.signIn("lucia@acme.example", "wrong password", office1); !errors.Is(err, crm.ErrWrongCredentials) {
			t.Fatalf("attempt %d: %v", i, err)
		}
	}
	var slow *crm.TooManyAttempts
	if _, _, err := o.signIn("Lucia@ACME.example", ownerPassword, office2); !errors.As(err, &slow) || slow.RetryAfter != time.Second {
		t.Fatalf("from another address, in other letters: %v", err)
	}
	o.clock.Advance(slow.RetryAfter)
	if _, _, err := o.signIn("lucia@acme.example", ownerPassword, office2); err != nil {
		t.Errorf("after the wait: %v", err)
	}
	if _, _, err := o.signIn("lucia@acme.example", "wrong password", office2); !errors.Is(err, crm.ErrWrongCredentials) {
		t.Errorf("a success does not forget the failures: %v", err)
	}
}

func TestCurrentPasswordIsNotGuessedEither(t *testing.T) {
	o := newOffice(t)
	var err error
	for range loginPatience.free + 1 {
		err = o.ChangePassword(o.owner, "wrong password", "a whole new secret")
	}
	if slow := (*crm.TooManyAttempts)(nil); !errors.As(err, &slow) {
		t.Errorf("after many wrong ones: %v", err)
	}
}

func TestSignInGivesUpWithItsCaller(t *testing.T) {
	o := newOffice(t)
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	if _, _, _, err := o.SignIn(ctx, crm.SignIn{Email: "lucia@acme.example", Password: ownerPassword}); !errors.Is(err, context.Canceled) {
		t.Errorf("got %v", err)
	}
}
