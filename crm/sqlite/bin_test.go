package sqlite

import (
	"errors"
	"fmt"
	"slices"
	"testing"
	"time"

	"github.com/grupobizopps/salexops/crm"
)

func (o *office) binned(name string) *crm.Contact {
	o.t.Helper()
	c := o.contact(name, "López")
	o.clock.Advance(time.Minute)
	if _, err := o.DeleteContact(o.owner, c.ID); err != nil {
		o.t.Fatal(err)
	}
	return c
}

func TestBinListsWhatWasDeletedAndByWhom(t *testing.T) {
	o := newOffice(t)
	var want []string
	for i := range 5 {
		o.binned(fmt.Sprintf("Ana %d", i))
		want = append([]string{fmt.Sprintf("Ana %d López", i)}, want...)
	}
	var got []string
	after := crm.Cursor("")
	for {
		page, err := o.Bin(o.owner, crm.KindContact, after, 2)
		if err != nil {
			t.Fatal(err)
		}
		for _, b := range page.Items {
			got = append(got, b.Title)
			if b.UserName != "Lucía Moreno" || b.Kind != crm.KindContact || b.DeletedAt.IsZero() {
				t.Errorf("in the bin: %+v", b)
			}
		}
		if after = page.Next; after == "" {
			break
		}
	}
	if !slices.Equal(got, want) {
		t.Errorf("bin: %q, want %q", got, want)
	}
	page, err := o.Bin(o.owner, crm.KindContact, "", 1)
	if err != nil {
		t.Fatal(err)
	}
	if left := page.Items[0].DaysLeft(o.clock.Now().Add(time.Hour)); left != 30 {
		t.Errorf("%d days are left", left)
	}
	if left := page.Items[0].DaysLeft(o.clock.Now().Add(60 * 24 * time.Hour)); left != 0 {
		t.Errorf("%d days are left after its time", left)
	}
	if _, err := o.Bin(o.owner, "nothing", "", 0); !errors.Is(err, crm.ErrNotFound) {
		t.Errorf("a kind that is none: %v", err)
	}
	if _, err := o.Bin(o.owner, crm.KindContact, "x", 0); !errors.As(err, new(crm.Invalid)) {
		t.Errorf("a cursor of nobody's: %v", err)
	}
}

func TestSellersFindInTheBinWhatTheyDeleted(t *testing.T) {
	o := newOffice(t)
	seller, _, _ := o.hire(crm.RoleSeller, "ana@acme.example")
	reader, _, _ := o.hire(crm.RoleReadOnly, "cuentas@acme.example")
	owners := o.binned("Eva")
	mine := o.contact("Luz", "Soto")
	if _, err := o.DeleteContact(seller, mine.ID); err != nil {
		t.Fatal(err)
	}
	page, err := o.Bin(seller, crm.KindContact, "", 0)
	if err != nil || len(page.Items) != 1 || page.Items[0].ID != mine.ID {
		t.Fatalf("a seller's bin: %v, %v", page.Items, err)
	}
	if _, err := o.Bin(reader, crm.KindContact, "", 0); !errors.Is(err, crm.ErrForbidden) {
		t.Errorf("a reader's bin: %v", err)
	}
	if _, err := o.RestoreBinned(seller, crm.KindContact, []int64{owners.ID}); !errors.Is(err, crm.ErrNotFound) {
		t.Errorf("a seller restores another's: %v", err)
	}
	restored, err := o.RestoreBinned(seller, crm.KindContact, []int64{owners.ID, mine.ID})
	if err != nil || restored.Records != 1 || restored.Left != 1 {
		t.Errorf("restored %+v, %v", restored, err)
	}
	if _, err := o.PurgeBinned(seller, crm.KindContact, nil); !errors.Is(err, crm.ErrForbidden) {
		t.Errorf("a seller purges: %v", err)
	}
}

