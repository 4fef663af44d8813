package sqlite

import (
	"context"
	"database/sql"
	"fmt"

	"github.com/grupobizopps/salexops/crm"
)

// alignStages makes the history of stages end with the deal's stage, since it
// entered it. A move adds a span; an undo takes the spans back that came after,
// as if the move had never been: a slip of the mouse is no step of the funnel.
func (t *tx) alignStages(d *crm.Deal) error {
	since := d.StageSince.UnixMicro()
	if _, err := t.exec("DELETE FROM deal_stage WHERE deal_id = ? AND entered_at > ?", d.ID, since); err != nil {
		return err
	}
	if _, err := t.exec("UPDATE deal_stage SET left_at = ?2 WHERE deal_id = ?1 AND left_at IS NULL AND entered_at < ?2", d.ID, since); err != nil {
		return err
	}
	_, err := t.exec(`INSERT INTO deal_stage (deal_id, entered_at, stage_id) VALUES (?, ?, ?)
		ON CONFLICT (deal_id, entered_at) DO UPDATE SET stage_id = excluded.stage_id, left_at = NULL`, d.ID, since, d.StageID)
	return err
}

const selectSpans = `SELECT h.stage_id, s.name, h.entered_at, coalesce(h.left_at, 0)
	FROM deal_stage AS h JOIN stage AS s ON s.id = h.stage_id WHERE h.deal_id = ? ORDER BY h.entered_at`

// DealStages tells through which stages a deal went.
func (db *DB) DealStages(ctx context.Context, id int64) ([]crm.StageSpan, error) {
	actor, err := mayLook(ctx)
	if err != nil {
		return nil, err
	}
	if err := db.maySeeRecord(ctx, actor, crm.KindDeal, id); err != nil {
		return nil, err
	}
	var spans []crm.StageSpan
	err = db.queries.each(ctx, selectSpans, []any{id}, func(rows *sql.Rows) error {
		var s crm.StageSpan
		var entered, left int64
		err := rows.Scan(&s.StageID, &s.StageName, &entered, &left)
		s.Entered, s.Left = fromMicro(entered), fromMicro(left)
		spans = append(spans, s)
		return err
	})
	if err != nil {
		return nil, fmt.Errorf("read the stages of deal %d: %w", id, err)
	}
	return spans, nil
}
