package seed

import (
	"fmt"
	"reflect"
	"testing"

	"github.com/grupobizopps/salexops/crm"
)

func TestTheSameSeedMakesTheSameRecords(t *testing.T) {
	one, same, other := NewMaker(7), NewMaker(7), NewMaker(8)
	differs := false
	for n := range 50 {
		a, b, c := one.Company(n), same.Company(n), other.Company(n)
		if !reflect.DeepEqual(a, b) {
			t.Fatalf("company %d: %+v and %+v", n, a, b)
		}
		differs = differs || a.Name != c.Name
	}
	if !differs {
		t.Error("another seed makes the same companies")
	}
}

// What is made passes the rules for what people type, unchanged.
func TestRecordsAreValid(t *testing.T) {
	m := NewMaker(1)
	taxIDs := 0
	for n := range 2000 {
		company := m.Company(n)
		stored := company
		stored.Normalize()
		if err := stored.Validate(); err != nil || fmt.Sprint(stored) != fmt.Sprint(company) {
			t.Fatalf("company %d, %+v: %v", n, company, err)
		}
		if company.RFC != "" {
			taxIDs++
		}
		contact := m.Contact(n, &company)
		normal := contact
		normal.Normalize()
		if err := normal.Validate(); err != nil || fmt.Sprint(normal) != fmt.Sprint(contact) {
			t.Fatalf("contact %d, %+v: %v", n, contact, err)
		}
	}
	if taxIDs < 1500 {
		t.Errorf("%d of 2000 companies have a tax id", taxIDs)
	}
}

func TestSlug(t *testing.T) {
	for text, want := range map[string]string{"Ferretería Ñuñez": "ferreterianunez", "Güereña": "guerena", "": ""} {
		if got := slug(text); got != want {
			t.Errorf("%q: %q", text, got)
		}
	}
	if got := NewMaker(1).rfc("Ñ"); !crm.ValidRFC(got) {
		t.Errorf("a short name: %q", got)
	}
}
