package sqlite

import (
	"fmt"
	"strings"

	"github.com/grupobizopps/salexops/crm"
)

// leads says how a lead is stored.
var leads = &recordKind[crm.Lead]{
	kind:  crm.KindLead,
	table: "lead",
	head: func(l *crm.Lead) head {
		return head{&l.ID, &l.OwnerID, &l.Version, &l.CreatedAt, &l.UpdatedAt}
	},
	title:     (*crm.Lead).Title,
	normalize: (*crm.Lead).Normalize,
	validate:  (*crm.Lead).Validate,
	load: func(t *tx, id int64) (*crm.Lead, bool, error) {
		deleted := false
		l, err := scanLead(t.queryRow(selectLead, id).Scan, &deleted)
		return l, deleted, err
	},
	resolve: resolveLead,
	heal:    healLead,
	insert:  insertLead,
	update:  updateLead,
	fields:  leadFields,
	extra:   func(l *crm.Lead) *crm.Extra { return &l.Extra },
	text:    leadText,
	keys:    (*crm.Lead).PersonKeys,
	facets:  func(l *crm.Lead) []facet { return []facet{{sourceField, l.Source}} },
	links: []link[crm.Lead]{
		{
			to: crm.KindContact, find: "SELECT id FROM lead WHERE contact_id = ? AND deleted_at IS NULL",
			id: func(l *crm.Lead) *int64 { return &l.ContactID },
		},
		{
			to: crm.KindCompany, find: "SELECT id FROM lead WHERE company_id = ? AND deleted_at IS NULL",
			id: func(l *crm.Lead) *int64 { return &l.CompanyID },
		},
	},
}

func leadFields(l *crm.Lead) []field {
	return append([]field{
		plain("givenName", l.GivenName), plain("familyName", l.FamilyName), plain("companyName", l.CompanyName),
		plain("jobTitle", l.JobTitle), list("emails", l.Emails), list("phones", l.Phones), plain("source", l.Source),
		plain("status", string(l.Status)), plain("note", l.Note), reference("ownerId", l.OwnerID, l.OwnerName),
	}, extraFields(&l.Extra)...)
}

// leadText is what a lead is found by.
func leadText(l *crm.Lead) recordText {
	detail := append([]string{l.CompanyName, l.JobTitle, l.Source}, l.Emails...)
	for _, phone := range l.Phones {
		detail = append(detail, phone, crm.DigitsOf(phone))
	}
	detail = append(detail, extraWords(&l.Extra)...)
	return recordText{name: l.Title(), detail: strings.Join(detail, "\n")}
}

// resolveLead refuses to change a lead that became something else already.
func resolveLead(t *tx, l, before *crm.Lead) error {
	if before != nil && before.Status == crm.LeadConverted && l.Status != crm.LeadConverted {
		return crm.Invalid{"status": crm.KeyConverted}
	}
	invalid := crm.Invalid{}
	wasOwner := before != nil && before.OwnerID == l.OwnerID
	name, err := t.ownerName(l.OwnerID, wasOwner, invalid)
	l.OwnerName = name
	if err == nil && len(invalid) > 0 {
		return invalid
	}
	return err
}

// healLead lets go of what a lead was converted into and that is gone for good.
func healLead(t *tx, l *crm.Lead) error {
	for table, id := range map[string]*int64{"contact": &l.ContactID, "company": &l.CompanyID, "deal": &l.DealID} {
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
	return resolveLead(t, l, l)
}

func insertLead(t *tx, l *crm.Lead) (int64, error) {
	emails, phones, err := leadLists(l)
	if err != nil {
		return 0, err
	}
	return t.insert(`INSERT INTO lead (given_name, family_name, company_name, job_title, emails, phones, source, status, note, owner_id,
		contact_id, company_id, deal_id, sort_key, created_at, updated_at, version)
		VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, nullif(?, 0), nullif(?, 0), nullif(?, 0), ?, ?, ?, ?)`,
		l.GivenName, l.FamilyName, l.CompanyName, l.JobTitle, emails, phones, l.Source, string(l.Status), l.Note, l.OwnerID,
		l.ContactID, l.CompanyID, l.DealID, sortKey(l.Title()), l.CreatedAt.UnixMicro(), l.UpdatedAt.UnixMicro(), l.Version)
}

func updateLead(t *tx, l *crm.Lead) error {
	emails, phones, err := leadLists(l)
	if err != nil {
		return err
	}
	_, err = t.exec(`UPDATE lead SET given_name = ?, family_name = ?, company_name = ?, job_title = ?, emails = ?, phones = ?,
		source = ?, status = ?, note = ?, owner_id = ?, contact_id = nullif(?, 0), company_id = nullif(?, 0), deal_id = nullif(?, 0),
		sort_key = ?, updated_at = ?, version = ? WHERE id = ?`,
		l.GivenName, l.FamilyName, l.CompanyName, l.JobTitle, emails, phones,
		l.Source, string(l.Status), l.Note, l.OwnerID, l.ContactID, l.CompanyID, l.DealID,
		sortKey(l.Title()), l.UpdatedAt.UnixMicro(), l.Version, l.ID)
	return err
}

func leadLists(l *crm.Lead) (emails, phones string, err error) {
	if emails, err = writeList(l.Emails); err != nil {
		return "", "", fmt.Errorf("write e-mails: %w", err)
	}
	if phones, err = writeList(l.Phones); err != nil {
		return "", "", fmt.Errorf("write phones: %w", err)
	}
	return emails, phones, nil
}
