package sqlite

import (
	"errors"
	"testing"
	"time"

	"github.com/grupobizopps/salexops/crm"
)

func TestAMentionWaitsUntilItIsRead(t *testing.T) {
	o := newOffice(t)
	javier := &crm.User{Email: "javier@acme.example", Name: "Javier Peña", Role: crm.RoleSeller}
	if _, err := o.CreateUser(o.owner, javier); err != nil {
		t.Fatal(err)
	}
	javier.MustChangePassword = false
	his := o.as(javier)
	c := o.contact("Ana", "Oculta")
	note := o.activity(o.owner, crm.Activity{Type: crm.ActivityNote, Body: "@javier pena, ¿lo ves? @Lucía", ContactID: c.ID})
	unread := func(want int) []*crm.Mention {
		t.Helper()
		page, err := o.Mentions(his, true, "", 10)
		if err != nil || len(page.Items) != want {
			t.Fatalf("%d mentions, %v, want %d", len(page.Items), err, want)
		}
		return page.Items
	}
	m := unread(1)[0]
	if m.ByName != "Lucía Moreno" || m.Activity.ContactName != "Ana Oculta" || !m.At.Equal(o.clock.Now()) {
		t.Errorf("the mention is %+v of %+v", m, m.Activity)
	}
	if own, err := o.Mentions(o.owner, false, "", 10); err != nil || len(own.Items) != 0 {
		t.Errorf("one calls oneself: %v, %v", own.Items, err)
	}
	o.settings.Store(&crm.Settings{Visibility: crm.VisibleToOwner})
	if m := unread(1)[0]; m.Activity.ContactName != "" || m.Activity.Body == "" {
		t.Errorf("whoever sees own records alone reads %+v", m.Activity)
	}
	o.settings.Store(&crm.Settings{})

	if err := o.ReadMention(his, note.ID); err != nil {
		t.Fatal(err)
	}
	unread(0)
	note.Body += " Otra cosa."
	if err := o.UpdateActivity(o.owner, note); err != nil {
		t.Fatal(err)
	}
	unread(0) // who has read it is not called again by a correction
	note.Body = "sin nadie"
	if err := o.UpdateActivity(o.owner, note); err != nil {
		t.Fatal(err)
	}
	if all, err := o.Mentions(his, false, "", 10); err != nil || len(all.Items) != 0 {
		t.Errorf("who is no longer called: %v, %v", all.Items, err)
	}
	if err := o.ReadMention(his, note.ID); !errors.Is(err, crm.ErrNotFound) {
		t.Errorf("reading none: %v", err)
	}
}

func TestPagesOfMentions(t *testing.T) {
	o := newOffice(t)
	his, _, _ := o.hire(crm.RoleSeller, "noe@acme.example") // called by the address, which is the name
	for range 5 {
		o.clock.Advance(time.Minute)
		o.activity(o.owner, crm.Activity{Type: crm.ActivityNote, Body: "@noe@acme.example mira"})
	}
	seen := 0
	for after := crm.Cursor(""); ; {
		page, err := o.Mentions(his, false, after, 2)
		if err != nil {
			t.Fatal(err)
		}
		seen += len(page.Items)
		if after = page.Next; after == "" {
			break
		}
	}
	if seen != 5 {
		t.Errorf("%d mentions on all pages", seen)
	}
}
