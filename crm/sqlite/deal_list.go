package sqlite

import (
	"context"
	"database/sql"
	"fmt"
	"strconv"
	"strings"

	"github.com/grupobizopps/salexops/crm"
)

var dealListing = listing[dealRow]{
	table:   "deal",
	columns: dealColumns,
	joins:   dealJoins,
	scan:    func(rows *sql.Rows) (dealRow, error) { return scanDealRow(rows.Scan) },
	id:      func(d dealRow) int64 { return d.ID },
	orders: bothWays(map[crm.Sort]order[dealRow]{
		crm.SortRecent: {"updated_at", false, func(d dealRow) any { return d.UpdatedAt.UnixMicro() }},
		crm.SortName:   {"sort_key", true, func(d dealRow) any { return sortKey(d.Name) }},
		crm.SortValue:  {"value", false, func(d dealRow) any { return d.Value.Minor }},
		crm.SortClose:  {"close_rank", true, func(d dealRow) any { return d.closeRank }},
		crm.SortStage:  {"stage_rank", true, func(d dealRow) any { return d.stageRank }},
		crm.SortClosed: {"closed_at", false, func(d dealRow) any { return toMicro(d.ClosedAt) }},
		crm.SortQuiet:  {"last_activity_at", true, func(d dealRow) any { return d.LastActivityAt.UnixMicro() }},
	}),
}

// bothWays adds to each order its reverse, called "-" and its name: the same
// index, walked from its other end.
func bothWays[T any](orders map[crm.Sort]order[T]) map[crm.Sort]order[T] {
	all := make(map[crm.Sort]order[T], 2*len(orders))
	for name, by := range orders {
		all[name] = by
		by.ascending = !by.ascending
		all["-"+name] = by
	}
	return all
}

// Deals returns a page of deals, without their items.
func (db *DB) Deals(ctx context.Context, f crm.DealFilter) (crm.Page[*crm.Deal], error) {
	var page crm.Page[*crm.Deal]
	actor, err := mayLook(ctx)
	if err != nil {
		return page, err
	}
	s, err := dealSelection(f)
	if err != nil {
		return page, err
	}
	if s, err = dealList.narrowed(db, actor, s, f.Filters); err != nil {
		return page, err
	}
	found, err := dealListing.page(ctx, &db.queries, s)
	if err != nil {
		return page, fmt.Errorf("list deals: %w", err)
	}
	return bare(found), nil
}

func bare(rows crm.Page[dealRow]) crm.Page[*crm.Deal] {
	page := crm.Page[*crm.Deal]{Next: rows.Next, Prev: rows.Prev, Items: make([]*crm.Deal, len(rows.Items))}
	for i, d := range rows.Items {
		page.Items[i] = d.Deal
	}
	return page
}

func dealSelection(f crm.DealFilter) (selection, error) {
	s := selection{words: f.Query, sort: f.Sort, after: f.After, before: f.Before, limit: f.Limit}
	switch crm.Sort(strings.TrimPrefix(string(f.Sort), "-")) {
	case "", crm.SortRecent, crm.SortName:
	default:
		if f.Status == "" && f.StageID == 0 && strings.TrimSpace(f.Query) == "" {
			return s, crm.Invalid{"sort": crm.KeyChoice} // there is no index for it
		}
	}
	for _, equal := range []struct {
		column string
		id     int64
	}{
		{"stage_id", f.StageID}, {"owner_id", f.OwnerID}, {"company_id", f.CompanyID}, {"contact_id", f.ContactID},
		{"pipeline_id", f.PipelineID}, {"lost_reason_id", f.LostReasonID},
	} {
		if equal.id != 0 {
			s.equal(equal.column, equal.id)
		}
	}
	if f.Status != "" && f.StageID == 0 { // a stage says it already
		s.equal("status", string(f.Status))
	}
	if f.CloseFrom != "" {
		s.matching("r.close_rank >= ?", closeRank(f.CloseFrom))
	}
	if f.CloseTo != "" {
		s.matching("r.close_rank <= ?", closeRank(f.CloseTo))
	}
	if !f.ClosedFrom.IsZero() {
		s.matching("r.closed_at >= ?", f.ClosedFrom.UnixMicro())
	}
	if !f.ClosedTo.IsZero() {
		s.matching("r.closed_at < ?", f.ClosedTo.UnixMicro())
	}
	if !f.QuietBefore.IsZero() {
		s.matching("r.last_activity_at < ?", f.QuietBefore.UnixMicro())
	}
	return s, nil
}

// noClose is the rank of deals without an expected close: after all others.
const noClose = 99_999_999

// closeRank is a civil date as a number that sorts like it: 20270104.
func closeRank(date string) int64 {
	rank, err := strconv.ParseInt(strings.ReplaceAll(date, "-", ""), 10, 64)
	if err != nil {
		return noClose
	}
	return rank
}
