package crm

import (
	"slices"
	"testing"
	"time"
)

func TestFilledInWinsThenTheNewer(t *testing.T) {
	old, young := time.Unix(1, 0), time.Unix(2, 0)
	for _, c := range []struct {
		kept, absorbed     string
		keptAt, absorbedAt time.Time
		want               bool
	}{
		{"", "b", young, old, true},
		{"a", "", old, young, false},
		{"", "", old, young, false},
		{"a", "b", old, young, true},
		{"a", "b", young, old, false},
		{"a", "a", old, young, false},
	} {
		if got := PreferAbsorbed(c.kept, c.absorbed, c.keptAt, c.absorbedAt); got != c.want {
			t.Errorf("%+v: %v", c, got)
		}
	}
}

func TestAMergedContactHasTheChosenFieldsAndAllAddresses(t *testing.T) {
	kept := &Contact{
		ID: 1, Version: 3, GivenName: "José", JobTitle: "Compras", Emails: []string{"jose@acme.example"}, Phones: []string{"662 555 0101"},
		Extra: Extra{Tags: []string{"VIP"}, Custom: map[int64]string{1: "a", 2: "b"}}, UpdatedAt: time.Unix(1, 0),
	}
	absorbed := &Contact{
		ID: 2, GivenName: "Jose", JobTitle: "Jefe", Emails: []string{"JOSE@acme.example", "otro@acme.example"},
		Phones: []string{"+52 6625550101", "662 555 0202"}, Address: Address{City: "Hermosillo"},
		Extra: Extra{Tags: []string{"vip", "Feria"}, Custom: map[int64]string{2: "c", 3: "d"}}, UpdatedAt: time.Unix(2, 0),
	}
	merged := MergedContact(kept, absorbed, func(field string) bool {
		return field == "jobTitle" || field == "address" || field == CustomInput(2) || field == CustomInput(3)
	})
	if merged.ID != 1 || merged.Version != 3 || merged.GivenName != "José" || merged.JobTitle != "Jefe" || merged.Address.City != "Hermosillo" {
		t.Errorf("got %+v", merged)
	}
	if !slices.Equal(merged.Emails, []string{"jose@acme.example", "otro@acme.example"}) ||
		!slices.Equal(merged.Phones, []string{"662 555 0101", "662 555 0202"}) || !slices.Equal(merged.Tags, []string{"VIP", "Feria"}) {
		t.Errorf("lists: %v, %v, %v", merged.Emails, merged.Phones, merged.Tags)
	}
	if merged.Custom[1] != "a" || merged.Custom[2] != "c" || merged.Custom[3] != "d" || kept.Custom[2] != "b" {
		t.Errorf("custom values: %v", merged.Custom)
	}
}

func TestAMergedCompanyHasTheChosenFields(t *testing.T) {
	kept, absorbed := &Company{ID: 1, Name: "Acme", RFC: "a"}, &Company{ID: 2, Name: "ACME SA", Domain: "acme.example", ParentID: 9}
	merged := MergedCompany(kept, absorbed, func(field string) bool { return field == "domain" || field == "parentId" })
	if merged.ID != 1 || merged.Name != "Acme" || merged.RFC != "a" || merged.Domain != "acme.example" || merged.ParentID != 9 {
		t.Errorf("got %+v", merged)
	}
}

func TestAnAddressFitsOneLine(t *testing.T) {
	a := Address{Street: "Av. Morelos 45", City: "Hermosillo", PostalCode: "83120", Country: "México"}
	if got := a.Line(); got != "Av. Morelos 45, 83120 Hermosillo, México" {
		t.Errorf("got %q", got)
	}
}
