package sqlite

import (
	"context"
	"errors"
	"reflect"
	"strings"
	"testing"
	"time"

	"github.com/pquerna/otp/totp"

	"github.com/grupobizopps/salexops/crm"
)

func (o *office) code(secret string) string {
	o.t.Helper()
	code, err := totp.GenerateCode(secret, o.clock.Now())
	if err != nil {
		o.t.Fatal(err)
	}
	return code
}

// twoSteps turns the second step of a user on, from the next step of time on.
func (o *office) twoSteps(ctx context.Context, password string) (secret string, recovery []string) {
	o.t.Helper()
	secret = crm.NewTOTPSecret()
	recovery, err := o.TurnTwoStepOn(ctx, secret, o.code(secret), password)
	if err != nil {
		o.t.Fatal(err)
	}
	o.clock.Advance(time.Minute)
	return secret, recovery
}

// ticket is that of a right password.
func (o *office) ticket(email, password string) string {
	o.t.Helper()
	_, _, err := o.signIn(email, password, office1)
	var needed *crm.SecondFactorNeeded
	if !errors.As(err, &needed) || needed.Ticket == "" {
		o.t.Fatalf("the password of %s: %v", email, err)
	}
	return needed.Ticket
}

func (o *office) secondStep(ticket, code string) error {
	_, _, _, err := o.SignInCode(o.t.Context(), crm.CodeSignIn{Ticket: ticket, Code: code, RemoteAddr: office1})
	return err
}

func TestTwoStepStateAndWhatTurnsItOn(t *testing.T) {
	o := newOffice(t)
	secret := crm.NewTOTPSecret()
	for field, try := range map[string][2]string{
		"current": {o.code(secret), "wrong password"}, "code": {"000000", ownerPassword},
	} {
		var invalid crm.Invalid
		if _, err := o.TurnTwoStepOn(o.owner, secret, try[0], try[1]); !errors.As(err, &invalid) || invalid[field] == "" {
			t.Errorf("wrong %s: %v", field, err)
		}
	}
	if state, err := o.TwoStep(o.owner); err != nil || !state.Since.IsZero() || state.CodesLeft != 0 {
		t.Errorf("before: %+v, %v", state, err)
	}
	_, recovery := o.twoSteps(o.owner, ownerPassword)
	if state, err := o.TwoStep(o.owner); err != nil || state.Since.IsZero() || state.CodesLeft != crm.RecoveryCodes || len(recovery) != crm.RecoveryCodes {
		t.Errorf("after: %+v, %v", state, err)
	}
	if _, err := o.NewRecoveryCodes(o.owner, "wrong password"); err == nil {
		t.Error("new recovery codes without the password")
	}
	if err := o.TurnTwoStepOff(o.owner, "wrong password"); err == nil {
		t.Error("off without the password")
	}
	if err := o.TurnTwoStepOff(o.owner, ownerPassword); err != nil {
		t.Fatal(err)
	}
	o.mustSignIn("lucia@acme.example", ownerPassword)
	if _, err := o.NewRecoveryCodes(o.owner, ownerPassword); !errors.Is(err, crm.ErrNotFound) {
		t.Errorf("recovery codes for nothing: %v", err)
	}
	if got := o.verbs(1); !reflect.DeepEqual(got, []string{"two-step-off", "two-step-on"}) {
		t.Errorf("history: %v", got)
	}
}

// verbs is what was done to a user, newest first.
func (o *office) verbs(user int64) []string {
	o.t.Helper()
	page, err := o.History(o.owner, crm.KindUser, user, "", 0)
	if err != nil {
		o.t.Fatal(err)
	}
	var all []string
	for _, a := range page.Items {
		all = append(all, a.Verb)
	}
	return all
}

