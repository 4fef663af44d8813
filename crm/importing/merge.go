package importing

import (
	"maps"
	"strings"

	"github.com/grupobizopps/salexops/crm"
)

// mostListed is how many e-mails or phones a contact may have; what is beyond
// is not added.
const mostListed = 10

// MergeContact fills in what a contact lacks and adds e-mails, phones and tags.
// What it has stays.
func MergeContact(into, from *crm.Contact) {
	fill(&into.JobTitle, from.JobTitle)
	fill(&into.Source, from.Source)
	fill(&into.Birthday, from.Birthday)
	if into.GivenName == "" && into.FamilyName == "" {
		into.GivenName, into.FamilyName = from.GivenName, from.FamilyName
	}
	if into.FamilyName == "" && strings.EqualFold(into.GivenName, from.GivenName) {
		into.FamilyName = from.FamilyName
	}
	if into.CompanyID == 0 {
		into.CompanyID, into.CompanyName = from.CompanyID, from.CompanyName
	}
	into.Emails = upTo(mostListed, addTexts(clone(into.Emails), from.Emails, strings.ToLower))
	into.Phones = upTo(mostListed, addTexts(clone(into.Phones), from.Phones, lastTen))
	mergeExtra(&into.Extra, &from.Extra)
	fillAddress(&into.Address, from.Address)
}

// MergeCompany fills in what a company lacks and adds tags.
func MergeCompany(into, from *crm.Company) {
	fill(&into.Domain, from.Domain)
	fill(&into.RFC, from.RFC)
	fill(&into.Phone, from.Phone)
	fill(&into.Website, from.Website)
	mergeExtra(&into.Extra, &from.Extra)
	fillAddress(&into.Address, from.Address)
}

// mergeExtra adds tags and fills in the team's own fields. What was there is
// copied: the record before is kept for undo.
func mergeExtra(into, from *crm.Extra) {
	into.Tags = addTexts(clone(into.Tags), from.Tags, crm.Fold)
	if len(from.Custom) == 0 {
		return
	}
	all := maps.Clone(from.Custom)
	maps.Copy(all, into.Custom)
	into.Custom = all
}

func fill(into *string, from string) {
	if *into == "" {
		*into = from
	}
}

// fillAddress takes an address as a whole: half of one and half of another is
// no place.
func fillAddress(into *crm.Address, from crm.Address) {
	if *into == (crm.Address{}) {
		*into = from
	}
}

func lastTen(phone string) string {
	number := crm.DigitsOf(phone)
	return number[max(0, len(number)-10):]
}

func upTo(most int, texts []string) []string { return texts[:min(len(texts), most)] }

func clone(texts []string) []string { return append([]string(nil), texts...) }
