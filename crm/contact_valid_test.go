package crm

import (
	"errors"
	"maps"
	"slices"
	"strings"
	"testing"
)

func faults(err error) Invalid {
	var invalid Invalid
	errors.As(err, &invalid)
	return invalid
}

func TestContactTitle(t *testing.T) {
	for want, c := range map[string]Contact{
		"José Núñez":     {GivenName: "José", FamilyName: "Núñez", Emails: []string{"x@y.example"}},
		"José":           {GivenName: "José"},
		"Núñez":          {FamilyName: "Núñez"},
		"jose@x.example": {Emails: []string{"jose@x.example"}},
		"":               {},
	} {
		if got := c.Title(); got != want {
			t.Errorf("%+v: %q, want %q", c, got, want)
		}
	}
}

func TestContactValidate(t *testing.T) {
	eleven := slices.Repeat([]string{"a@b.example"}, 11)
	for _, test := range []struct {
		name    string
		contact Contact
		want    Invalid
	}{
		{"only a family name", Contact{FamilyName: "Núñez"}, nil},
		{"only an e-mail", Contact{Emails: []string{"jose@acme.example"}}, nil},
		{"nothing", Contact{JobTitle: "Compras"}, Invalid{"givenName": KeyRequired}},
		{"a hundred letters with accents", Contact{GivenName: strings.Repeat("é", 100)}, nil},
		{"one more", Contact{GivenName: strings.Repeat("é", 101)}, Invalid{"givenName": KeyTooLong}},
		{"a control character", Contact{GivenName: "a\x00b"}, Invalid{"givenName": KeyCharacter}},
		{"broken text", Contact{GivenName: "a\xffb"}, Invalid{"givenName": KeyCharacter}},
		{"bad e-mail", Contact{GivenName: "J", Emails: []string{"a@b.example", "nope"}}, Invalid{"emails": KeyEmail}},
		{"eleven e-mails", Contact{GivenName: "J", Emails: eleven}, Invalid{"emails": KeyTooMany}},
		{"a word for a phone", Contact{GivenName: "J", Phones: []string{"casa"}}, Invalid{"phones": KeyPhone}},
		{"a long phone", Contact{GivenName: "J", Phones: []string{strings.Repeat("6", 41)}}, Invalid{"phones": KeyTooLong}},
		{"phones as typed", Contact{GivenName: "J", Phones: []string{"+52 (662) 123-4567 ext. 8", "066"}}, nil},
		{"no such day", Contact{GivenName: "J", Birthday: "2023-02-29"}, Invalid{"birthday": KeyDate}},
		{"a date the other way round", Contact{GivenName: "J", Birthday: "29-02-2024"}, Invalid{"birthday": KeyDate}},
		{"a leap day", Contact{GivenName: "J", Birthday: "2024-02-29"}, nil},
		{"long street, long postal code", Contact{GivenName: "J", Address: Address{Street: strings.Repeat("x", 201), PostalCode: strings.Repeat("8", 21)}},
			Invalid{"street": KeyTooLong, "postalCode": KeyTooLong}},
	} {
		if got := faults(test.contact.Validate()); !maps.Equal(got, test.want) {
			t.Errorf("%s: %v, want %v", test.name, got, test.want)
		}
	}
}

func TestContactNormalize(t *testing.T) {
	c := Contact{GivenName: "  Mari\u0301a \t del  Mar ", Emails: []string{"", " a@b.example "}, Address: Address{City: " Hermosillo "}}
	c.Normalize()
	if c.GivenName != "María del Mar" || !slices.Equal(c.Emails, []string{"a@b.example"}) || c.Address.City != "Hermosillo" {
		t.Errorf("got %+v", c)
	}
}

func TestCompanyValidate(t *testing.T) {
	for _, test := range []struct {
		name    string
		company Company
		want    Invalid
	}{
		{"only a name", Company{Name: "Acme"}, nil},
		{"no name", Company{}, Invalid{"name": KeyRequired}},
		{"everything", Company{Name: "SAT", Domain: "sat.example", RFC: "SAT970701NN3", Phone: "55 627 22 728", Website: "https://sat.example/inicio"}, nil},
		{"everything wrong", Company{Name: strings.Repeat("x", 201), Domain: "a b", RFC: "X", Phone: "x", Website: "javascript:alert(1)"},
			Invalid{"name": KeyTooLong, "domain": KeyDomain, "rfc": KeyRFC, "phone": KeyPhone, "website": KeyURL}},
		{"a website with a password", Company{Name: "Acme", Website: "https://a:b@acme.example"}, Invalid{"website": KeyURL}},
		{"its own parent", Company{ID: 7, Name: "Acme", ParentID: 7}, Invalid{"parentId": KeyCycle}},
	} {
		if got := faults(test.company.Validate()); !maps.Equal(got, test.want) {
			t.Errorf("%s: %v, want %v", test.name, got, test.want)
		}
	}
}

func TestValidEmail(t *testing.T) {
	for _, good := range []string{"a@b.example", "lucía@correo.example", "a.b+c@x-y.example", "a@correo.méxico.example", "o'brien@x.example"} {
		if !ValidEmail(good) {
			t.Errorf("%q is refused", good)
		}
	}
	for _, bad := range []string{
		"", "a", "@b.example", "a@", "a@b", "a b@c.example", ".a@b.example", "a.@b.example", "a..b@c.example", "a@b..example",
		"a@-b.example", "a@b.example.", "<a@b.example>", "a@b.example,c@d.example", "a\n@b.example", "a@b@c.example",
		strings.Repeat("x", 65) + "@b.example", "a@" + strings.Repeat("b.", 130) + "example", "a\xff@b.example",
	} {
		if ValidEmail(bad) {
			t.Errorf("%q is accepted", bad)
		}
	}
}
