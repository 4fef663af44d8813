package page

import (
	"net/url"
	"strconv"
	"time"

	"github.com/grupobizopps/salexops/crm"
)

// Audit is a page of the log of everything that was done.
type Audit struct {
	Actions []*crm.Action
	Users   []*crm.User
	Filter  AuditForm
	Errors  crm.Invalid
	Older   string // address of the page before these; empty: none
	Newest  string // address of the first page, when this is another
	Here    string // address of this page
}

// AuditForm is the filter as typed.
type AuditForm struct {
	UserID      int64
	Kind        crm.Kind
	Verb        string
	From, Until string // YYYY-MM-DD, both days included
}

// Filter reads the days in the tenant's zone.
func (a AuditForm) Filter(zone *time.Location) (crm.AuditFilter, crm.Invalid) {
	filter := crm.AuditFilter{UserID: a.UserID, Kind: a.Kind, Verb: a.Verb}
	faults := crm.Invalid{}
	for name, day := range map[string]string{"from": a.From, "until": a.Until} {
		if day == "" {
			continue
		}
		at, err := time.ParseInLocation(time.DateOnly, day, zone)
		switch {
		case err != nil:
			faults[name] = crm.KeyDate
		case name == "from":
			filter.From = at
		default:
			filter.Until = at.AddDate(0, 0, 1)
		}
	}
	return filter, faults
}

// Set says whether anything is narrowed.
func (a AuditForm) Set() bool { return a != AuditForm{} }

// Link is the address of a page of the log with this filter.
func (a AuditForm) Link(after crm.Cursor) string {
	q := url.Values{}
	for name, value := range map[string]string{
		"kind": string(a.Kind), "verb": a.Verb, "from": a.From, "until": a.Until, "after": string(after),
	} {
		if value != "" {
			q.Set(name, value)
		}
	}
	if a.UserID != 0 {
		q.Set("user", strconv.FormatInt(a.UserID, 10))
	}
	if len(q) == 0 {
		return "/settings/log"
	}
	return "/settings/log?" + q.Encode()
}

// AuditKinds are the kinds of what the log speaks of, in the order of the filter.
var AuditKinds = []crm.Kind{
	crm.KindContact, crm.KindCompany, crm.KindDeal, crm.KindLead, crm.KindActivity, crm.KindProduct, crm.KindPipeline, crm.KindImport,
	crm.KindView, crm.KindField, crm.KindUser, crm.KindSetting, crm.KindAccount,
}

// AuditVerbs are what one can ask the log for, in the order of the filter.
var AuditVerbs = []string{"create", "update", "delete", "restore", "purge", "undo", "hand-over", "export", "sample"}

var auditVerbTexts = map[string]string{
	"create": "audit.created", "update": "audit.updated", "delete": "audit.deleted", "restore": "audit.restored",
	"purge": "audit.purged", "undo": "audit.undone", "hand-over": "audit.handedOver", "export": "audit.exported", "sample": "audit.sampled",
}

// singulars name one record of a kind.
var singulars = map[crm.Kind]string{
	crm.KindContact:  "search.contact",
	crm.KindCompany:  "search.company",
	crm.KindDeal:     "search.deal",
	crm.KindLead:     "search.lead",
	crm.KindActivity: "kind.activity",
	crm.KindProduct:  "kind.product",
	crm.KindPipeline: "kind.pipeline",
	crm.KindImport:   "kind.import",
	crm.KindView:     "kind.view",
	crm.KindField:    "kind.field",
	crm.KindUser:     "kind.user",
	crm.KindSetting:  "kind.setting",
	crm.KindAccount:  "kind.account",
}

func singular(k crm.Kind) string {
	if key := singulars[k]; key != "" {
		return key
	}
	return "kind.other"
}

// plurals name the records of a kind.
var plurals = map[crm.Kind]string{
	crm.KindContact:  "nav.contacts",
	crm.KindCompany:  "nav.companies",
	crm.KindDeal:     "deals.title",
	crm.KindLead:     "nav.leads",
	crm.KindActivity: "kind.activities",
	crm.KindProduct:  "products.title",
	crm.KindField:    "kind.fields",
}

func plural(k crm.Kind) string {
	if key := plurals[k]; key != "" {
		return key
	}
	return singular(k)
}

// ActionLink is the page of what an action was about; empty: there is none, or
// the record is in the bin.
func ActionLink(a *crm.Action) string {
	switch a.Kind {
	case crm.KindUser:
		return "/settings/team"
	case crm.KindSetting:
		return "/settings/team"
	case crm.KindField:
		return "/settings/fields"
	case crm.KindAccount:
		return "/settings/account"
	}
	if a.RecordID == 0 {
		return ""
	}
	return HitLink(crm.Hit{Kind: a.Kind, ID: a.RecordID})
}

// actionTitle is what an action was about. One of several records that counts
// them says how many.
func actionTitle(f *Frame, a *crm.Action) string {
	if n, err := strconv.Atoi(a.Title); err == nil && a.RecordID == 0 {
		return f.L.N("audit.records", n)
	}
	if a.Title == "" {
		return f.T(singular(a.Kind))
	}
	return a.Title
}

// showsChanges says whether from and to are worth a line each: of what was
// new, the record's page tells.
func showsChanges(a *crm.Action) bool { return a.Verb != "create" && len(a.Changes) > 0 }

// daysLeft says how long a record can be brought back.
func daysLeft(f *Frame, b *crm.Binned, now time.Time) string {
	return f.L.N("bin.daysLeft", b.DaysLeft(now))
}
