package sqlite

import (
	"database/sql"
	"errors"
	"fmt"
	"strings"

	"github.com/grupobizopps/salexops/crm"
)

// contacts says how a contact is stored.
var contacts = &recordKind[crm.Contact]{
	kind:  crm.KindContact,
	table: "contact",
	head: func(c *crm.Contact) head {
		return head{&c.ID, &c.OwnerID, &c.Version, &c.CreatedAt, &c.UpdatedAt}
	},
	title:     (*crm.Contact).Title,
	normalize: (*crm.Contact).Normalize,
	validate:  (*crm.Contact).Validate,
	load: func(t *tx, id int64) (*crm.Contact, bool, error) {
		deleted := false
		c, err := scanContact(t.queryRow(selectContact, id).Scan, &deleted)
		return c, deleted, err
	},
	resolve: resolveContact,
	heal:    healContact,
	insert:  insertContact,
	place:   func(c *crm.Contact) string { return fold(c.Title()) },
	update:  updateContact,
	fields:  contactFields,
	extra:   func(c *crm.Contact) *crm.Extra { return &c.Extra },
	text:    contactText,
	keys:    (*crm.Contact).IdentityKeys,
	links: []link[crm.Contact]{{
		to: crm.KindCompany, find: "SELECT id FROM contact WHERE company_id = ? AND deleted_at IS NULL",
		id: func(c *crm.Contact) *int64 { return &c.CompanyID },
	}},
	facets: func(c *crm.Contact) []facet {
		return []facet{{cityField, c.Address.City}, {stateField, c.Address.State}, {sourceField, c.Source}}
	},
}

func contactFields(c *crm.Contact) []field {
	return append([]field{
		plain("givenName", c.GivenName), plain("familyName", c.FamilyName),
		list("emails", c.Emails), list("phones", c.Phones),
		reference("companyId", c.CompanyID, c.CompanyName), plain("jobTitle", c.JobTitle),
		reference("ownerId", c.OwnerID, c.OwnerName), plain("source", c.Source), plain("birthday", c.Birthday),
	}, append(addressFields(c.Address), extraFields(&c.Extra)...)...)
}

// contactText is what a contact is found by. Phone numbers are also kept as
// bare digits, whole and as the ten of a Mexican number.
func contactText(c *crm.Contact) recordText {
	detail := append([]string{c.JobTitle, c.Source, c.Address.City, c.Address.State}, c.Emails...)
	for _, phone := range c.Phones {
		number := crm.DigitsOf(phone)
		detail = append(detail, phone, number)
		if len(number) > 10 {
			detail = append(detail, number[len(number)-10:])
		}
	}
	detail = append(detail, extraWords(&c.Extra)...)
	return recordText{name: c.Title(), detail: strings.Join(detail, "\n")}
}

func resolveContact(t *tx, c, before *crm.Contact) error {
	invalid := crm.Invalid{}
	c.CompanyName = ""
	if c.CompanyID != 0 {
		name, found, err := t.companyName(c.CompanyID)
		if err != nil {
			return err
		}
		if !found && (before == nil || before.CompanyID != c.CompanyID) {
			invalid["companyId"] = crm.KeyUnknown
		}
		c.CompanyName = name
	}
	wasOwner := before != nil && before.OwnerID == c.OwnerID
	name, err := t.ownerName(c.OwnerID, wasOwner, invalid)
	c.OwnerName = name
	if err == nil && len(invalid) > 0 {
		return invalid
	}
	return err
}

func healContact(t *tx, c *crm.Contact) error {
	if c.CompanyID != 0 {
		kept, err := t.exists("company", c.CompanyID)
		if err != nil {
			return err
		}
		if !kept {
			c.CompanyID = 0
		}
	}
	return resolveContact(t, c, c)
}

func insertContact(t *tx, c *crm.Contact) (int64, error) {
	emails, phones, err := contactLists(c)
	if err != nil {
		return 0, err
	}
	return t.insert(`INSERT INTO contact (id, given_name, family_name, emails, phones, company_id, job_title, owner_id,
		source, birthday, street, city, state, postal_code, country, sort_key, created_at, updated_at, version)
		VALUES (nullif(?, 0), ?, ?, ?, ?, nullif(?, 0), ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`,
		c.ID, c.GivenName, c.FamilyName, emails, phones, c.CompanyID, c.JobTitle, c.OwnerID,
		c.Source, c.Birthday, c.Address.Street, c.Address.City, c.Address.State, c.Address.PostalCode, c.Address.Country,
		sortKey(c.Title()), c.CreatedAt.UnixMicro(), c.UpdatedAt.UnixMicro(), c.Version)
}

func updateContact(t *tx, c *crm.Contact) error {
	emails, phones, err := contactLists(c)
	if err != nil {
		return err
	}
	_, err = t.exec(`UPDATE contact SET given_name = ?, family_name = ?, emails = ?, phones = ?, company_id = nullif(?, 0),
		job_title = ?, owner_id = ?, source = ?, birthday = ?, street = ?, city = ?, state = ?, postal_code = ?, country = ?,
		sort_key = ?, updated_at = ?, version = ? WHERE id = ?`,
		c.GivenName, c.FamilyName, emails, phones, c.CompanyID,
		c.JobTitle, c.OwnerID, c.Source, c.Birthday, c.Address.Street, c.Address.City, c.Address.State, c.Address.PostalCode, c.Address.Country,
		sortKey(c.Title()), c.UpdatedAt.UnixMicro(), c.Version, c.ID)
	return err
}

func contactLists(c *crm.Contact) (emails, phones string, err error) {
	if emails, err = writeList(c.Emails); err != nil {
		return "", "", fmt.Errorf("write e-mails: %w", err)
	}
	if phones, err = writeList(c.Phones); err != nil {
		return "", "", fmt.Errorf("write phones: %w", err)
	}
	return emails, phones, nil
}

// companyName tells the name of a company that is not in the bin.
func (t *tx) companyName(id int64) (name string, found bool, err error) {
	if name, found = t.gathered.companyName(id); found {
		return name, true, nil
	}
	err = t.queryRow("SELECT name FROM company WHERE id = ? AND deleted_at IS NULL", id).Scan(&name)
	if errors.Is(err, sql.ErrNoRows) {
		return "", false, nil
	}
	if err == nil {
		t.gathered.company(id, name)
	}
	return name, err == nil, err
}

// ownerName tells the name of a record's owner. A new owner must be a user who
// may sign in; one who stays may have been disabled meanwhile.
func (t *tx) ownerName(id int64, stays bool, invalid crm.Invalid) (name string, err error) {
	if name, active := t.gathered.ownerName(id); active {
		return name, nil
	}
	disabled := false
	err = t.queryRow("SELECT name, disabled_at IS NOT NULL FROM user WHERE id = ?", id).Scan(&name, &disabled)
	if errors.Is(err, sql.ErrNoRows) || (err == nil && disabled && !stays) {
		invalid["ownerId"] = crm.KeyUnknown
		return "", nil
	}
	if err == nil && !disabled {
		t.gathered.owner(id, name)
	}
	return name, err
}

// exists says whether a row is there, in the bin or not.
func (t *tx) exists(table string, id int64) (bool, error) {
	found := false
	err := t.queryRow("SELECT EXISTS (SELECT 1 FROM "+table+" WHERE id = ?)", id).Scan(&found)
	return found, err
}
