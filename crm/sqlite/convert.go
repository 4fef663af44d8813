package sqlite

import (
	"context"
	"errors"
	"fmt"
	"strings"

	"github.com/grupobizopps/salexops/crm"
)

// ConvertLead makes a contact, a company and a deal of a lead: one action with
// a part for each record, taken back as a whole.
func (db *DB) ConvertLead(ctx context.Context, c *crm.Conversion) (int64, error) {
	actor, err := db.mayWrite(ctx)
	if err != nil {
		return 0, err
	}
	if err := prepareConversion(db, c); err != nil {
		return 0, err
	}
	var made crm.Conversion
	action := int64(0)
	err = db.writer.do(ctx, ordinary, func(t *tx) (err error) {
		made = copied(c)
		action, err = db.convertIn(t, &made, actor)
		return err
	})
	if err != nil {
		return 0, fmt.Errorf("convert lead %d: %w", c.LeadID, err)
	}
	*c = made
	return action, nil
}

// copied is a conversion whose records can be written to.
func copied(c *crm.Conversion) crm.Conversion {
	made := *c
	if c.Company != nil {
		company := *c.Company
		made.Company = &company
	}
	if c.Deal != nil {
		deal := *c.Deal
		made.Deal = &deal
	}
	return made
}

// prepareConversion checks what is to be created and tells all faults at once.
func prepareConversion(db *DB, c *crm.Conversion) error {
	faults := crm.Invalid{}
	if c.Company != nil && c.Company.ID == 0 {
		addFaults(faults, "company.", prepareNew(db, companies, c.Company))
	}
	if c.Contact.ID == 0 {
		addFaults(faults, "", prepareNew(db, contacts, &c.Contact))
	}
	if c.Deal != nil {
		c.Deal.ID, c.Deal.CompanyID, c.Deal.ContactID, c.Deal.Items = 0, 0, 0, nil
		addFaults(faults, "deal.", prepareNew(db, deals, c.Deal))
	}
	if len(faults) > 0 {
		return faults
	}
	return nil
}

func addFaults(to crm.Invalid, prefix string, err error) {
	var faults crm.Invalid
	if errors.As(err, &faults) {
		for field, key := range faults {
			if strings.HasPrefix(field, crm.CustomPrefix) { // the same name is of no other kind
				to[field] = key
				continue
			}
			to[prefix+field] = key
		}
	}
}

func (db *DB) convertIn(t *tx, c *crm.Conversion, actor crm.Actor) (int64, error) {
	before, err := loadLive(db, t, leads, c.LeadID, actor)
	if err != nil {
		return 0, err
	}
	if before.Version != c.LeadVersion || before.Status == crm.LeadConverted {
		return 0, crm.ErrConflict
	}
	now := db.stamp()
	action, err := t.log(entry{
		verb: verbConvert, kind: crm.KindLead, id: c.LeadID, title: before.Title(), actor: actor, at: now, whole: true,
	})
	if err != nil {
		return 0, err
	}
	if c.Company != nil {
		err := settle(db, t, companies, c.Company, actor, action)
		if err != nil {
			return 0, prefixed("company.", err)
		}
		if c.Contact.ID == 0 {
			c.Contact.CompanyID = c.Company.ID
		}
	}
	if err := settle(db, t, contacts, &c.Contact, actor, action); err != nil {
		return 0, err
	}
	lead := *before
	lead.Status, lead.ContactID, lead.CompanyID = crm.LeadConverted, c.Contact.ID, c.Contact.CompanyID
	if c.Company != nil {
		lead.CompanyID = c.Company.ID
	}
	if c.Deal != nil {
		c.Deal.ContactID, c.Deal.CompanyID = lead.ContactID, lead.CompanyID
		if err := storeNew(db, t, deals, c.Deal, actor, action); err != nil {
			return 0, prefixed("deal.", err)
		}
		lead.DealID = c.Deal.ID
	}
	lead.UpdatedAt, lead.Version = now, before.Version+1
	_, err = saveUpdate(t, leads, &lead, before, actor, leads.changes(db, before, &lead), action)
	return action, err
}

// settle creates a record, or reads the existing one that was chosen.
func settle[R any](db *DB, t *tx, k *recordKind[R], record *R, actor crm.Actor, partOf int64) error {
	id := *k.head(record).id
	if id == 0 {
		return storeNew(db, t, k, record, actor, partOf)
	}
	chosen, err := loadLive(db, t, k, id, actor)
	if err == nil {
		*record = *chosen
	}
	return err
}

func prefixed(prefix string, err error) error {
	var faults crm.Invalid
	if !errors.As(err, &faults) {
		return err
	}
	all := crm.Invalid{}
	addFaults(all, prefix, faults)
	return all
}
