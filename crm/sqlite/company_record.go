package sqlite

import (
	"strings"

	"github.com/grupobizopps/salexops/crm"
)

// companies says how a company is stored.
var companies = &recordKind[crm.Company]{
	kind:  crm.KindCompany,
	table: "company",
	head: func(c *crm.Company) head {
		return head{&c.ID, &c.OwnerID, &c.Version, &c.CreatedAt, &c.UpdatedAt}
	},
	title:     (*crm.Company).Title,
	normalize: (*crm.Company).Normalize,
	validate:  (*crm.Company).Validate,
	load: func(t *tx, id int64) (*crm.Company, bool, error) {
		deleted := false
		c, err := scanCompany(t.queryRow(selectCompany, id).Scan, &deleted)
		return c, deleted, err
	},
	resolve: resolveCompany,
	heal:    healCompany,
	insert:  insertCompany,
	update:  updateCompany,
	fields:  companyFields,
	extra:   func(c *crm.Company) *crm.Extra { return &c.Extra },
	text:    companyText,
	keys:    (*crm.Company).IdentityKeys,
	links: []link[crm.Company]{{
		to: crm.KindCompany, find: "SELECT id FROM company WHERE parent_id = ? AND deleted_at IS NULL",
		id: func(c *crm.Company) *int64 { return &c.ParentID },
	}},
	facets: func(c *crm.Company) []facet {
		return []facet{{cityField, c.Address.City}, {stateField, c.Address.State}}
	},
}

func companyFields(c *crm.Company) []field {
	return append([]field{
		plain("name", c.Name), plain("domain", c.Domain), plain("rfc", c.RFC),
		plain("phone", c.Phone), plain("website", c.Website),
		reference("parentId", c.ParentID, c.ParentName), reference("ownerId", c.OwnerID, c.OwnerName),
	}, append(addressFields(c.Address), extraFields(&c.Extra)...)...)
}

func companyText(c *crm.Company) recordText {
	detail := []string{c.Domain, c.RFC, c.Phone, crm.DigitsOf(c.Phone), c.Address.City, c.Address.State}
	detail = append(detail, extraWords(&c.Extra)...)
	return recordText{name: c.Name, detail: strings.Join(detail, "\n")}
}

func resolveCompany(t *tx, c, before *crm.Company) error {
	invalid := crm.Invalid{}
	c.ParentName = ""
	if c.ParentID != 0 {
		name, found, err := t.companyName(c.ParentID)
		if err != nil {
			return err
		}
		c.ParentName = name
		if !found && (before == nil || before.ParentID != c.ParentID) {
			invalid["parentId"] = crm.KeyUnknown
		} else if cyclic, err := t.isAncestor(c.ID, c.ParentID); err != nil {
			return err
		} else if cyclic {
			invalid["parentId"] = crm.KeyCycle
		}
	}
	wasOwner := before != nil && before.OwnerID == c.OwnerID
	name, err := t.ownerName(c.OwnerID, wasOwner, invalid)
	c.OwnerName = name
	if err == nil && len(invalid) > 0 {
		return invalid
	}
	return err
}

// isAncestor says whether the company is above, or is, the other one. UNION
// (not UNION ALL) ends the walk even if there were a cycle already.
func (t *tx) isAncestor(company, of int64) (bool, error) {
	if company == 0 {
		return false, nil
	}
	found := false
	err := t.queryRow(`WITH RECURSIVE above (id) AS (
			SELECT ? UNION SELECT parent_id FROM company, above WHERE company.id = above.id AND parent_id IS NOT NULL
		) SELECT EXISTS (SELECT 1 FROM above WHERE id = ?)`, of, company).Scan(&found)
	return found, err
}

// healCompany keeps an undo from making a company its own ancestor: the
// hierarchy has changed since, so the action can no longer be taken back.
func healCompany(t *tx, c *crm.Company) error {
	if c.ParentID != 0 {
		kept, err := t.exists("company", c.ParentID)
		if err != nil {
			return err
		}
		if !kept {
			c.ParentID = 0
		} else if cyclic, err := t.isAncestor(c.ID, c.ParentID); err != nil {
			return err
		} else if cyclic {
			return crm.ErrNotUndoable
		}
	}
	return resolveCompany(t, c, c)
}

func insertCompany(t *tx, c *crm.Company) (int64, error) {
	return t.insert(`INSERT INTO company (name, domain, rfc, phone, website, parent_id, owner_id,
		street, city, state, postal_code, country, sort_key, created_at, updated_at, version)
		VALUES (?, ?, ?, ?, ?, nullif(?, 0), ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`,
		c.Name, c.Domain, c.RFC, c.Phone, c.Website, c.ParentID, c.OwnerID,
		c.Address.Street, c.Address.City, c.Address.State, c.Address.PostalCode, c.Address.Country,
		sortKey(c.Name), c.CreatedAt.UnixMicro(), c.UpdatedAt.UnixMicro(), c.Version)
}

func updateCompany(t *tx, c *crm.Company) error {
	_, err := t.exec(`UPDATE company SET name = ?, domain = ?, rfc = ?, phone = ?, website = ?, parent_id = nullif(?, 0),
		owner_id = ?, street = ?, city = ?, state = ?, postal_code = ?, country = ?,
		sort_key = ?, updated_at = ?, version = ? WHERE id = ?`,
		c.Name, c.Domain, c.RFC, c.Phone, c.Website, c.ParentID,
		c.OwnerID, c.Address.Street, c.Address.City, c.Address.State, c.Address.PostalCode, c.Address.Country,
		sortKey(c.Name), c.UpdatedAt.UnixMicro(), c.Version, c.ID)
	return err
}
