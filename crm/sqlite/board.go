package sqlite

import (
	"context"
	"database/sql"
	"fmt"
	"slices"

	"github.com/grupobizopps/salexops/crm"
)

const (
	// tallyOpen counts and sums the open deals of a pipeline, lane by lane and
	// currency by currency, and what of them should close in a month. It reads one
	// index from end to end of the pipeline's open deals and no table: ten
	// thousand of them take some milliseconds.
	tallyOpen = `SELECT stage_id, currency, count(*), sum(value), sum(CASE WHEN close_rank BETWEEN ?3 AND ?4 THEN value ELSE 0 END)
		FROM deal WHERE pipeline_id = ?1 AND status = 'open' AND (?2 = 0 OR owner_id = ?2) AND deleted_at IS NULL
		GROUP BY stage_id, currency`
	// tallyClosed does the same for deals closed since a time.
	tallyClosed = `SELECT stage_id, currency, count(*), sum(value), 0
		FROM deal WHERE stage_id = ?1 AND closed_at >= ?3 AND (?2 = 0 OR owner_id = ?2) AND deleted_at IS NULL
		GROUP BY currency`
)

// Board returns the first cards of every lane, with what the lanes come to.
func (db *DB) Board(ctx context.Context, f crm.BoardFilter) (*crm.Board, error) {
	actor, err := mayLook(ctx)
	if err != nil {
		return nil, err
	}
	if scope := db.scope(actor); scope != 0 {
		f.OwnerID = scope
	}
	all, err := db.Pipelines(ctx)
	if err != nil {
		return nil, err
	}
	at := slices.IndexFunc(all, func(p *crm.Pipeline) bool { return p.ID == f.PipelineID || f.PipelineID == 0 })
	if at < 0 {
		return nil, crm.ErrNotFound
	}
	b := &crm.Board{Pipeline: all[at]}
	for _, stage := range append(b.Pipeline.Open(), b.Pipeline.Closing(crm.StageWon)) {
		b.Lanes = append(b.Lanes, crm.Lane{Stage: stage})
	}
	if err := db.tally(ctx, b, f); err != nil {
		return nil, fmt.Errorf("sum pipeline %d: %w", b.Pipeline.ID, err)
	}
	for i := range b.Lanes {
		lane := &b.Lanes[i]
		if lane.Deals, err = db.Deals(ctx, f.Lane(lane.Stage)); err != nil {
			return nil, err
		}
	}
	return b, nil
}

// tally fills in what the lanes come to.
func (db *DB) tally(ctx context.Context, b *crm.Board, f crm.BoardFilter) error {
	lanes := map[int64]*crm.Lane{}
	for i := range b.Lanes {
		lanes[b.Lanes[i].Stage.ID] = &b.Lanes[i]
	}
	month := map[crm.Currency]int64{} // weighted, in hundredths of a cent
	add := func(rows *sql.Rows) error {
		var stage, due int64
		var count int
		var sum crm.Money
		if err := rows.Scan(&stage, &sum.Currency, &count, &sum.Minor, &due); err != nil {
			return err
		}
		lane := lanes[stage]
		if lane == nil {
			return nil // a stage that is being taken away
		}
		lane.Tally.Add(count, sum)
		if lane.Stage.Kind == crm.StageOpen {
			b.Open.Add(count, sum)
			month[sum.Currency] += due * int64(lane.Stage.Probability)
		}
		return nil
	}
	won := b.Lanes[len(b.Lanes)-1].Stage.ID
	err := db.queries.each(ctx, tallyOpen, []any{b.Pipeline.ID, f.OwnerID, closeRank(f.MonthFrom), closeRank(f.MonthTo)}, add)
	if err == nil {
		err = db.queries.each(ctx, tallyClosed, []any{won, f.OwnerID, f.WonSince.UnixMicro()}, add)
	}
	for currency, weighted := range month {
		b.Forecast = crm.AddMoney(b.Forecast, crm.Money{Minor: (weighted + 50) / 100, Currency: currency})
	}
	return err
}
