package crm

import (
	"errors"
	"strings"
	"testing"
)

func TestALeadNeedsSomeName(t *testing.T) {
	for title, l := range map[string]*Lead{
		"":               {Phones: []string{"662 555 0101"}},
		"Ana López":      {GivenName: " Ana ", FamilyName: "López", CompanyName: "Acme"},
		"Acme":           {CompanyName: "Acme", Emails: []string{"a@acme.example"}},
		"a@acme.example": {Emails: []string{"a@acme.example"}},
	} {
		l.Normalize()
		if l.Title() != title || l.Status != LeadNew {
			t.Errorf("%+v is called %q", l, l.Title())
		}
		var invalid Invalid
		if err := l.Validate(); (title == "") != (errors.As(err, &invalid) && invalid["givenName"] == KeyRequired) {
			t.Errorf("%q: %v", title, err)
		}
	}
}

func TestFaultsOfALeadAreTold(t *testing.T) {
	l := &Lead{GivenName: "Ana", Status: "lost", Emails: []string{"x"}, Phones: []string{"no"}, Note: strings.Repeat("ñ", 2001)}
	var invalid Invalid
	if !errors.As(l.Validate(), &invalid) || invalid["status"] != KeyChoice || invalid["emails"] != KeyEmail ||
		invalid["phones"] != KeyPhone || invalid["note"] != KeyTooLong {
		t.Errorf("got %v", invalid)
	}
	l = &Lead{GivenName: "Ana", Note: "uno  \r\n\r\ndos\x00"}
	l.Normalize()
	if l.Note != "uno\n\ndos\x00" || !errors.As(l.Validate(), &invalid) || invalid["note"] != KeyCharacter {
		t.Errorf("note %q: %v", l.Note, invalid)
	}
}

func TestALeadTellsItsCompany(t *testing.T) {
	l := &Lead{GivenName: "Ana", CompanyName: "Acme", Emails: []string{"ana@gmail.com", "Ana@Acme.example"}, Phones: []string{"6625550101"}}
	if c := l.AsCompany(); c == nil || c.Name != "Acme" || c.Domain != "acme.example" {
		t.Errorf("company %+v", c)
	}
	if c := l.AsContact(); c.Title() != "Ana" || len(c.Emails) != 2 {
		t.Errorf("contact %+v", c)
	}
	if keys := l.PersonKeys(); len(keys) != 3 {
		t.Errorf("person: %v", keys)
	}
	if keys := l.CompanyKeys(); len(keys) != 2 {
		t.Errorf("company: %v", keys)
	}
	if c := (&Lead{GivenName: "Ana", Emails: []string{"ana@gmail.com"}}).AsCompany(); c != nil {
		t.Errorf("a company out of nothing: %+v", c)
	}
	if c := (&Lead{CompanyName: "Acme"}).AsContact(); c.Title() != "Acme" {
		t.Errorf("a contact without a name is called %q", c.Title())
	}
}
