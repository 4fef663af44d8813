package sqlite

import (
	"context"
	"fmt"

	"github.com/grupobizopps/salexops/crm"
)

// Batch creates records of several kinds in one transaction, all or none: many
// records in little time, where nobody waits for each.
type Batch struct {
	db    *DB
	t     *tx
	actor crm.Actor
}

// InBatch runs fill in one transaction. fill may run twice; what it was given
// the first time is void then. Errors as those of the services; of an invalid
// record nothing of the batch is stored.
func (db *DB) InBatch(ctx context.Context, fill func(*Batch) error) error {
	actor, err := db.mayWrite(ctx)
	if err != nil {
		return err
	}
	err = db.writer.do(ctx, ordinary, func(t *tx) error { return fill(&Batch{db, t, actor}) })
	if err != nil {
		return fmt.Errorf("create in a batch: %w", err)
	}
	return nil
}

// By is the same batch with another user as the one who does what follows.
func (b *Batch) By(user *crm.User) *Batch {
	return &Batch{b.db, b.t, crm.Actor{User: user}}
}

func createIn[R any](b *Batch, k *recordKind[R], record *R) error {
	if err := prepareNew(b.db, k, record); err != nil {
		return err
	}
	return storeNew(b.db, b.t, k, record, b.actor, 0)
}

// CreateContact stores a contact, as DB.CreateContact does.
func (b *Batch) CreateContact(c *crm.Contact) error { return createIn(b, contacts, c) }

// CreateCompany stores a company, as DB.CreateCompany does.
func (b *Batch) CreateCompany(c *crm.Company) error { return createIn(b, companies, c) }

// CreateDeal stores a deal, as DB.CreateDeal does.
func (b *Batch) CreateDeal(d *crm.Deal) error { return createIn(b, deals, d) }

// CreateLead stores a lead, as DB.CreateLead does.
func (b *Batch) CreateLead(l *crm.Lead) error { return createIn(b, leads, l) }

// CreateActivity stores an activity, as DB.CreateActivity does.
func (b *Batch) CreateActivity(a *crm.Activity) error { return createIn(b, activities, a) }

// MoveDeal moves a deal, as DB.MoveDeal does.
func (b *Batch) MoveDeal(m crm.Move) error {
	before, err := loadLive(b.db, b.t, deals, m.DealID, b.actor)
	if err != nil {
		return err
	}
	moved := *before
	moveTo(&moved, m)
	_, err = storeAmended(b.db, b.t, deals, &moved, before, b.actor, 0)
	return err
}