func TestSecondStepTakesEachCodeOnce(t *testing.T) {
	o := newOffice(t)
	secret, recovery := o.twoSteps(o.owner, ownerPassword)
	before := o.code(secret)
	o.clock.Advance(30 * time.Second)
	now := o.code(secret)
	if err := o.secondStep(o.ticket("lucia@acme.example", ownerPassword), now); err != nil {
		t.Fatal(err)
	}
	ticket := o.ticket("lucia@acme.example", ownerPassword)
	for name, code := range map[string]string{"the same": now, "an older one": before, "nothing": "", "another's": "aaaa-bbbb-cccc"} {
		if err := o.secondStep(ticket, code); !errors.Is(err, crm.ErrWrongCode) {
			t.Errorf("%s: %v", name, err)
		}
	}
	if err := o.secondStep(ticket, " "+strings.ToUpper(recovery[3])); err != nil {
		t.Fatalf("a recovery code: %v", err)
	}
	if err := o.secondStep(ticket, recovery[4]); !errors.Is(err, crm.ErrSignInAgain) {
		t.Errorf("the ticket is good twice: %v", err)
	}
	if err := o.secondStep(o.ticket("lucia@acme.example", ownerPassword), recovery[3]); !errors.Is(err, crm.ErrWrongCode) {
		t.Errorf("a recovery code twice: %v", err)
	}
	fresh, err := o.NewRecoveryCodes(o.owner, ownerPassword)
	if err != nil {
		t.Fatal(err)
	}
	ticket = o.ticket("lucia@acme.example", ownerPassword)
	if err := o.secondStep(ticket, recovery[5]); !errors.Is(err, crm.ErrWrongCode) {
		t.Errorf("a recovery code that was replaced: %v", err)
	}
	if err := o.secondStep(ticket, fresh[0]); err != nil {
		t.Errorf("a new one: %v", err)
	}
}

func TestTheSameCodeAtTheSameMomentLetsOneIn(t *testing.T) {
	o := newOffice(t)
	secret, _ := o.twoSteps(o.owner, ownerPassword)
	tickets := []string{o.ticket("lucia@acme.example", ownerPassword), o.ticket("lucia@acme.example", ownerPassword), o.ticket("lucia@acme.example", ownerPassword)}
	results := make(chan error)
	for _, ticket := range tickets {
		go func() { results <- o.secondStep(ticket, o.code(secret)) }()
	}
	in := 0
	for range tickets {
		if err := <-results; err == nil {
			in++
		} else if !errors.Is(err, crm.ErrWrongCode) {
			t.Error(err)
		}
	}
	if in != 1 {
		t.Errorf("%d were let in by one code", in)
	}
}

func TestTicketsEndWithTheirReason(t *testing.T) {
	o := newOffice(t)
	o.rights.Seats = 9
	for name, end := range map[string]func(user int64){
		"too late":           func(int64) { o.clock.Advance(ticketAge + time.Second) },
		"password was reset": func(user int64) { _, _ = o.ResetPassword(o.owner, user) },
		"disabled":           func(user int64) { _ = o.SetUserDisabled(o.owner, user, true) },
		"turned off":         func(user int64) { _ = o.ResetSecondFactor(o.owner, user) },
	} {
		email := strings.ReplaceAll(name, " ", "") + "@acme.example"
		acting, u, password := o.hire(crm.RoleSeller, email)
		secret, _ := o.twoSteps(acting, password)
		ticket := o.ticket(email, password)
		end(u.ID)
		if err := o.secondStep(ticket, o.code(secret)); !errors.Is(err, crm.ErrSignInAgain) {
			t.Errorf("%s: %v", name, err)
		}
	}
	if err := o.secondStep("no such ticket", "123456"); !errors.Is(err, crm.ErrSignInAgain) {
		t.Errorf("no ticket: %v", err)
	}
}

