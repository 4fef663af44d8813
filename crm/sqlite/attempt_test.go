package sqlite

import (
	"errors"
	"fmt"
	"testing"
	"time"

	"github.com/grupobizopps/salexops/crm"
)

// attempts are outcomes and methods, newest first.
func (o *office) attempts(failedOnly bool) []string {
	o.t.Helper()
	page, err := o.SignInAttempts(o.owner, failedOnly, "", 200)
	if err != nil {
		o.t.Fatal(err)
	}
	var all []string
	for _, a := range page.Items {
		all = append(all, fmt.Sprintf("%s %s %s%s", a.Outcome, a.Method, a.UserName, a.Login))
	}
	return all
}

func TestAttemptsAreRecordedWithTheirOutcome(t *testing.T) {
	o := newOffice(t)
	_, u, password := o.hire(crm.RoleSeller, "seller@acme.example")
	o.mustSignIn("Lucia@acme.example", ownerPassword)
	_, _, _ = o.signIn("lucia@acme.example", "wrong password", office1)
	_, _, _ = o.signIn("nobody@acme.example", "wrong password", office1)
	_, _, _ = o.signIn("my password by mistake", "x", office1)
	if err := o.SetUserDisabled(o.owner, u.ID, true); err != nil {
		t.Fatal(err)
	}
	_, _, _ = o.signIn("seller@acme.example", password, office1)
	secret, recovery := o.twoSteps(o.owner, ownerPassword)
	ticket := o.ticket("lucia@acme.example", ownerPassword)
	_ = o.secondStep(ticket, "000000")
	if err := o.secondStep(ticket, o.code(secret)); err != nil {
		t.Fatal(err)
	}
	if err := o.secondStep(o.ticket("lucia@acme.example", ownerPassword), recovery[0]); err != nil {
		t.Fatal(err)
	}
	o.passkey(o.owner, "one")
	if _, err := o.showPasskey("one", true, nil); err != nil {
		t.Fatal(err)
	}
	const lucia = "Lucía Morenolucia@acme.example"
	want := []string{
		"done passkey " + lucia, "done recovery " + lucia, "half password " + lucia, "done code " + lucia, "wrong code " + lucia,
		"half password " + lucia, "disabled password seller@acme.exampleseller@acme.example", "wrong password ",
		"wrong password nobody@acme.example", "wrong password " + lucia, "done password " + lucia,
	}
	got := o.attempts(false)
	if fmt.Sprint(got) != fmt.Sprint(want) {
		t.Errorf("attempts:\n%q\nwant\n%q", got, want)
	}
	if failed := o.attempts(true); len(failed) != 7 {
		t.Errorf("failed ones: %q", failed)
	}
}

func TestAFloodOfAttemptsWritesLittle(t *testing.T) {
	o := newOffice(t)
	for range 60 {
		_, _, _ = o.signIn("nobody@acme.example", "wrong password", office1)
	}
	if got := len(o.attempts(false)); got != loginPatience.free+1 {
		t.Errorf("%d are recorded", got)
	}
	err := o.writer.do(t.Context(), essential, func(x *tx) error {
		_, err := x.exec("UPDATE sqlite_sequence SET seq = seq + ? WHERE name = 'sign_in_attempt'", maxAttempts)
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	o.mustSignIn("lucia@acme.example", ownerPassword)
	if got := o.attempts(false); len(got) != 1 {
		t.Errorf("after very many, %q are left", got)
	}
}

func TestAttemptsAreForgottenInTime(t *testing.T) {
	o := newOffice(t)
	o.mustSignIn("lucia@acme.example", ownerPassword)
	o.clock.Advance(attemptTime)
	o.mustSignIn("lucia@acme.example", ownerPassword)
	o.clock.Advance(time.Second)
	if err := o.tidy(t.Context()); err != nil {
		t.Fatal(err)
	}
	if got := o.attempts(false); len(got) != 1 {
		t.Errorf("left: %q", got)
	}
}

func TestAttemptsArePagedAndTheOwners(t *testing.T) {
	o := newOffice(t)
	seller, _, _ := o.hire(crm.RoleSeller, "seller@acme.example")
	manager, _, _ := o.hire(crm.RoleManager, "manager@acme.example")
	for range 3 {
		o.mustSignIn("lucia@acme.example", ownerPassword)
	}
	first, err := o.SignInAttempts(o.owner, false, "", 2)
	if err != nil || len(first.Items) != 2 || first.Next == "" {
		t.Fatalf("%+v, %v", first, err)
	}
	second, err := o.SignInAttempts(o.owner, false, first.Next, 2)
	if err != nil || len(second.Items) != 1 || second.Next != "" || second.Items[0].ID >= first.Items[1].ID {
		t.Errorf("%+v, %v", second, err)
	}
	if _, err := o.SignInAttempts(manager, false, "", 0); !errors.Is(err, crm.ErrForbidden) {
		t.Errorf("a manager: %v", err)
	}
	if _, err := o.SignInAttempts(seller, false, "", 0); !errors.Is(err, crm.ErrForbidden) {
		t.Errorf("a seller: %v", err)
	}
	var invalid crm.Invalid
	if _, err := o.SignInAttempts(o.owner, false, "x", 0); !errors.As(err, &invalid) {
		t.Errorf("no cursor: %v", err)
	}
}

func TestAWrongPasswordIsAnsweredThoughItCannotBeRecorded(t *testing.T) {
	o := newOffice(t)
	o.close()
	o.raw("ALTER TABLE sign_in_attempt RENAME TO elsewhere")
	o.open(nil)
	if _, _, err := o.signIn("lucia@acme.example", "wrong password", office1); !errors.Is(err, crm.ErrWrongCredentials) {
		t.Errorf("got %v", err)
	}
}
