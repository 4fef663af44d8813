package sqlite

import (
	"context"
	"database/sql"
	"encoding/json"
	"fmt"
	"time"

	"github.com/grupobizopps/salexops/crm"
)

// Verbs of what happens to a deal's quotes. They stand in the deal's history.
const (
	verbQuote       = "quote"
	verbQuoteEdit   = "quote-edit"
	verbQuoteSend   = "quote-send"
	verbQuoteAccept = "quote-accept"
)

const (
	quoteColumns = `q.id, coalesce(q.deal_id, 0), q.year, q.serial, q.status, q.valid_until, q.notes, q.currency, q.items, q.customer,
		q.seller_name, q.created_at, q.sent_at, q.accepted_at, q.version, d.owner_id`
	// A quote of a deal in the bin is in the bin with it.
	quoteFrom    = ` FROM quote AS q JOIN deal AS d ON d.id = q.deal_id AND d.deleted_at IS NULL `
	selectQuote  = `SELECT ` + quoteColumns + quoteFrom + `WHERE q.id = ?`
	selectQuotes = `SELECT ` + quoteColumns + quoteFrom + `WHERE q.deal_id = ? ORDER BY q.id DESC`
)

func scanQuote(scan func(...any) error) (q *crm.Quote, owner int64, err error) {
	q = &crm.Quote{}
	var items, customer string
	var created, sent, accepted int64
	err = scan(&q.ID, &q.DealID, &q.Year, &q.Serial, &q.Status, &q.ValidUntil, &q.Notes, &q.Currency, &items, &customer,
		&q.SellerName, &created, &sent, &accepted, &q.Version, &owner)
	if err != nil {
		return nil, 0, err
	}
	q.CreatedAt, q.SentAt, q.AcceptedAt = fromMicro(created), fromMicro(sent), fromMicro(accepted)
	if err := json.Unmarshal([]byte(items), &q.Items); err != nil {
		return nil, 0, fmt.Errorf("items of quote %d: %w", q.ID, err)
	}
	if err := json.Unmarshal([]byte(customer), &q.Customer); err != nil {
		return nil, 0, fmt.Errorf("customer of quote %d: %w", q.ID, err)
	}
	return q, owner, nil
}

// Quote returns one quote.
func (db *DB) Quote(ctx context.Context, id int64) (*crm.Quote, error) {
	actor, err := mayLook(ctx)
	if err != nil {
		return nil, err
	}
	q, owner, err := scanQuote(db.queries.queryRow(ctx, selectQuote, id).Scan)
	if err == nil && !db.sees(actor, owner) {
		err = crm.ErrNotFound
	}
	if err != nil {
		return nil, fmt.Errorf("read quote %d: %w", id, orNotFound(err))
	}
	return q, nil
}

// Quotes returns the quotes of a deal, the newest first.
func (db *DB) Quotes(ctx context.Context, dealID int64) ([]*crm.Quote, error) {
	actor, err := mayLook(ctx)
	if err != nil {
		return nil, err
	}
	var all []*crm.Quote
	err = db.queries.each(ctx, selectQuotes, []any{dealID}, func(rows *sql.Rows) error {
		q, owner, err := scanQuote(rows.Scan)
		if err == nil && db.sees(actor, owner) {
			all = append(all, q)
		}
		return err
	})
	if err != nil {
		return nil, fmt.Errorf("read the quotes of deal %d: %w", dealID, err)
	}
	return all, nil
}

// CreateQuote makes a draft of what a deal's items are now.
func (db *DB) CreateQuote(ctx context.Context, given *crm.Quote) error {
	actor, err := db.mayWrite(ctx)
	if err != nil {
		return err
	}
	given.Normalize()
	if err := given.Validate(); err != nil {
		return err
	}
	var stored crm.Quote
	err = db.writer.do(ctx, ordinary, func(t *tx) error {
		d, err := loadLive(db, t, deals, given.DealID, actor)
		if err != nil {
			return err
		}
		if len(d.Items) == 0 {
			return crm.Invalid{"items": crm.KeyRequired}
		}
		q := crm.Quote{
			DealID: d.ID, Status: crm.QuoteDraft, ValidUntil: given.ValidUntil, Notes: given.Notes,
			Currency: d.Value.Currency, Items: d.Items, SellerName: d.OwnerName, CreatedAt: db.stamp(), Version: 1,
		}
		if q.Customer, err = t.quoteCustomer(d); err != nil {
			return err
		}
		if err := db.numberQuote(t, &q); err != nil {
			return err
		}
		if err := t.insertQuote(&q); err != nil {
			return err
		}
		stored = q
		return t.logQuote(verbQuote, &q, d, actor, q.CreatedAt)
	})
	if err != nil {
		return fmt.Errorf("make a quote of deal %d: %w", given.DealID, err)
	}
	*given = stored
	return nil
}

// numberQuote gives the next number of the year in the tenant's zone. Writes
// come one after the other and a number is stored with its quote or not at
// all, so the series has no gap.
func (db *DB) numberQuote(t *tx, q *crm.Quote) error {
	zone, err := time.LoadLocation(db.rights().TimeZone)
	if err != nil {
		zone = time.UTC
	}
	q.Year = q.CreatedAt.In(zone).Year()
	return t.queryRow("SELECT coalesce(max(serial), 0) + 1 FROM quote WHERE year = ?", q.Year).Scan(&q.Serial)
}

// quoteCustomer is who a deal is with, as of now.
func (t *tx) quoteCustomer(d *crm.Deal) (crm.QuoteCustomer, error) {
	c := crm.QuoteCustomer{Deal: d.Name, Company: d.CompanyName, Contact: d.ContactName}
	if d.CompanyName == "" {
		return c, nil
	}
	a := &c.Address
	err := t.queryRow("SELECT rfc, street, city, state, postal_code, country FROM company WHERE id = ?", d.CompanyID).
		Scan(&c.RFC, &a.Street, &a.City, &a.State, &a.PostalCode, &a.Country)
	return c, err
}

func (t *tx) insertQuote(q *crm.Quote) error {
	items, err := json.Marshal(q.Items)
	if err != nil {
		return fmt.Errorf("write items: %w", err)
	}
	customer, err := json.Marshal(q.Customer)
	if err != nil {
		return fmt.Errorf("write customer: %w", err)
	}
	q.ID, err = t.insert(`INSERT INTO quote (deal_id, year, serial, status, valid_until, notes, currency, items, customer,
		seller_name, created_at, sent_at, accepted_at, version) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, 0, 0, 1)`,
		q.DealID, q.Year, q.Serial, string(q.Status), q.ValidUntil, q.Notes, string(q.Currency), string(items), string(customer),
		q.SellerName, q.CreatedAt.UnixMicro())
	return err
}

// logQuote puts what happened to a quote into its deal's history. It is no
// change of the deal, and nothing that could be taken back.
func (t *tx) logQuote(verb string, q *crm.Quote, d *crm.Deal, actor crm.Actor, at time.Time) error {
	_, err := t.log(entry{
		verb: verb, kind: crm.KindDeal, id: d.ID, title: d.Name, actor: actor, at: at, version: d.Version,
		changes: []change{{Field: "quote", To: q.Number()}},
	})
	if err == nil {
		err = t.touchDeal(d.ID, at)
	}
	return err
}
