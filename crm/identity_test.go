package crm

import (
	"slices"
	"testing"
)

func TestContactsAreKnownByMailPhoneAndName(t *testing.T) {
	c := Contact{
		GivenName: "José  María", FamilyName: "Núñez", CompanyID: 7,
		Emails: []string{"Jose@Acme.example", "jose@acme.example"},
		Phones: []string{"+52 (662) 555-0101", "662 555 0101", "ext. 4521"},
	}
	want := []IdentityKey{{LikeEmail, "jose@acme.example"}, {LikePhone, "6625550101"}, {LikePerson, "jose maria nunez@7"}}
	if got := c.IdentityKeys(); !slices.Equal(got, want) {
		t.Errorf("got %v", got)
	}
	if got := (&Contact{Emails: []string{"a@b.example"}}).IdentityKeys(); len(got) != 1 {
		t.Errorf("a contact without a name has %v", got)
	}
}

func TestCompaniesAreKnownWhateverTheirLegalForm(t *testing.T) {
	for _, name := range []string{
		"Ferretería Acme", "FERRETERIA ACME, S.A. de C.V.", "Ferretería Acme SA de CV", "Ferreteria Acme S. de R.L. de C.V.", "Ferretería Acme, S.A.P.I. de C.V.",
	} {
		c := Company{Name: name, RFC: RFCPublic}
		if got := c.IdentityKeys(); !slices.Equal(got, []IdentityKey{{LikeName, "ferreteria acme"}}) {
			t.Errorf("%s: %v", name, got)
		}
	}
	if got := companyWords("S.A."); got != "s a" {
		t.Errorf("a name that is nothing but a legal form: %q", got)
	}
	c := Company{Name: "Acme", RFC: "GOAP780710RH7", Domain: "acme.example"}
	if got := c.IdentityKeys(); len(got) != 3 || got[0].Like != LikeRFC || got[1].Like != LikeDomain {
		t.Errorf("got %v", got)
	}
}

// The numbers are in every database.
func TestLikenessesArePinned(t *testing.T) {
	if !slices.Equal([]Likeness{LikeEmail, LikePhone, LikePerson, LikeRFC, LikeDomain, LikeName}, []Likeness{1, 2, 3, 4, 5, 6}) {
		t.Error("a stored number changed its meaning")
	}
}
