package sqlite

import (
	"context"
	"database/sql"
	"fmt"
	"maps"
	"strings"

	"github.com/grupobizopps/salexops/crm"
)

// sortCreated lists the deals created last first; sortWork the activities that
// happened last first. Only the lists behind figures have them.
const (
	sortCreated crm.Sort = "created"
	sortWork    crm.Sort = "work"
)

// behindListing is the list of deals with one order more.
var behindListing = func() listing[dealRow] {
	l := dealListing
	l.orders = maps.Clone(l.orders)
	l.orders[sortCreated] = order[dealRow]{"created_at", false, func(d dealRow) any { return d.CreatedAt.UnixMicro() }}
	return l
}()

// reached asks whether a deal was won or came to a stage or one after it. The
// first stage every deal came to.
const reached = `(r.status = 'won' OR EXISTS (
		SELECT 1 FROM stage AS w WHERE w.id = ?
			AND NOT EXISTS (SELECT 1 FROM stage AS b WHERE b.pipeline_id = w.pipeline_id AND b.kind = 'open' AND b.deleted_at IS NULL
				AND (b.position, b.id) < (w.position, w.id)))
	OR EXISTS (
		SELECT 1 FROM deal_stage AS h CROSS JOIN stage AS s ON s.id = h.stage_id JOIN stage AS w ON w.id = ?
		WHERE h.deal_id = r.id AND s.pipeline_id = w.pipeline_id AND s.kind = 'open' AND s.deleted_at IS NULL
			AND (s.position, s.id) >= (w.position, w.id)))`

func sliceSelection(f crm.DealSlice) (selection, error) {
	sort := sortCreated
	switch {
	case f.Status == crm.StageOpen:
		sort = crm.SortClose
	case f.Status != "":
		sort = crm.SortClosed
	}
	f.Sort = ""
	s, err := dealSelection(f.DealFilter)
	if err != nil {
		return s, err
	}
	s.sort = sort
	if f.Currency != "" {
		s.equal("currency", string(f.Currency))
	}
	if f.Undated {
		s.equal("close_rank", noClose)
	}
	if !f.Created.IsZero() {
		s.matching("r.created_at >= ? AND r.created_at < ?", f.Created.From.UnixMicro(), f.Created.To.UnixMicro())
	}
	if f.ReachedID != 0 {
		s.matching(reached, f.ReachedID, f.ReachedID)
	}
	if f.LeftID != 0 {
		s.matching("EXISTS (SELECT 1 FROM deal_stage AS h WHERE h.deal_id = r.id AND h.stage_id = ? AND h.left_at >= ? AND h.left_at < ?)",
			f.LeftID, f.Left.From.UnixMicro(), f.Left.To.UnixMicro())
	}
	return s, nil
}

// DealsBehind returns a page of the deals behind a figure.
func (db *DB) DealsBehind(ctx context.Context, f crm.DealSlice) (crm.Page[*crm.Deal], error) {
	var page crm.Page[*crm.Deal]
	actor, err := mayLook(ctx)
	if err != nil {
		return page, err
	}
	s, err := sliceSelection(f)
	if err != nil {
		return page, err
	}
	found, err := behindListing.page(ctx, &db.queries, s.within(db.scope(actor)))
	if err != nil {
		return page, fmt.Errorf("list the deals behind a figure: %w", err)
	}
	return bare(found), nil
}

// SumDeals sums all deals behind a figure.
func (db *DB) SumDeals(ctx context.Context, f crm.DealSlice) (*crm.DealSum, error) {
	actor, err := mayLook(ctx)
	if err != nil {
		return nil, err
	}
	s, err := sliceSelection(f)
	if err != nil {
		return nil, err
	}
	s = s.within(db.scope(actor))
	sum, weight := &crm.DealSum{}, crm.Weight{}
	query := `SELECT r.currency, s.probability, count(*), sum(r.value) FROM deal AS r JOIN stage AS s ON s.id = r.stage_id WHERE ` +
		strings.Join(append(s.where, "r.deleted_at IS NULL"), " AND ") + ` GROUP BY r.currency, s.probability`
	err = db.queries.each(ctx, query, s.values, func(rows *sql.Rows) error {
		var probability, count int
		var m crm.Money
		if err := rows.Scan(&m.Currency, &probability, &count, &m.Minor); err != nil {
			return err
		}
		sum.Add(count, m)
		weight.Add(m, probability)
		return nil
	})
	if err != nil {
		return nil, fmt.Errorf("sum the deals behind a figure: %w", err)
	}
	sum.Weighted = weight.Sums()
	return sum, nil
}

// workListing lists what was done.
func workListing(scope int64) listing[crm.Work] {
	return listing[crm.Work]{
		table:   "activity",
		columns: activityColumns + ", r.happened_at",
		joins:   activityJoins,
		scan: func(rows *sql.Rows) (crm.Work, error) {
			var at int64
			a, _, err := scanActivity(rows.Scan, scope, &at)
			return crm.Work{Activity: a, At: fromMicro(at)}, err
		},
		id: func(w crm.Work) int64 { return w.ID },
		orders: map[crm.Sort]order[crm.Work]{
			sortWork: {"happened_at", false, func(w crm.Work) any { return w.At.UnixMicro() }},
		},
	}
}

func (db *DB) workSelection(actor crm.Actor, f crm.ActivitySlice) selection {
	s := selection{sort: sortWork, after: f.After, before: f.Before}
	if f.OwnerID != 0 {
		s.equal("owner_id", f.OwnerID)
	}
	if f.Type != "" {
		s.equal("type", string(f.Type))
	}
	from, to := db.past(f.Span)
	s.matching("r.happened_at >= ? AND r.happened_at < ?", from, to)
	s.matching(wasDone)
	return s.within(db.scope(actor))
}

// ActivitiesBehind returns a page of the activities behind a figure.
func (db *DB) ActivitiesBehind(ctx context.Context, f crm.ActivitySlice) (crm.Page[crm.Work], error) {
	actor, err := mayLook(ctx)
	if err != nil {
		return crm.Page[crm.Work]{}, err
	}
	page, err := workListing(db.scope(actor)).page(ctx, &db.queries, db.workSelection(actor, f))
	if err != nil {
		return page, fmt.Errorf("list the activities behind a figure: %w", err)
	}
	return page, nil
}

// CountActivities counts all activities behind a figure.
func (db *DB) CountActivities(ctx context.Context, f crm.ActivitySlice) (int, error) {
	actor, err := mayLook(ctx)
	if err != nil {
		return 0, err
	}
	s, count := db.workSelection(actor, f), 0
	query := "SELECT count(*) FROM activity AS r WHERE " + strings.Join(append(s.where, "r.deleted_at IS NULL"), " AND ")
	if err := db.queries.queryRow(ctx, query, s.values...).Scan(&count); err != nil {
		return 0, fmt.Errorf("count the activities behind a figure: %w", err)
	}
	return count, nil
}
