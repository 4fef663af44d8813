package crm

import (
	"context"
	"slices"
	"strings"
	"time"
)

// Merge names two records of one kind that are the same: one is kept, the
// other absorbed. Versions are those that were read.
type Merge struct {
	KeptID, KeptVersion         int64
	AbsorbedID, AbsorbedVersion int64
}

// Duplicate is a record that looks like another.
type Duplicate struct {
	Hit
	Likenesses []Likeness // what they have in common, the strongest first
}

// DuplicateGroup are records that look like each other.
type DuplicateGroup struct {
	Likenesses []Likeness // what all of them have in common, the strongest first
	Records    []Hit      // the oldest first, at most 10
	More       bool       // there are more than these
}

// MergeService finds records that may be the same and makes them one.
type MergeService interface {
	// Duplicates lists what looks like one record, at most 10.
	Duplicates(ctx context.Context, kind Kind, id int64) ([]Duplicate, error)
	// DuplicateGroups lists what looks alike among all records of a kind. Prev is
	// always empty.
	DuplicateGroups(ctx context.Context, kind Kind, after Cursor, limit int) (Page[DuplicateGroup], error)
	// MergeContacts writes c over the kept contact, points to it whatever pointed
	// to the absorbed one, and moves that one to the bin: one action, which
	// UndoAction takes back as a whole. Errors: as UpdateContact; ErrConflict when
	// either changed since it was read.
	MergeContacts(ctx context.Context, m Merge, c *Contact) (actionID int64, err error)
	// MergeCompanies does the same for companies.
	MergeCompanies(ctx context.Context, m Merge, c *Company) (actionID int64, err error)
	// MergedInto tells which record absorbed one that is not there any more.
	// Errors: ErrNotFound: none that the actor may see.
	MergedInto(ctx context.Context, kind Kind, id int64) (int64, error)
}

// MergeField is a field, or several that belong together, of which a merge keeps
// one record's.
type MergeField[R any] struct {
	Name string // as in Change.Field; "address" for all of an address
	Text func(*R) string
	Copy func(to, from *R)
}

// ContactMergeFields are the fields of contacts to choose from, besides custom
// ones. E-mails, phones and tags are united.
var ContactMergeFields = []MergeField[Contact]{
	{"givenName", func(c *Contact) string { return c.GivenName }, func(to, from *Contact) { to.GivenName = from.GivenName }},
	{"familyName", func(c *Contact) string { return c.FamilyName }, func(to, from *Contact) { to.FamilyName = from.FamilyName }},
	{"companyId", func(c *Contact) string { return c.CompanyName }, func(to, from *Contact) { to.CompanyID, to.CompanyName = from.CompanyID, from.CompanyName }},
	{"jobTitle", func(c *Contact) string { return c.JobTitle }, func(to, from *Contact) { to.JobTitle = from.JobTitle }},
	{"ownerId", func(c *Contact) string { return c.OwnerName }, func(to, from *Contact) { to.OwnerID, to.OwnerName = from.OwnerID, from.OwnerName }},
	{"source", func(c *Contact) string { return c.Source }, func(to, from *Contact) { to.Source = from.Source }},
	{"birthday", func(c *Contact) string { return c.Birthday }, func(to, from *Contact) { to.Birthday = from.Birthday }},
	{"address", func(c *Contact) string { return c.Address.Line() }, func(to, from *Contact) { to.Address = from.Address }},
}

// CompanyMergeFields are the fields of companies to choose from, besides custom
// ones. Tags are united.
var CompanyMergeFields = []MergeField[Company]{
	{"name", func(c *Company) string { return c.Name }, func(to, from *Company) { to.Name = from.Name }},
	{"rfc", func(c *Company) string { return c.RFC }, func(to, from *Company) { to.RFC = from.RFC }},
	{"domain", func(c *Company) string { return c.Domain }, func(to, from *Company) { to.Domain = from.Domain }},
	{"phone", func(c *Company) string { return c.Phone }, func(to, from *Company) { to.Phone = from.Phone }},
	{"website", func(c *Company) string { return c.Website }, func(to, from *Company) { to.Website = from.Website }},
	{"parentId", func(c *Company) string { return c.ParentName }, func(to, from *Company) { to.ParentID, to.ParentName = from.ParentID, from.ParentName }},
	{"ownerId", func(c *Company) string { return c.OwnerName }, func(to, from *Company) { to.OwnerID, to.OwnerName = from.OwnerID, from.OwnerName }},
	{"address", func(c *Company) string { return c.Address.Line() }, func(to, from *Company) { to.Address = from.Address }},
}

// PreferAbsorbed says whether a merge takes a field from the absorbed record
// when nobody chose: a field that is filled in wins, of two the newer record's.
func PreferAbsorbed(kept, absorbed string, keptAt, absorbedAt time.Time) bool {
	if kept == "" || absorbed == "" {
		return absorbed != ""
	}
	return kept != absorbed && absorbedAt.After(keptAt)
}

// MergedContact is the contact that a merge leaves; fromAbsorbed says of which
// fields the absorbed record's value is taken.
func MergedContact(kept, absorbed *Contact, fromAbsorbed func(field string) bool) *Contact {
	merged := *kept
	for _, field := range ContactMergeFields {
		if fromAbsorbed(field.Name) {
			field.Copy(&merged, absorbed)
		}
	}
	merged.Emails = united(kept.Emails, absorbed.Emails, strings.ToLower)
	merged.Phones = united(kept.Phones, absorbed.Phones, phoneKey)
	merged.Extra = mergedExtra(&kept.Extra, &absorbed.Extra, fromAbsorbed)
	return &merged
}

// MergedCompany is the company that a merge leaves.
func MergedCompany(kept, absorbed *Company, fromAbsorbed func(field string) bool) *Company {
	merged := *kept
	for _, field := range CompanyMergeFields {
		if fromAbsorbed(field.Name) {
			field.Copy(&merged, absorbed)
		}
	}
	merged.Extra = mergedExtra(&kept.Extra, &absorbed.Extra, fromAbsorbed)
	return &merged
}

// mergedExtra unites tags; of each custom field it takes one record's value,
// CustomInput being the field's name.
func mergedExtra(kept, absorbed *Extra, fromAbsorbed func(field string) bool) Extra {
	merged := Extra{Tags: united(kept.Tags, absorbed.Tags, strings.ToLower), Custom: map[int64]string{}}
	for _, values := range []map[int64]string{kept.Custom, absorbed.Custom} {
		for id := range values {
			if merged.Custom[id] = kept.Custom[id]; fromAbsorbed(CustomInput(id)) {
				merged.Custom[id] = absorbed.Custom[id]
			}
		}
	}
	return merged
}

// phoneKey is equal for two ways of writing one number.
func phoneKey(phone string) string {
	if number := DigitsOf(phone); len(number) >= phoneDigits {
		return number[len(number)-phoneDigits:]
	}
	return phone
}

// united lists what is in either, each once, in order.
func united(a, b []string, key func(string) string) []string {
	var all []string
	for _, value := range slices.Concat(a, b) {
		known := slices.ContainsFunc(all, func(other string) bool { return key(other) == key(value) })
		if !known {
			all = append(all, value)
		}
	}
	return all
}

// Line is the address on one line.
func (a Address) Line() string {
	var parts []string
	for _, part := range []string{a.Street, strings.TrimSpace(a.PostalCode + " " + a.City), a.State, a.Country} {
		if part != "" {
			parts = append(parts, part)
		}
	}
	return strings.Join(parts, ", ")
}
