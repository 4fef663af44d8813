package sqlite

import (
	"database/sql"
	"errors"
	"maps"
	"reflect"
	"testing"

	"github.com/grupobizopps/salexops/crm"
)

func (o *office) field(kind crm.Kind, label string, of crm.FieldType, choices ...string) *crm.CustomField {
	o.t.Helper()
	f := &crm.CustomField{Kind: kind, Label: label, Type: of, Choices: choices}
	if err := o.CreateCustomField(o.owner, f); err != nil {
		o.t.Fatalf("create field %s: %v", label, err)
	}
	return f
}

// facets are what filters find a contact by in one field.
func facets(t *testing.T, o *office, field, record int64) []any {
	t.Helper()
	var all []any
	err := o.queries.each(t.Context(), "SELECT value FROM facet WHERE kind = 'contact' AND field = ? AND record_id = ? ORDER BY value", []any{field, record}, func(rows *sql.Rows) error {
		var value any
		err := rows.Scan(&value)
		all = append(all, value)
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	return all
}

func TestCustomValuesAreStoredCanonicalAndFound(t *testing.T) {
	o := newOffice(t)
	level := o.field(crm.KindContact, "Nivel", crm.FieldChoice, "Oro", "Plata")
	zones := o.field(crm.KindContact, "Zonas", crm.FieldChoices, "Norte", "Península")
	limit := o.field(crm.KindContact, "Crédito", crm.FieldMoney)
	height := o.field(crm.KindContact, "Altura", crm.FieldNumber)
	since := o.field(crm.KindContact, "Cliente desde", crm.FieldDate)
	c := &crm.Contact{GivenName: "Ana", Extra: crm.Extra{Custom: map[int64]string{
		level.ID: "oro", zones.ID: "peninsula, norte", limit.ID: "$1,500", height.ID: "1.65", since.ID: "2/1/1970",
	}}}
	if err := o.CreateContact(o.owner, c); err != nil {
		t.Fatal(err)
	}
	want := map[int64]string{level.ID: "Oro", zones.ID: "Norte; Península", limit.ID: "MXN 1500", height.ID: "1.65", since.ID: "1970-01-02"}
	read, err := o.Contact(o.owner, c.ID)
	if err != nil || !maps.Equal(read.Custom, want) {
		t.Fatalf("read %v, %v", read.Custom, err)
	}
	for field, value := range map[int64][]any{
		level.ID: {"oro"}, zones.ID: {"norte", "peninsula"}, limit.ID: {int64(150000)}, height.ID: {1.65}, since.ID: {int64(1)},
	} {
		if got := facets(t, o, field, c.ID); !reflect.DeepEqual(got, value) {
			t.Errorf("field %d is found by %v, want %v", field, got, value)
		}
	}
	if hits, err := o.Search(o.owner, "peninsula", 5); err != nil || len(hits) != 1 {
		t.Errorf("the search finds %v, %v", hits, err)
	}
}

func TestAChangeOfACustomValueIsInTheHistoryAndTakenBack(t *testing.T) {
	o := newOffice(t)
	level := o.field(crm.KindContact, "Nivel", crm.FieldChoice, "Oro", "Plata")
	note := o.field(crm.KindContact, "Apodo", crm.FieldText)
	c := &crm.Contact{GivenName: "Ana", Extra: crm.Extra{Custom: map[int64]string{level.ID: "Oro", note.ID: "Anita"}}}
	if err := o.CreateContact(o.owner, c); err != nil {
		t.Fatal(err)
	}
	c.Custom = map[int64]string{level.ID: "plata"} // the other stays
	if err := o.UpdateContact(o.owner, c); err != nil {
		t.Fatal(err)
	}
	level.Label = "Categoría"
	if err := o.UpdateCustomField(o.owner, level); err != nil {
		t.Fatal(err)
	}
	last := lastAction(t, o, c.ID)
	want := []crm.Change{{Field: level.Input(), From: "Oro", To: "Plata", Label: "Nivel", Type: crm.FieldChoice}}
	if !reflect.DeepEqual(last.Changes, want) {
		t.Errorf("history says %v, want %v", last.Changes, want)
	}
	if _, err := o.UndoAction(o.owner, last.ID); err != nil {
		t.Fatal(err)
	}
	if read, err := o.Contact(o.owner, c.ID); err != nil || read.Custom[level.ID] != "Oro" || read.Custom[note.ID] != "Anita" {
		t.Errorf("after undo: %v, %v", read.Custom, err)
	}
	if got := facets(t, o, level.ID, c.ID); !reflect.DeepEqual(got, []any{"oro"}) {
		t.Errorf("after undo it is found by %v", got)
	}
}

func TestCustomValuesAreJudgedByTheStore(t *testing.T) {
	o := newOffice(t)
	level := o.field(crm.KindContact, "Nivel", crm.FieldChoice, "Oro", "Plata")
	number := &crm.CustomField{Kind: crm.KindContact, Label: "Número", Type: crm.FieldNumber, Required: true}
	if err := o.CreateCustomField(o.owner, number); err != nil {
		t.Fatal(err)
	}
	of := o.field(crm.KindCompany, "Nivel", crm.FieldText)
	create := func(values map[int64]string) (*crm.Contact, crm.Invalid) {
		c := &crm.Contact{GivenName: "Ana", Birthday: values[0], Extra: crm.Extra{Custom: values}}
		delete(values, 0)
		err := o.CreateContact(o.owner, c)
		var invalid crm.Invalid
		if err != nil && !errors.As(err, &invalid) {
			t.Fatal(err)
		}
		return c, invalid
	}
	_, invalid := create(map[int64]string{0: "ayer", level.ID: "Bronce", of.ID: "x"})
	want := crm.Invalid{"birthday": crm.KeyDate, level.Input(): crm.KeyChoice, number.Input(): crm.KeyRequired, of.Input(): crm.KeyUnknown}
	if !maps.Equal(invalid, want) {
		t.Errorf("got %v, want %v", invalid, want)
	}
	if _, invalid := create(nil); invalid != nil {
		t.Errorf("whoever knows nothing of fields is asked for them: %v", invalid)
	}
	c, invalid := create(map[int64]string{level.ID: "Oro", number.ID: "5"})
	if invalid != nil {
		t.Fatal(invalid)
	}
	c.Custom = map[int64]string{number.ID: " ", level.ID: "x"}
	if err := o.UpdateContact(o.owner, c); !errors.As(err, &invalid) || invalid[number.Input()] != crm.KeyRequired || invalid[level.Input()] != crm.KeyChoice {
		t.Errorf("emptied: %v", err)
	}
}

func TestAChoiceThatIsGoneAndAnArchivedFieldKeepTheirValues(t *testing.T) {
	o := newOffice(t)
	level := o.field(crm.KindContact, "Nivel", crm.FieldChoice, "Oro", "Plata")
	note := o.field(crm.KindContact, "Apodo", crm.FieldText)
	c := &crm.Contact{GivenName: "Ana", Extra: crm.Extra{Custom: map[int64]string{level.ID: "Oro", note.ID: "Anita"}}}
	if err := o.CreateContact(o.owner, c); err != nil {
		t.Fatal(err)
	}
	level.Choices = []string{"Plata"}
	note.Archived = true
	for _, f := range []*crm.CustomField{level, note} {
		if err := o.UpdateCustomField(o.owner, f); err != nil {
			t.Fatal(err)
		}
	}
	c.GivenName, c.Custom = "Ana María", map[int64]string{level.ID: "Oro", note.ID: ""}
	if err := o.UpdateContact(o.owner, c); err != nil {
		t.Fatal(err)
	}
	if read, err := o.Contact(o.owner, c.ID); err != nil || read.Custom[level.ID] != "Oro" || read.Custom[note.ID] != "Anita" {
		t.Errorf("read %v, %v", read.Custom, err)
	}
	shown, err := o.CustomFields(o.owner, crm.KindContact)
	if err != nil || len(shown) != 1 || shown[0].ID != level.ID {
		t.Errorf("shown: %v, %v", shown, err)
	}
}

func TestFieldsAreDefinedByManagersInAnOrder(t *testing.T) {
	o := newOffice(t)
	seller, _, _ := o.hire(crm.RoleSeller, "vende@acme.example")
	f := &crm.CustomField{Kind: crm.KindContact, Label: "Nivel", Type: crm.FieldText}
	if err := o.CreateCustomField(seller, f); !errors.Is(err, crm.ErrForbidden) {
		t.Errorf("a seller defines a field: %v", err)
	}
	first, second := o.field(crm.KindContact, "Uno", crm.FieldText), o.field(crm.KindContact, "Dos", crm.FieldText)
	var invalid crm.Invalid
	if err := o.CreateCustomField(o.owner, &crm.CustomField{Kind: crm.KindContact, Label: "UNO", Type: crm.FieldText}); !errors.As(err, &invalid) {
		t.Errorf("a label is taken twice: %v", err)
	}
	o.field(crm.KindCompany, "Uno", crm.FieldText)
	if err := o.MoveCustomField(o.owner, second.ID, -1); err != nil {
		t.Fatal(err)
	}
	o.reopen()
	all, err := o.CustomFields(o.owner, crm.KindContact)
	if err != nil || len(all) != 2 || all[0].ID != second.ID || all[1].ID != first.ID {
		t.Errorf("the order is %v, %v", all, err)
	}
	tags, err := o.TagsLike(o.owner, "", 5)
	if err != nil || tags != nil {
		t.Errorf("tags without tags: %v, %v", tags, err)
	}
}
