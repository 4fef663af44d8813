package sqlite

import (
	"database/sql"
	"errors"
	"strings"
	"time"

	"github.com/grupobizopps/salexops/crm"
)

// activities says how an activity is stored.
var activities = &recordKind[crm.Activity]{
	kind:  crm.KindActivity,
	table: "activity",
	head: func(a *crm.Activity) head {
		return head{&a.ID, &a.OwnerID, &a.Version, &a.CreatedAt, &a.UpdatedAt}
	},
	title:     (*crm.Activity).Title,
	normalize: (*crm.Activity).Normalize,
	validate:  (*crm.Activity).Validate,
	load: func(t *tx, id int64) (*crm.Activity, bool, error) {
		deleted := false
		a, _, err := scanActivity(t.queryRow(selectActivity, id).Scan, 0, &deleted)
		return a, deleted, err
	},
	resolve: resolveActivity,
	heal:    healActivity,
	insert:  insertActivity,
	update:  updateActivity,
	fields:  activityFields,
	text: func(a *crm.Activity) recordText {
		return recordText{name: a.Subject, detail: strings.TrimSpace(a.Body + "\n" + a.Place)}
	},
	links: []link[crm.Activity]{
		{
			to: crm.KindContact, find: "SELECT id FROM activity WHERE contact_id = ? AND deleted_at IS NULL",
			id: func(a *crm.Activity) *int64 { return &a.ContactID },
		},
		{
			to: crm.KindCompany, find: "SELECT id FROM activity WHERE company_id = ? AND deleted_at IS NULL",
			id: func(a *crm.Activity) *int64 { return &a.CompanyID },
		},
		{
			to: crm.KindDeal, find: "SELECT id FROM activity WHERE deal_id = ? AND deleted_at IS NULL",
			id: func(a *crm.Activity) *int64 { return &a.DealID },
		},
		{
			to: crm.KindLead, find: "SELECT id FROM activity WHERE lead_id = ? AND deleted_at IS NULL",
			id: func(a *crm.Activity) *int64 { return &a.LeadID },
		},
	},
}

func activityFields(a *crm.Activity) []field {
	done := ""
	if a.Done() {
		done = a.DoneAt.UTC().Format(time.RFC3339)
	}
	return []field{
		plain("activityType", string(a.Type)), plain("subject", a.Subject), plain("body", a.Body),
		plain("starts", string(a.Starts)), plain("ends", string(a.Ends)), plain("place", a.Place),
		plain("reminder", string(a.Reminder)),
		reference("contactId", a.ContactID, a.ContactName), reference("companyId", a.CompanyID, a.CompanyName),
		reference("dealId", a.DealID, a.DealName), reference("leadId", a.LeadID, a.LeadName),
		reference("ownerId", a.OwnerID, a.OwnerName), plain("doneAt", done),
	}
}

// activityLink is one of the records that an activity is linked to.
type activityLink struct {
	kind       crm.Kind
	field      string
	id, before int64
	name       *string
	find       func(*tx, int64) (name string, found bool, err error)
}

func activityLinks(a, before *crm.Activity) []activityLink {
	return []activityLink{
		{crm.KindContact, "contactId", a.ContactID, before.ContactID, &a.ContactName, (*tx).contactName},
		{crm.KindCompany, "companyId", a.CompanyID, before.CompanyID, &a.CompanyName, (*tx).companyName},
		{crm.KindDeal, "dealId", a.DealID, before.DealID, &a.DealName, (*tx).liveDealName},
		{crm.KindLead, "leadId", a.LeadID, before.LeadID, &a.LeadName, (*tx).leadName},
	}
}

func resolveActivity(t *tx, a, before *crm.Activity) error {
	invalid := crm.Invalid{}
	known := before
	if known == nil {
		known = &crm.Activity{}
	}
	for _, link := range activityLinks(a, known) {
		*link.name = ""
		if link.id == 0 {
			continue
		}
		name, found, err := link.find(t, link.id)
		if err != nil {
			return err
		}
		if !found && link.id != link.before {
			invalid[link.field] = crm.KeyUnknown
		}
		*link.name = name
	}
	name, err := t.ownerName(a.OwnerID, a.OwnerID == known.OwnerID, invalid)
	a.OwnerName = name
	if err == nil && len(invalid) > 0 {
		return invalid
	}
	return err
}

func healActivity(t *tx, a *crm.Activity) error {
	for table, id := range map[string]*int64{"contact": &a.ContactID, "company": &a.CompanyID, "deal": &a.DealID, "lead": &a.LeadID} {
		if *id == 0 {
			continue
		}
		kept, err := t.exists(table, *id)
		if err != nil {
			return err
		}
		if !kept {
			*id = 0
		}
	}
	return resolveActivity(t, a, a)
}

