package sqlite

import (
	"context"
	"fmt"
	"time"

	"github.com/grupobizopps/salexops/crm"
)

// UpdateQuote writes validity and notes of a draft.
func (db *DB) UpdateQuote(ctx context.Context, given *crm.Quote) error {
	given.Normalize()
	if err := given.Validate(); err != nil {
		return err
	}
	return db.changeQuote(ctx, given.ID, verbQuoteEdit, func(q *crm.Quote, _ time.Time) error {
		if q.Version != given.Version {
			return crm.ErrConflict
		}
		if q.Status != crm.QuoteDraft {
			return crm.Invalid{"status": crm.KeyChoice}
		}
		q.ValidUntil, q.Notes = given.ValidUntil, given.Notes
		return nil
	})
}

// SendQuote says that the customer has the quote.
func (db *DB) SendQuote(ctx context.Context, id int64) error {
	return db.changeQuote(ctx, id, verbQuoteSend, func(q *crm.Quote, now time.Time) error {
		if q.Status == crm.QuoteAccepted {
			return crm.Invalid{"status": crm.KeyChoice}
		}
		q.Status, q.SentAt = crm.QuoteSent, now
		return nil
	})
}

// AcceptQuote says that the customer wants what is quoted; with win the deal
// is won.
func (db *DB) AcceptQuote(ctx context.Context, id int64, win bool) (int64, error) {
	err := db.changeQuote(ctx, id, verbQuoteAccept, func(q *crm.Quote, now time.Time) error {
		if q.Status == crm.QuoteAccepted {
			return crm.Invalid{"status": crm.KeyChoice}
		}
		q.Status, q.AcceptedAt = crm.QuoteAccepted, now
		return nil
	})
	if err != nil || !win {
		return 0, err
	}
	q, err := db.Quote(ctx, id)
	if err != nil {
		return 0, err
	}
	_, action, err := amendRecord(ctx, db, deals, q.DealID, func(t *tx, d *crm.Deal) error {
		p, err := t.pipeline(d.PipelineID)
		if err == nil {
			d.StageID = p.Closing(crm.StageWon).ID
		}
		return err
	})
	return action, err
}

func (db *DB) changeQuote(ctx context.Context, id int64, verb string, alter func(*crm.Quote, time.Time) error) error {
	actor, err := db.mayWrite(ctx)
	if err != nil {
		return err
	}
	err = db.writer.do(ctx, ordinary, func(t *tx) error {
		q, _, err := scanQuote(t.queryRow(selectQuote, id).Scan)
		if err != nil {
			return orNotFound(err)
		}
		d, err := loadLive(db, t, deals, q.DealID, actor)
		if err != nil {
			return err
		}
		now := db.stamp()
		if err := alter(q, now); err != nil {
			return err
		}
		_, err = t.exec("UPDATE quote SET status = ?, valid_until = ?, notes = ?, sent_at = ?, accepted_at = ?, version = version + 1 WHERE id = ?",
			string(q.Status), q.ValidUntil, q.Notes, toMicro(q.SentAt), toMicro(q.AcceptedAt), id)
		if err != nil {
			return err
		}
		return t.logQuote(verb, q, d, actor, now)
	})
	if err != nil {
		return fmt.Errorf("change quote %d: %w", id, err)
	}
	return nil
}