func TestRestoringFromTheBinAndTakingThatBack(t *testing.T) {
	o := newOffice(t)
	one, two := o.binned("Eva"), o.binned("Luz")
	single, err := o.RestoreBinned(o.owner, crm.KindContact, []int64{one.ID})
	if err != nil || single.Records != 1 || single.Action.RecordID != one.ID || single.Action.Verb != verbRestore {
		t.Fatalf("one: %+v, %v", single, err)
	}
	if hits, err := o.Search(o.owner, "eva", 5); err != nil || len(hits) != 1 {
		t.Errorf("it is not found: %v, %v", hits, err)
	}
	if _, err := o.UndoAction(o.owner, single.By); err != nil {
		t.Fatal(err)
	}
	if _, err := o.Contact(o.owner, one.ID); !errors.Is(err, crm.ErrNotFound) {
		t.Errorf("taken back, it is still there: %v", err)
	}
	several, err := o.RestoreBinned(o.owner, crm.KindContact, []int64{one.ID, two.ID, 999})
	if err != nil || several.Records != 2 || several.Left != 1 || several.Action.RecordID != 0 {
		t.Fatalf("several: %+v, %v", several, err)
	}
	for _, c := range []*crm.Contact{one, two} {
		if _, err := o.Contact(o.owner, c.ID); err != nil {
			t.Errorf("%s is not back: %v", c.GivenName, err)
		}
	}
	if undone, err := o.UndoAction(o.owner, several.By); err != nil || undone.Records != 2 {
		t.Errorf("undo: %+v, %v", undone, err)
	}
	if _, err := o.RestoreBinned(o.owner, crm.KindContact, []int64{998, 999}); !errors.Is(err, crm.ErrNotFound) {
		t.Errorf("nothing of it is in the bin: %v", err)
	}
	last := audited(t, o, crm.AuditFilter{Verb: verbRestore})
	if len(last) != 2 {
		t.Errorf("recorded: %q", verbs(last))
	}
}

func TestPurgeIsForGood(t *testing.T) {
	o := newOffice(t)
	one, two, three := o.binned("Eva"), o.binned("Luz"), o.binned("Noé")
	living := o.contact("Ana", "Ruiz")
	deletion := lastAction(t, o, one.ID)
	if n, err := o.PurgeBinned(o.owner, crm.KindContact, []int64{one.ID, living.ID}); err != nil || n != 1 {
		t.Fatalf("purged %d, %v", n, err)
	}
	if _, err := o.UndoAction(o.owner, deletion.ID); !errors.Is(err, crm.ErrNotUndoable) {
		t.Errorf("it comes back: %v", err)
	}
	if n, err := o.PurgeBinned(o.owner, crm.KindContact, nil); err != nil || n != 2 {
		t.Fatalf("emptied %d, %v", n, err)
	}
	for _, c := range []*crm.Contact{two, three} {
		if _, err := o.RestoreBinned(o.owner, crm.KindContact, []int64{c.ID}); !errors.Is(err, crm.ErrNotFound) {
			t.Errorf("%s comes back: %v", c.GivenName, err)
		}
	}
	if _, err := o.Contact(o.owner, living.ID); err != nil {
		t.Errorf("what is in use went too: %v", err)
	}
	if _, err := o.PurgeBinned(o.owner, crm.KindContact, nil); !errors.Is(err, crm.ErrNotFound) {
		t.Errorf("an empty bin: %v", err)
	}
	purges := audited(t, o, crm.AuditFilter{Verb: verbPurge})
	if len(purges) != 2 || purges[0].Title != "2" || purges[0].Undoable {
		t.Errorf("recorded: %+v", purges)
	}
}

func TestPurgeOfMoreThanOnePortion(t *testing.T) {
	o := newOffice(t)
	actor, _ := crm.ActorFrom(o.owner)
	for i := range tidyAtOnce + 5 {
		o.contact("Ana", fmt.Sprint(i))
	}
	err := o.writer.do(t.Context(), ordinary, func(t *tx) error {
		_, err := t.exec("UPDATE contact SET deleted_at = ? WHERE owner_id = ?", o.clock.Now().UnixMicro(), actor.User.ID)
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	if n, err := o.PurgeBinned(o.owner, crm.KindContact, nil); err != nil || n != tidyAtOnce+5 {
		t.Errorf("purged %d, %v", n, err)
	}
}