// liveDealName tells the name of a deal that is not in the bin.
func (t *tx) liveDealName(id int64) (name string, found bool, err error) {
	err = t.queryRow("SELECT name FROM deal WHERE id = ? AND deleted_at IS NULL", id).Scan(&name)
	if errors.Is(err, sql.ErrNoRows) {
		return "", false, nil
	}
	return name, err == nil, err
}

// leadName tells the name of a lead that is not in the bin.
func (t *tx) leadName(id int64) (name string, found bool, err error) {
	err = t.queryRow("SELECT "+leadTitle+" FROM lead AS q WHERE q.id = ? AND q.deleted_at IS NULL", id).Scan(&name)
	if errors.Is(err, sql.ErrNoRows) {
		return "", false, nil
	}
	return name, err == nil, err
}

// contactName tells the name of a contact that is not in the bin.
func (t *tx) contactName(id int64) (name string, found bool, err error) {
	err = t.queryRow("SELECT "+contactTitle+" FROM contact AS c WHERE c.id = ? AND c.deleted_at IS NULL", id).Scan(&name)
	if errors.Is(err, sql.ErrNoRows) {
		return "", false, nil
	}
	return name, err == nil, err
}

// noDate sorts what is to be done some day after all that has a date.
const noDate crm.Moment = "9999"

// dueOf is when an activity is to be done; empty: nothing is to be done.
func dueOf(a *crm.Activity) crm.Moment {
	switch {
	case !a.Open():
		return ""
	case a.Starts == "":
		return noDate
	}
	return a.Starts
}

// happenedAt is an activity's place in timelines: when it was done or is to
// take place; what has no such time is where it was written down.
func (t *tx) happenedAt(a *crm.Activity) time.Time {
	switch {
	case a.Type == crm.ActivityMeeting, a.Type == crm.ActivityCall:
		return a.Starts.In(t.zone())
	case a.Done():
		return a.DoneAt
	}
	return a.CreatedAt
}

func insertActivity(t *tx, a *crm.Activity) (int64, error) {
	id, err := t.insert(`INSERT INTO activity (type, subject, body, starts, ends, place, reminder, contact_id, company_id, deal_id, lead_id, owner_id,
		done_at, due, happened_at, remind_at, created_at, updated_at, version)
		VALUES (?, ?, ?, ?, ?, ?, ?, nullif(?, 0), nullif(?, 0), nullif(?, 0), nullif(?, 0), ?, ?, ?, ?, ?, ?, ?, ?)`,
		string(a.Type), a.Subject, a.Body, string(a.Starts), string(a.Ends), a.Place, string(a.Reminder), a.ContactID, a.CompanyID, a.DealID, a.LeadID, a.OwnerID,
		micros(a.DoneAt), string(dueOf(a)), t.happenedAt(a).UnixMicro(), string(a.RemindAt()),
		a.CreatedAt.UnixMicro(), a.UpdatedAt.UnixMicro(), a.Version)
	if err != nil {
		return 0, err
	}
	return id, t.afterActivity(id, a)
}

func updateActivity(t *tx, a *crm.Activity) error {
	_, err := t.exec(`UPDATE activity SET type = ?, subject = ?, body = ?, starts = ?, ends = ?, place = ?, reminder = ?,
		contact_id = nullif(?, 0), company_id = nullif(?, 0), deal_id = nullif(?, 0), lead_id = nullif(?, 0), owner_id = ?,
		done_at = ?, due = ?, happened_at = ?, remind_at = ?, updated_at = ?, version = ? WHERE id = ?`,
		string(a.Type), a.Subject, a.Body, string(a.Starts), string(a.Ends), a.Place, string(a.Reminder),
		a.ContactID, a.CompanyID, a.DealID, a.LeadID, a.OwnerID,
		micros(a.DoneAt), string(dueOf(a)), t.happenedAt(a).UnixMicro(), string(a.RemindAt()),
		a.UpdatedAt.UnixMicro(), a.Version, a.ID)
	if err != nil {
		return err
	}
	return t.afterActivity(a.ID, a)
}

// afterActivity stores whom an activity calls, and says that its deal is worked
// on: what is still to be done is no work yet.
func (t *tx) afterActivity(id int64, a *crm.Activity) error {
	if a.DealID != 0 && !a.Open() {
		if err := t.touchDeal(a.DealID, a.UpdatedAt); err != nil {
			return err
		}
	}
	return t.saveMentions(id, a)
}

// micros writes a time that may be zero.
func micros(at time.Time) int64 {
	if at.IsZero() {
		return 0
	}
	return at.UnixMicro()
}
