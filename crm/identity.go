package crm

import (
	"slices"
	"strconv"
	"strings"
	"unicode"

	"golang.org/x/text/unicode/norm"
)

// Likeness is what two records have in common that makes them look like one.
type Likeness int

// Likenesses, the strongest first. Their numbers are stored.
const (
	LikeEmail  Likeness = iota + 1 // of contacts: the same e-mail
	LikePhone                      // of contacts: the same last ten digits
	LikePerson                     // of contacts: the same name at the same company
	LikeRFC                        // of companies: the same tax id
	LikeDomain                     // of companies: the same domain
	LikeName                       // of companies: the same name, whatever its legal form
)

// IdentityKey is something by which a record is known as itself: records with a
// key in common may be the same.
type IdentityKey struct {
	Like  Likeness
	Value string // folded: without accents, case and punctuation
}

// phoneDigits are the digits of a Mexican number. Shorter ones (extensions) say
// nothing of who answers.
const phoneDigits = 10

// IdentityKeys of a contact: its e-mails, its phones, and its name at its company.
func (c *Contact) IdentityKeys() []IdentityKey {
	keys := reachedBy(c.Emails, c.Phones)
	if name := foldedWords(c.GivenName + " " + c.FamilyName); len(name) > 0 {
		keys = append(keys, IdentityKey{LikePerson, strings.Join(name, " ") + "@" + strconv.FormatInt(c.CompanyID, 10)})
	}
	return keys
}

// IdentityKeys of a company: its tax id, its domain and its name. The generic
// tax ids are nobody's own.
func (c *Company) IdentityKeys() []IdentityKey {
	var keys []IdentityKey
	if c.RFC != "" && c.RFC != RFCPublic && c.RFC != RFCForeign {
		keys = append(keys, IdentityKey{LikeRFC, c.RFC})
	}
	if c.Domain != "" {
		keys = append(keys, IdentityKey{LikeDomain, c.Domain})
	}
	if name := companyWords(c.Name); name != "" {
		keys = append(keys, IdentityKey{LikeName, name})
	}
	return keys
}

// reachedBy are the keys of a person's e-mails and phones, each once.
func reachedBy(emails, phones []string) []IdentityKey {
	var keys []IdentityKey
	add := func(key IdentityKey) {
		if !slices.Contains(keys, key) {
			keys = append(keys, key)
		}
	}
	for _, email := range emails {
		add(IdentityKey{LikeEmail, strings.ToLower(email)})
	}
	for _, phone := range phones {
		if number := DigitsOf(phone); len(number) >= phoneDigits {
			add(IdentityKey{LikePhone, number[len(number)-phoneDigits:]})
		}
	}
	return keys
}

// legalForms end the names of companies and tell none apart from another.
var legalForms = []string{
	"s a p i de c v", "s a b de c v", "s a de c v", "s de r l de c v", "s de r l mi", "s de r l", "s a s de c v",
	"sapi de cv", "sab de cv", "sa de cv", "s de rl de cv", "s de rl mi", "s de rl", "sas de cv",
	"s a s", "sas", "s a", "sa", "s c", "sc", "a c", "ac", "inc", "llc", "ltd",
}

// companyWords is a company's name as it is compared: folded, without its legal
// form, unless nothing else is in it.
func companyWords(name string) string {
	folded := strings.Join(foldedWords(name), " ")
	for _, form := range legalForms {
		if bare, found := strings.CutSuffix(folded, " "+form); found {
			return bare
		}
	}
	return folded
}

// foldedWords cuts a text into words without accents, case and punctuation.
func foldedWords(text string) []string {
	bare := strings.Map(func(r rune) rune {
		switch {
		case unicode.Is(unicode.Mn, r):
			return -1
		case unicode.IsLetter(r), unicode.IsNumber(r):
			return unicode.ToLower(r)
		}
		return ' '
	}, norm.NFD.String(text))
	return strings.Fields(norm.NFC.String(bare))
}
