package sqlite

import (
	"errors"
	"reflect"
	"testing"

	"github.com/grupobizopps/salexops/crm"
)

func TestSetIdentityIsRecordedAndAsksForThePassword(t *testing.T) {
	o := newOffice(t)
	o.hire(crm.RoleSeller, "seller@acme.example")
	var invalid crm.Invalid
	for name, test := range map[string]struct{ name, email, password, field, key string }{
		"no name":        {" ", "lucia@acme.example", "", "name", crm.KeyRequired},
		"no e-mail":      {"Lucía", "lucia", "", "email", crm.KeyEmail},
		"no password":    {"Lucía", "luz@acme.example", "", "current", crm.KeyPasswordWrong},
		"wrong password": {"Lucía", "luz@acme.example", "wrong password", "current", crm.KeyPasswordWrong},
		"taken":          {"Lucía", "Seller@acme.example", ownerPassword, "email", crm.KeyTaken},
	} {
		if err := o.SetIdentity(o.owner, test.name, test.email, test.password); !errors.As(err, &invalid) || invalid[test.field] != test.key {
			t.Errorf("%s: %v", name, err)
		}
	}
	if err := o.SetIdentity(o.owner, "Lucía M. Ruiz", "lucia@acme.example", ""); err != nil {
		t.Fatalf("the name alone: %v", err)
	}
	if err := o.SetIdentity(o.owner, "Lucía M. Ruiz", "luz@acme.example", ownerPassword); err != nil {
		t.Fatal(err)
	}
	o.mustSignIn("luz@acme.example", ownerPassword)
	page, err := o.History(o.owner, crm.KindUser, 1, "", 0)
	if err != nil || len(page.Items) != 2 {
		t.Fatalf("history: %v, %v", page.Items, err)
	}
	if got, want := page.Items[0].Changes, []crm.Change{{Field: "email", From: "lucia@acme.example", To: "luz@acme.example"}}; !reflect.DeepEqual(got, want) {
		t.Errorf("recorded: %v", got)
	}
}
