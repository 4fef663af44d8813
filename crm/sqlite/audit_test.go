package sqlite

import (
	"context"
	"errors"
	"slices"
	"testing"
	"time"

	"github.com/grupobizopps/salexops/crm"
)

func audited(t *testing.T, o *office, f crm.AuditFilter) []*crm.Action {
	t.Helper()
	var all []*crm.Action
	for {
		page, err := o.Audit(o.owner, f)
		if err != nil {
			t.Fatal(err)
		}
		all = append(all, page.Items...)
		if page.Next == "" {
			return all
		}
		f.After = page.Next
	}
}

func verbs(all []*crm.Action) []string {
	var found []string
	for _, a := range all {
		found = append(found, a.Verb+" "+a.Title)
	}
	return found
}

func TestAuditLogIsFilteredAndPaged(t *testing.T) {
	o := newOffice(t)
	seller, u, _ := o.hire(crm.RoleSeller, "ana@acme.example")
	o.clock.Advance(time.Hour)
	noon := o.clock.Now()
	for _, name := range []string{"A", "B", "C"} {
		if err := o.CreateCompany(seller, &crm.Company{Name: name}); err != nil {
			t.Fatal(err)
		}
	}
	o.clock.Advance(time.Hour)
	c := o.contact("Eva", "Ruiz")
	if _, err := o.DeleteContact(o.owner, c.ID); err != nil {
		t.Fatal(err)
	}
	all := []string{"delete Eva Ruiz", "create Eva Ruiz", "create C", "create B", "create A", "create ana@acme.example"}
	for name, test := range map[string]struct {
		filter crm.AuditFilter
		want   []string
	}{
		"everything":      {crm.AuditFilter{}, all},
		"two at a time":   {crm.AuditFilter{Limit: 2}, all},
		"one at a time":   {crm.AuditFilter{Limit: 1}, all},
		"by a user":       {crm.AuditFilter{UserID: u.ID, Limit: 2}, []string{"create C", "create B", "create A"}},
		"of a kind":       {crm.AuditFilter{Kind: crm.KindContact}, []string{"delete Eva Ruiz", "create Eva Ruiz"}},
		"of a verb":       {crm.AuditFilter{Verb: verbDelete}, []string{"delete Eva Ruiz"}},
		"since":           {crm.AuditFilter{From: noon.Add(time.Second)}, []string{"delete Eva Ruiz", "create Eva Ruiz"}},
		"until":           {crm.AuditFilter{Until: noon}, []string{"create ana@acme.example"}},
		"user, kind, day": {crm.AuditFilter{UserID: u.ID, Kind: crm.KindCompany, From: noon, Until: noon.Add(time.Minute), Limit: 1}, []string{"create C", "create B", "create A"}},
		"nothing":         {crm.AuditFilter{Kind: crm.KindSetting}, nil},
	} {
		if got := verbs(audited(t, o, test.filter)); !slices.Equal(got, test.want) {
			t.Errorf("%s: %q, want %q", name, got, test.want)
		}
	}
	if _, err := o.Audit(o.owner, crm.AuditFilter{After: "x"}); !errors.As(err, new(crm.Invalid)) {
		t.Errorf("a cursor of nobody's: %v", err)
	}
}

func TestAuditLogIsForManagers(t *testing.T) {
	o := newOffice(t)
	for role, want := range map[crm.Role]error{crm.RoleManager: nil, crm.RoleSeller: crm.ErrForbidden, crm.RoleReadOnly: crm.ErrForbidden} {
		ctx, _, _ := o.hire(role, string(role)+"@acme.example")
		for name, ask := range map[string]func() error{
			"log":    func() error { _, err := o.Audit(ctx, crm.AuditFilter{}); return err },
			"parts":  func() error { _, err := o.ActionParts(ctx, 1, "", 0); return err },
			"action": func() error { _, err := o.Action(ctx, 1); return err },
		} {
			if err := ask(); !errors.Is(err, want) {
				t.Errorf("%s to a %s: %v, want %v", name, role, err, want)
			}
		}
	}
	if _, err := o.Audit(context.Background(), crm.AuditFilter{}); !errors.Is(err, crm.ErrUnauthenticated) {
		t.Errorf("to nobody: %v", err)
	}
	if _, err := o.Action(o.owner, 999); !errors.Is(err, crm.ErrNotFound) {
		t.Errorf("an action that is not there: %v", err)
	}
}

// Several records are one row; the row opens to its parts.
func TestPartsAreFoldedIntoTheirAction(t *testing.T) {
	o := newOffice(t)
	all := []*crm.Contact{o.contact("Ana", "López"), o.contact("Eva", "Ruiz"), o.contact("Luz", "Soto")}
	id := rename(t, o, false, all)
	first := audited(t, o, crm.AuditFilter{Limit: 1})[0]
	if first.ID != id || !first.Several || !first.Undoable || first.Restorable {
		t.Fatalf("the row is %+v", first)
	}
	page, err := o.ActionParts(o.owner, id, "", 2)
	if err != nil || len(page.Items) != 2 || page.Next == "" || page.Items[0].RecordID != all[0].ID {
		t.Fatalf("parts: %+v, %v", page, err)
	}
	rest, err := o.ActionParts(o.owner, id, page.Next, 2)
	if err != nil || len(rest.Items) != 1 || rest.Next != "" || rest.Items[0].PartOf != id || !rest.Items[0].Undoable {
		t.Fatalf("the rest: %+v, %v", rest, err)
	}
	if _, err := o.UndoAction(o.owner, id); err != nil {
		t.Fatal(err)
	}
	if again, err := o.Action(o.owner, id); err != nil || again.Undoable {
		t.Errorf("after undo: %+v, %v", again, err)
	}
}

func TestWhatCanBeTakenBackIsSaid(t *testing.T) {
	o := newOffice(t)
	seller, _, _ := o.hire(crm.RoleSeller, "ana@acme.example")
	c := o.contact("Eva", "Ruiz")
	for _, title := range []string{"Compras", "Obra"} {
		c.JobTitle = title
		if err := o.UpdateContact(o.owner, c); err != nil {
			t.Fatal(err)
		}
	}
	history := func(ctx context.Context) []*crm.Action {
		page, err := o.History(ctx, crm.KindContact, c.ID, "", 0)
		if err != nil {
			t.Fatal(err)
		}
		return page.Items
	}
	for i, want := range []struct{ undoable, restorable bool }{{true, true}, {false, true}, {false, false}} {
		if a := history(o.owner)[i]; a.Undoable != want.undoable || a.Restorable != want.restorable || a.RecordVersion != 3 {
			t.Errorf("action %d: %+v, want %+v", i, a, want)
		}
		if a := history(seller)[i]; a.Undoable || a.Restorable || a.RecordVersion != 0 {
			t.Errorf("action %d of another, to a seller: %+v", i, a)
		}
	}
	o.rights.Access = accessExportOnly
	if a := history(o.owner)[0]; a.Undoable || a.Restorable {
		t.Errorf("while nobody may write: %+v", a)
	}
	o.rights.Access = accessOpen
	if _, err := o.DeleteContact(o.owner, c.ID); err != nil {
		t.Fatal(err)
	}
	if a := history(o.owner); !a[0].Undoable || a[1].Restorable || a[1].RecordVersion != 0 {
		t.Errorf("in the bin: %+v, %+v", a[0], a[1])
	}
}
