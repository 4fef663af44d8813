package importing

import (
	"slices"
	"strconv"
	"strings"
	"unicode"

	"github.com/grupobizopps/salexops/crm"
)

// Keys are what a record is recognised by, the surest first: two records that
// share one are the same, or look like it.
//
//	e:ana@x.example      an e-mail of a contact
//	p:6621234567         the last ten digits of a phone
//	n:ana lopez|7        a contact's name, folded, at company 7 (0: none)
//	r:SAT970701NN3       a company's tax id
//	d:acme.example       its domain
//	n:acme               its name, folded, without its legal form
//
// ContactKeys of a contact with its company's id.
func ContactKeys(c *crm.Contact) []string {
	var keys []string
	add := func(key string) {
		if !slices.Contains(keys, key) {
			keys = append(keys, key)
		}
	}
	for _, email := range c.Emails {
		add("e:" + strings.ToLower(email))
	}
	for _, phone := range c.Phones {
		if number := digits(phone); len(number) >= 10 {
			add("p:" + number[len(number)-10:])
		}
	}
	if c.GivenName != "" || c.FamilyName != "" {
		add("n:" + nameKey(c.Title()) + "|" + strconv.FormatInt(c.CompanyID, 10))
	}
	return keys
}

// CompanyKeys of a company.
func CompanyKeys(c *crm.Company) []string {
	var keys []string
	if c.RFC != "" && c.RFC != crm.RFCPublic && c.RFC != crm.RFCForeign {
		keys = append(keys, "r:"+c.RFC)
	}
	if c.Domain != "" && !sharedDomains[c.Domain] {
		keys = append(keys, "d:"+c.Domain)
	}
	if name := CompanyNameKey(c.Name); name != "" {
		keys = append(keys, name)
	}
	return keys
}

// CompanyNameKey is the key of a company's name.
func CompanyNameKey(name string) string {
	bare := nameKey(strings.NewReplacer(".", "", ",", " ").Replace(name))
	for _, form := range legalForms {
		if short, found := strings.CutSuffix(bare, form); found && short != "" {
			bare = short
			break
		}
	}
	if bare == "" {
		return ""
	}
	return "n:" + bare
}

// legalForms are the ends of names that people write or leave out, the longer
// first.
var legalForms = []string{
	" sociedad anonima de capital variable", " s de rl de cv", " sab de cv", " sapi de cv", " sa de cv", " s de rl", " sapi", " sas", " sa",
	" sc", " ac", " spr de rl", " incorporated", " inc", " llc", " ltd", " corp", " gmbh",
}

// sharedDomains belong to nobody's company.
var sharedDomains = map[string]bool{
	"gmail.com": true, "hotmail.com": true, "outlook.com": true, "yahoo.com": true, "yahoo.com.mx": true, "live.com": true,
	"live.com.mx": true, "icloud.com": true, "hotmail.es": true, "prodigy.net.mx": true, "outlook.es": true, "msn.com": true,
	"facebook.com": true, "instagram.com": true,
}

func nameKey(name string) string {
	return strings.Join(strings.FieldsFunc(crm.Fold(name), func(r rune) bool {
		return !unicode.IsLetter(r) && !unicode.IsDigit(r) && r != '&'
	}), " ")
}

// Surely says whether a contact found by this key is the one in the row. A
// phone may be shared by a whole office: it counts when the names have a word
// in common, or one of the two has none.
func Surely(key string, found, row *crm.Contact) bool {
	if !strings.HasPrefix(key, "p:") {
		return true
	}
	known := strings.Fields(nameKey(found.GivenName + " " + found.FamilyName))
	named := strings.Fields(nameKey(row.GivenName + " " + row.FamilyName))
	if len(known) == 0 || len(named) == 0 {
		return true
	}
	for _, word := range named {
		if len(word) > 2 && slices.Contains(known, word) {
			return true
		}
	}
	return false
}

// SameCompany says whether a company found by this key is the one in the row:
// one name with two tax ids is two companies.
func SameCompany(key string, found, row *crm.Company) bool {
	return strings.HasPrefix(key, "r:") || found.RFC == "" || row.RFC == "" || found.RFC == row.RFC
}
