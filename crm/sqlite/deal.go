package sqlite

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"time"

	"github.com/grupobizopps/salexops/crm"
)

// dealColumns are read by scanDeal. Names of a company or contact in the bin
// are empty.
const (
	dealColumns = `r.id, r.name, coalesce(r.company_id, 0), coalesce(k.name, ''),
		coalesce(r.contact_id, 0), ` + contactTitle + `,
		r.owner_id, coalesce(u.name, ''), r.pipeline_id, r.stage_id, s.name, s.probability, r.status,
		r.currency, r.value, r.expected_close, r.source, coalesce(r.lost_reason_id, 0), coalesce(l.name, ''), r.lost_note,
		r.stage_since, r.closed_at, r.last_activity_at, r.created_at, r.updated_at, r.version, r.close_rank, r.stage_rank, ` + extraColumns
	dealJoins = `LEFT JOIN stage AS s ON s.id = r.stage_id
		LEFT JOIN company AS k ON k.id = r.company_id AND k.deleted_at IS NULL
		LEFT JOIN contact AS c ON c.id = r.contact_id AND c.deleted_at IS NULL
		LEFT JOIN user AS u ON u.id = r.owner_id
		LEFT JOIN lost_reason AS l ON l.id = r.lost_reason_id`
	selectDeal = `SELECT ` + dealColumns + `, r.deleted_at IS NOT NULL FROM deal AS r ` + dealJoins + ` WHERE r.id = ?`
)

// dealRow is a deal with its places in the orders that the deal alone does not
// tell.
type dealRow struct {
	*crm.Deal
	closeRank, stageRank int64
}

func scanDealRow(scan func(...any) error, more ...any) (dealRow, error) {
	d := dealRow{Deal: &crm.Deal{}}
	var extra storedExtra
	var since, closed, activity, created, updated int64
	err := scan(append([]any{
		&d.ID, &d.Name, &d.CompanyID, &d.CompanyName,
		&d.ContactID, &d.ContactName,
		&d.OwnerID, &d.OwnerName, &d.PipelineID, &d.StageID, &d.StageName, &d.Probability, &d.Status,
		&d.Value.Currency, &d.Value.Minor, &d.ExpectedClose, &d.Source, &d.LostReasonID, &d.LostReason, &d.LostNote,
		&since, &closed, &activity, &created, &updated, &d.Version, &d.closeRank, &d.stageRank,
	}, append(extra.targets(), more...)...)...)
	if err != nil {
		return d, err
	}
	d.StageSince, d.ClosedAt, d.LastActivityAt = fromMicro(since), fromMicro(closed), fromMicro(activity)
	d.CreatedAt, d.UpdatedAt = fromMicro(created), fromMicro(updated)
	if err := extra.read(&d.Extra); err != nil {
		return d, fmt.Errorf("deal %d: %w", d.ID, err)
	}
	return d, nil
}

// fromMicro reads a stored time; 0 is none.
func fromMicro(stored int64) time.Time {
	if stored == 0 {
		return time.Time{}
	}
	return time.UnixMicro(stored).UTC()
}

// toMicro is what fromMicro reads.
func toMicro(at time.Time) int64 {
	if at.IsZero() {
		return 0
	}
	return at.UnixMicro()
}

// Deal returns one deal that is not in the bin, with its items.
func (db *DB) Deal(ctx context.Context, id int64) (*crm.Deal, error) {
	actor, err := mayLook(ctx)
	if err != nil {
		return nil, err
	}
	deleted := false
	d, err := scanDealRow(db.queries.queryRow(ctx, selectDeal, id).Scan, &deleted)
	switch {
	case errors.Is(err, sql.ErrNoRows), err == nil && (deleted || !db.sees(actor, d.OwnerID)):
		return nil, crm.ErrNotFound
	case err != nil:
		return nil, fmt.Errorf("read deal %d: %w", id, err)
	}
	err = db.queries.each(ctx, selectItems, []any{id}, func(rows *sql.Rows) error { return scanItem(rows, d.Deal) })
	if err != nil {
		return nil, fmt.Errorf("read the items of deal %d: %w", id, err)
	}
	return d.Deal, nil
}

const selectItems = `SELECT coalesce(product_id, 0), name, quantity, price, discount, tax FROM deal_item WHERE deal_id = ? ORDER BY position`

func scanItem(rows *sql.Rows, d *crm.Deal) error {
	var i crm.LineItem
	err := rows.Scan(&i.ProductID, &i.Name, &i.Quantity, &i.UnitPrice, &i.Discount, &i.Tax)
	d.Items = append(d.Items, i)
	return err
}

// CreateDeal stores a new deal and fills in what the store keeps.
func (db *DB) CreateDeal(ctx context.Context, d *crm.Deal) error {
	return createRecord(ctx, db, deals, d)
}

// UpdateDeal writes d over the version that it was read with.
func (db *DB) UpdateDeal(ctx context.Context, d *crm.Deal) error {
	return updateRecord(ctx, db, deals, d)
}

// DeleteDeal moves a deal to the bin.
func (db *DB) DeleteDeal(ctx context.Context, id int64) (int64, error) {
	return deleteRecord(ctx, db, deals, id)
}

// SetDealItems writes the items of a deal, and with them its value.
func (db *DB) SetDealItems(ctx context.Context, id, version int64, currency crm.Currency, items []crm.LineItem) (*crm.Deal, error) {
	d, _, err := amendRecord(ctx, db, deals, id, func(_ *tx, d *crm.Deal) error {
		if d.Version != version {
			return crm.ErrConflict
		}
		d.Items, d.Value.Currency = append([]crm.LineItem(nil), items...), currency
		return nil
	})
	return d, err
}

// MoveDeal takes a deal to another stage.
func (db *DB) MoveDeal(ctx context.Context, m crm.Move) (*crm.Deal, int64, error) {
	if m.StageID == 0 {
		return nil, 0, crm.Invalid{"stageId": crm.KeyRequired}
	}
	return amendRecord(ctx, db, deals, m.DealID, func(_ *tx, d *crm.Deal) error {
		moveTo(d, m)
		return nil
	})
}

func moveTo(d *crm.Deal, m crm.Move) {
	d.StageID, d.LostReasonID, d.LostNote = m.StageID, m.LostReasonID, m.LostNote
}

// touchDeal says that somebody did something about a deal: a call, a note, a
// finished task. It is no change of the deal: its version stays.
func (t *tx) touchDeal(id int64, at time.Time) error {
	_, err := t.exec("UPDATE deal SET last_activity_at = max(last_activity_at, ?) WHERE id = ?", at.UnixMicro(), id)
	return err
}