func TestCodesAreSlowedDown(t *testing.T) {
	o := newOffice(t)
	secret, _ := o.twoSteps(o.owner, ownerPassword)
	var slow *crm.TooManyAttempts
	for range codePatience.free {
		if err := o.secondStep(o.ticket("lucia@acme.example", ownerPassword), "000000"); !errors.Is(err, crm.ErrWrongCode) {
			t.Fatal(err)
		}
	}
	if err := o.secondStep(o.ticket("lucia@acme.example", ownerPassword), o.code(secret)); !errors.As(err, &slow) {
		t.Errorf("the right code after too many wrong ones: %v", err)
	}
	o.clock.Advance(slow.RetryAfter)
	if err := o.secondStep(o.ticket("lucia@acme.example", ownerPassword), o.code(secret)); err != nil {
		t.Errorf("after the wait: %v", err)
	}
}

func TestResetPasswordKeepsTheSecondStepAndTakesPasskeys(t *testing.T) {
	o := newOffice(t)
	acting, u, password := o.hire(crm.RoleSeller, "seller@acme.example")
	secret, _ := o.twoSteps(acting, password)
	o.passkey(acting, "cred")
	password, err := o.ResetPassword(o.owner, u.ID)
	if err != nil {
		t.Fatal(err)
	}
	if err := o.secondStep(o.ticket("seller@acme.example", password), o.code(secret)); err != nil {
		t.Errorf("the second step after the reset: %v", err)
	}
	if all, err := o.Passkeys(acting); err != nil || len(all) != 0 {
		t.Errorf("%d passkeys still open the account, %v", len(all), err)
	}
}

func TestResetSecondFactorTakesAllOfItAndEndsSessions(t *testing.T) {
	o := newOffice(t)
	acting, u, password := o.hire(crm.RoleSeller, "seller@acme.example")
	token, _ := o.mustSignIn("seller@acme.example", password)
	o.twoSteps(acting, password)
	o.passkey(acting, "cred")
	factors, err := o.SecondFactors(o.owner)
	if want := map[int64]crm.SecondFactor{u.ID: {TwoStep: true, Passkeys: 1}}; err != nil || !reflect.DeepEqual(factors, want) {
		t.Errorf("factors: %v, %v", factors, err)
	}
	if _, err := o.SecondFactors(acting); !errors.Is(err, crm.ErrForbidden) {
		t.Errorf("a seller looks at factors: %v", err)
	}
	for who, ctx := range map[string]context.Context{"oneself": o.owner, "a seller": acting} {
		if err := o.ResetSecondFactor(ctx, 1); !errors.Is(err, crm.ErrForbidden) {
			t.Errorf("%s: %v", who, err)
		}
	}
	for range 2 { // the second time changes nothing
		if err := o.ResetSecondFactor(o.owner, u.ID); err != nil {
			t.Fatal(err)
		}
	}
	if reason := o.endReason(token); reason != crm.EndedByReset {
		t.Errorf("session ended by %q", reason)
	}
	o.mustSignIn("seller@acme.example", password)
	if factors, err := o.SecondFactors(o.owner); err != nil || len(factors) != 0 {
		t.Errorf("factors: %v, %v", factors, err)
	}
	if got := o.verbs(u.ID); got[0] != "reset-second-factor" || got[1] == got[0] {
		t.Errorf("history: %v", got)
	}
	if err := o.ResetSecondFactor(o.owner, 99); !errors.Is(err, crm.ErrNotFound) {
		t.Errorf("nobody: %v", err)
	}
}

func TestRecoveryCodesAreStoredAsHashesOnly(t *testing.T) {
	o := newOffice(t)
	_, recovery := o.twoSteps(o.owner, ownerPassword)
	found := 0
	for _, code := range recovery {
		for _, text := range []string{code, crm.TidyCode(code)} {
			n := 0
			if err := o.queries.queryRow(t.Context(), "SELECT count(*) FROM recovery_code WHERE instr(cast(hash AS TEXT), ?) > 0", text).Scan(&n); err != nil {
				t.Fatal(err)
			}
			found += n
		}
	}
	if found > 0 {
		t.Errorf("%d recovery codes are in the database", found)
	}
}
