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
