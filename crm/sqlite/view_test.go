package sqlite

import (
	"errors"
	"fmt"
	"testing"

	"github.com/grupobizopps/salexops/crm"
)

func TestViewsArePrivateOrShared(t *testing.T) {
	o := newOffice(t)
	seller, _, _ := o.hire(crm.RoleSeller, "vende@acme.example")
	reader, _, _ := o.hire(crm.RoleReadOnly, "lee@acme.example")
	own := &crm.View{Kind: crm.KindContact, Name: " Mis  clientes ", Params: "view=3&tag=vip&after=x&city=&cols=city&cols=email"}
	if err := o.SaveView(seller, own); err != nil {
		t.Fatal(err)
	}
	if own.Name != "Mis clientes" || own.Params != "cols=city&cols=email&tag=vip" {
		t.Errorf("stored as %+v", own)
	}
	shared := &crm.View{Kind: crm.KindContact, Name: "De todos", Shared: true}
	if err := o.SaveView(seller, shared); !errors.Is(err, crm.ErrForbidden) {
		t.Errorf("a seller shares a view: %v", err)
	}
	if err := o.SaveView(o.owner, shared); err != nil {
		t.Fatal(err)
	}
	for name, test := range map[string]struct {
		views func() ([]*crm.View, error)
		want  int
	}{
		"seller": {func() ([]*crm.View, error) { return o.Views(seller, crm.KindContact) }, 2},
		"reader": {func() ([]*crm.View, error) { return o.Views(reader, crm.KindContact) }, 1},
		"other":  {func() ([]*crm.View, error) { return o.Views(seller, crm.KindCompany) }, 0},
	} {
		if views, err := test.views(); err != nil || len(views) != test.want {
			t.Errorf("%s sees %d views, %v", name, len(views), err)
		}
	}
	own.Name = "Robada"
	if err := o.SaveView(reader, own); !errors.Is(err, crm.ErrNotFound) {
		t.Errorf("another's view is changed: %v", err)
	}
	if err := o.DeleteView(o.owner, own.ID); !errors.Is(err, crm.ErrNotFound) {
		t.Errorf("another's view is deleted: %v", err)
	}
	if err := o.DeleteView(seller, shared.ID); !errors.Is(err, crm.ErrForbidden) {
		t.Errorf("a shared view is deleted: %v", err)
	}
	own.Name, own.Params = "Míos", ""
	if err := o.SaveView(seller, own); err != nil {
		t.Fatal(err)
	}
	if views, _ := o.Views(seller, crm.KindContact); views[1].Name != "Míos" || views[1].Params == "" {
		t.Errorf("renamed: %+v", views[1])
	}
	if err := o.DeleteView(seller, own.ID); err != nil {
		t.Fatal(err)
	}
}

func TestViewsAreBounded(t *testing.T) {
	o := newOffice(t)
	var invalid crm.Invalid
	for _, w := range []crm.View{{Kind: crm.KindContact}, {Kind: crm.KindContact, Name: "a", Params: "%zz"}} {
		if err := o.SaveView(o.owner, &w); !errors.As(err, &invalid) {
			t.Errorf("%+v: %v", w, err)
		}
	}
	if err := o.SaveView(o.owner, &crm.View{Kind: crm.KindUser, Name: "a"}); !errors.Is(err, crm.ErrNotFound) {
		t.Errorf("a view of users: %v", err)
	}
	for i := range crm.MaxViews {
		if err := o.SaveView(o.owner, &crm.View{Kind: crm.KindContact, Name: fmt.Sprint(i)}); err != nil {
			t.Fatal(err)
		}
	}
	if err := o.SaveView(o.owner, &crm.View{Kind: crm.KindContact, Name: "una más"}); !errors.As(err, &invalid) {
		t.Errorf("one too many: %v", err)
	}
}
