package page

import (
	"net/url"
	"time"

	"github.com/grupobizopps/salexops/crm"
)

// Merge are two records side by side.
type Merge struct {
	Kind           crm.Kind
	Kept, Absorbed MergeSide
	Rows           []MergeRow
	Lists          []MergeList
	Errors         crm.Invalid
	Alert          string
}

// MergeSide is one of the two records.
type MergeSide struct {
	Hit     crm.Hit
	Version int64
	Created time.Time
	Updated time.Time
}

// MergeRow is a field of which one record's value is kept.
type MergeRow struct {
	Name, Label    string
	Kept, Absorbed string // as shown
	FromAbsorbed   bool
}

// Same says whether there is nothing to choose.
func (r MergeRow) Same() bool { return r.Kept == r.Absorbed }

// MergeList is a field whose values of both records are kept, but for those
// that are crossed out.
type MergeList struct {
	Name, Label string
	Values      []string
	Dropped     map[string]bool
}

// MergeLink is the page that compares two records.
func MergeLink(kind crm.Kind, kept, absorbed int64) string {
	return HitLink(crm.Hit{Kind: kind, ID: kept}) + "/merge?with=" + formatID(absorbed)
}

// OldestFirst is the page that compares two records, where the older one is kept.
func OldestFirst(kind crm.Kind, a, b int64) string { return MergeLink(kind, min(a, b), max(a, b)) }

// listPath is the list of a kind of record.
func listPath(kind crm.Kind) string {
	if kind == crm.KindCompany {
		return "/companies"
	}
	return "/contacts"
}

// likenessTexts say what two records have in common.
var likenessTexts = map[crm.Likeness]string{
	crm.LikeEmail:  "like.email",
	crm.LikePhone:  "like.phone",
	crm.LikePerson: "like.person",
	crm.LikeRFC:    "like.rfc",
	crm.LikeDomain: "like.domain",
	crm.LikeName:   "like.name",
}

// DuplicatesPath is the list of what looks alike.
func DuplicatesPath(kind crm.Kind, after crm.Cursor) string {
	path := listPath(kind) + "/duplicates"
	if after != "" {
		path += "?after=" + url.QueryEscape(string(after))
	}
	return path
}

// MergeSearch looks for the record to merge one with.
type MergeSearch struct {
	Record     crm.Hit
	Query      string
	Duplicates []crm.Duplicate
	Found      []crm.Hit
}

// peopleLabels are the words for the fields of leads and merges.
var peopleLabels = map[string]string{
	"address":     "field.address",
	"companyName": "field.companyId",
	"status":      "field.status",
	"note":        "field.note",
	"merged":      "merge.gone",
}

// shown is a value as a person reads it.
func (l MergeList) shown(value string) string {
	if l.Name == "phones" {
		return crm.FriendlyPhone(value)
	}
	return value
}
