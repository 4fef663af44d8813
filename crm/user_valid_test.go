package crm

import (
	"maps"
	"strings"
	"testing"
)

func TestUserDefaults(t *testing.T) {
	u := User{Email: " ana@acme.example "}
	u.Normalize()
	want := User{Email: "ana@acme.example", Name: "ana@acme.example", Role: RoleSeller, Locale: "es-MX", Theme: "auto"}
	if u != want {
		t.Errorf("got %+v, want %+v", u, want)
	}
	if err := u.Validate(); err != nil {
		t.Errorf("defaults are not valid: %v", err)
	}
}

func TestUserValidate(t *testing.T) {
	u := User{Email: "x", Name: strings.Repeat("x", 300), Role: "king", Locale: "fr", Theme: "pink"}
	want := Invalid{"email": KeyEmail, "name": KeyTooLong, "role": KeyChoice, "locale": KeyChoice, "theme": KeyChoice}
	if got := faults(u.Validate()); !maps.Equal(got, want) {
		t.Errorf("got %v, want %v", got, want)
	}
}

func TestRoles(t *testing.T) {
	for role, want := range map[Role][4]bool{
		RoleOwner:    {true, true, true, false},
		RoleManager:  {true, true, false, true},
		RoleSeller:   {true, false, false, true},
		RoleReadOnly: {false, false, false, true},
		"":           {},
	} {
		if got := [4]bool{role.CanWrite(), role.CanManage(), role.CanOwn(), role.CanBeGiven()}; got != want {
			t.Errorf("%q: writes, manages, owns, can be given: %v, want %v", role, got, want)
		}
	}
}

func TestLoginKeyForgetsCase(t *testing.T) {
	if LoginKey(" LUCÍA@Acme.example") != LoginKey("luci\u0301a@ACME.EXAMPLE ") {
		t.Error("the same address has two keys")
	}
}
