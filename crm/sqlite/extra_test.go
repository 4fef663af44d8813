package sqlite

import (
	"database/sql"
	"errors"
	"reflect"
	"slices"
	"testing"

	"github.com/grupobizopps/salexops/crm"
)

// tagged lists the contacts that a filter by a folded tag finds.
func tagged(t *testing.T, o *office, tag string) []int64 {
	t.Helper()
	var all []int64
	err := o.queries.each(t.Context(), "SELECT record_id FROM facet WHERE kind = 'contact' AND field = 0 AND value = ?", []any{tag}, func(rows *sql.Rows) error {
		var id int64
		err := rows.Scan(&id)
		all = append(all, id)
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	return all
}

func TestTagsAreStoredFoundAndTakenBack(t *testing.T) {
	o := newOffice(t)
	c := &crm.Contact{GivenName: "Ana", Extra: crm.Extra{Tags: []string{" VIP, feria ", "vip", "Ñoño"}}}
	if err := o.CreateContact(o.owner, c); err != nil {
		t.Fatal(err)
	}
	read, err := o.Contact(o.owner, c.ID)
	if err != nil || !slices.Equal(read.Tags, []string{"feria", "VIP", "Ñoño"}) {
		t.Fatalf("read %v, %v", read.Tags, err)
	}
	if got := tagged(t, o, "nono"); !slices.Equal(got, []int64{c.ID}) {
		t.Errorf("found %v", got)
	}
	read.Tags = []string{"otra"}
	if err := o.UpdateContact(o.owner, read); err != nil {
		t.Fatal(err)
	}
	if got := tagged(t, o, "vip"); got != nil {
		t.Errorf("a tag that was taken away finds %v", got)
	}
	last := lastAction(t, o, c.ID)
	if want := []crm.Change{{Field: "tags", From: "feria, VIP, Ñoño", To: "otra"}}; !reflect.DeepEqual(last.Changes, want) {
		t.Errorf("history says %v", last.Changes)
	}
	if _, err := o.UndoAction(o.owner, last.ID); err != nil {
		t.Fatal(err)
	}
	if got := tagged(t, o, "vip"); !slices.Equal(got, []int64{c.ID}) {
		t.Errorf("after undo: %v", got)
	}
}

func TestTooManyTagsAreRefused(t *testing.T) {
	o := newOffice(t)
	c := &crm.Contact{GivenName: "Ana"}
	for i := range 21 {
		c.Tags = append(c.Tags, string(rune('a'+i)))
	}
	var invalid crm.Invalid
	if err := o.CreateContact(o.owner, c); !errors.As(err, &invalid) || invalid["tags"] != crm.KeyManyTags {
		t.Errorf("got %v", err)
	}
}
