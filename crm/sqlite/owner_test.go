package sqlite

import (
	"errors"
	"testing"

	"github.com/grupobizopps/salexops/crm"
)

func TestRestartNeverResetsAPassword(t *testing.T) {
	o := newOffice(t)
	changed := func() bool {
		t.Helper()
		team, err := o.Team(t.Context())
		if err != nil {
			t.Fatal(err)
		}
		return team.OwnerPasswordChanged
	}
	if changed() {
		t.Error("the initial password counts as changed")
	}
	if err := o.ChangePassword(o.owner, ownerPassword, "otra frase secreta"); err != nil {
		t.Fatal(err)
	}
	o.reopen()
	created, err := o.CreateInitialOwner(t.Context(), InitialOwner{Email: "lucia@acme.example", Name: "Lucía Moreno", Password: ownerPassword})
	if err != nil || created {
		t.Errorf("created again: %v, %v", created, err)
	}
	if !changed() {
		t.Error("the changed password does not count as changed")
	}
	o.mustSignIn("lucia@acme.example", "otra frase secreta")
	if _, _, err := o.signIn("lucia@acme.example", ownerPassword, office1); !errors.Is(err, crm.ErrWrongCredentials) {
		t.Errorf("the initial password after the change: %v", err)
	}
}

func TestInitialOwnerIsChecked(t *testing.T) {
	o := &office{t: t, clock: &clock{}, rights: &openRights, path: t.TempDir() + "/crm.db"}
	o.open(nil)
	for _, owner := range []InitialOwner{{Email: "x", Password: "p"}, {Email: "lucia@acme.example"}} {
		if created, err := o.CreateInitialOwner(t.Context(), owner); created || !errors.As(err, &crm.Invalid{}) {
			t.Errorf("%+v: %v, %v", owner, created, err)
		}
	}
}

func TestTeamForTheOperator(t *testing.T) {
	o := newOffice(t)
	_, u, _ := o.hire(crm.RoleSeller, "seller@acme.example")
	o.hire(crm.RoleSeller, "other@acme.example")
	if err := o.SetUserDisabled(o.owner, u.ID, true); err != nil {
		t.Fatal(err)
	}
	o.mustSignIn("lucia@acme.example", ownerPassword)
	team, err := o.Team(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	if team.Users != 3 || len(team.Enabled) != 2 || !team.LastSeenAt.Equal(o.clock.Now()) {
		t.Errorf("team: %+v", team)
	}
}

func TestUsageCountsWhatIsThere(t *testing.T) {
	o := newOffice(t)
	o.contact("Ana", "López")
	gone := o.contact("Beto", "Paz")
	o.company("Acme")
	if _, err := o.DeleteContact(o.owner, gone.ID); err != nil {
		t.Fatal(err)
	}
	for range 2 {
		usage, err := o.Usage(t.Context())
		if err != nil || usage.Contacts != 1 || usage.Companies != 1 || usage.Users != 1 || usage.RecordsBytes < 4096 {
			t.Errorf("usage: %+v, %v", usage, err)
		}
	}
	o.contact("Carla", "Ruiz")
	if usage, err := o.Usage(t.Context()); err != nil || usage.Contacts != 2 {
		t.Errorf("after one more: %+v, %v", usage, err)
	}
}
