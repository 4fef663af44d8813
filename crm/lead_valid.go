package crm

import (
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"golang.org/x/text/unicode/norm"
)

// KeyConverted is the fault of changing a lead that was converted.
const KeyConverted = "error.converted"

// maxNote is the longest note of a lead, in characters.
const maxNote = 2000

// PersonName is the name of the person, empty when only the company is known.
func (l *Lead) PersonName() string {
	return strings.TrimSpace(l.GivenName + " " + l.FamilyName)
}

// Title is the person's name, else the company's, else the main e-mail.
func (l *Lead) Title() string {
	switch person := l.PersonName(); {
	case person != "":
		return person
	case l.CompanyName != "":
		return l.CompanyName
	case len(l.Emails) > 0:
		return l.Emails[0]
	}
	return ""
}

// Normalize writes the fields as they are stored. The store calls it before
// Validate.
func (l *Lead) Normalize() {
	l.GivenName, l.FamilyName = tidy(l.GivenName), tidy(l.FamilyName)
	l.CompanyName, l.JobTitle, l.Source = tidy(l.CompanyName), tidy(l.JobTitle), tidy(l.Source)
	l.Emails, l.Phones = tidyList(l.Emails), tidyList(l.Phones)
	l.Note = tidyLines(l.Note)
	if l.Status == "" {
		l.Status = LeadNew
	}
	l.normalizeExtra()
}

// tidyLines writes a text of several lines as it is stored.
func tidyLines(text string) string {
	text = strings.ReplaceAll(strings.ReplaceAll(norm.NFC.String(text), "\r\n", "\n"), "\r", "\n")
	lines := strings.Split(text, "\n")
	for i, line := range lines {
		lines[i] = strings.TrimRightFunc(line, unicode.IsSpace)
	}
	return strings.Trim(strings.Join(lines, "\n"), "\n")
}

// Validate reports every field that cannot be stored, as Invalid, or nil.
func (l *Lead) Validate() error {
	invalid := Invalid{}
	if l.Title() == "" {
		invalid.set("givenName", KeyRequired)
	}
	invalid.text("givenName", l.GivenName, maxShortText)
	invalid.text("familyName", l.FamilyName, maxShortText)
	invalid.text("companyName", l.CompanyName, maxLongText)
	invalid.text("jobTitle", l.JobTitle, maxShortText)
	invalid.text("source", l.Source, maxShortText)
	if !slices.Contains(LeadStatuses, l.Status) && l.Status != LeadConverted {
		invalid.set("status", KeyChoice)
	}
	switch {
	case utf8.RuneCountInString(l.Note) > maxNote:
		invalid.set("note", KeyTooLong)
	case !utf8.ValidString(l.Note) || strings.ContainsFunc(l.Note, func(r rune) bool { return unicode.IsControl(r) && r != '\n' && r != '\t' }):
		invalid.set("note", KeyCharacter)
	}
	reached := Contact{Emails: l.Emails, Phones: l.Phones}
	reached.checkLists(invalid)
	l.checkExtra(invalid)
	return invalid.orNil()
}

// freeMail are providers whose domain says nothing of where somebody works.
var freeMail = []string{
	"gmail.com", "googlemail.com", "hotmail.com", "hotmail.es", "hotmail.com.mx", "outlook.com", "outlook.es", "live.com", "live.com.mx",
	"msn.com", "yahoo.com", "yahoo.com.mx", "yahoo.es", "ymail.com", "icloud.com", "me.com", "aol.com", "proton.me", "protonmail.com",
	"prodigy.net.mx", "infinitummail.com",
}

// Domain is the domain of the lead's company, by its e-mails; empty when they
// are those of a free provider.
func (l *Lead) Domain() string {
	for _, email := range l.Emails {
		domain := strings.ToLower(email[strings.LastIndexByte(email, '@')+1:])
		if ValidDomain(domain) && !slices.Contains(freeMail, domain) {
			return domain
		}
	}
	return ""
}

// AsContact is the person that the lead is about.
func (l *Lead) AsContact() Contact {
	c := Contact{
		GivenName: l.GivenName, FamilyName: l.FamilyName, Emails: l.Emails, Phones: l.Phones,
		JobTitle: l.JobTitle, Source: l.Source, OwnerID: l.OwnerID, Extra: Extra{Tags: l.Tags},
	}
	if c.Title() == "" {
		c.GivenName = l.CompanyName
	}
	return c
}

// AsCompany is the company that the lead is about; nil: none is known.
func (l *Lead) AsCompany() *Company {
	name := l.CompanyName
	if name == "" {
		return nil
	}
	return &Company{Name: name, Domain: l.Domain(), OwnerID: l.OwnerID}
}

// PersonKeys are what a contact of the same person would have.
func (l *Lead) PersonKeys() []IdentityKey { return reachedBy(l.Emails, l.Phones) }

// CompanyKeys are what the lead's company would have.
func (l *Lead) CompanyKeys() []IdentityKey {
	return (&Company{Name: l.CompanyName, Domain: l.Domain()}).IdentityKeys()
}
