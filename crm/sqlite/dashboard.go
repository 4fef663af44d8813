package sqlite

import (
	"context"
	"database/sql"
	"encoding/json"
	"errors"
	"fmt"
	"slices"

	"github.com/grupobizopps/salexops/crm"
)

// Each figure is read out of one index, without a table: ten thousand deals
// take some milliseconds. The owner 0 means everybody's.
const (
	// sumOpen counts and sums open deals by stage, currency and the month in which
	// they should close.
	sumOpen = `SELECT stage_id, currency, close_rank / 100, count(*), sum(value) FROM deal
		WHERE pipeline_id = ?1 AND status = 'open' AND (?2 = 0 OR owner_id = ?2) AND deleted_at IS NULL
		GROUP BY stage_id, currency, close_rank / 100`
	// sumClosed counts and sums the deals of two closing stages by stretches of
	// time, a JSON array of [from, to].
	sumClosed = `SELECT m.key, r.stage_id, r.currency, count(*), sum(r.value)
		FROM json_each(?1) AS m CROSS JOIN deal AS r ON r.stage_id IN (?2, ?3)
			AND r.closed_at >= json_extract(m.value, '$[0]') AND r.closed_at < json_extract(m.value, '$[1]')
		WHERE r.deleted_at IS NULL AND (?4 = 0 OR r.owner_id = ?4)
		GROUP BY m.key, r.stage_id, r.currency`
)

// countFurthest tells how many deals that were created in a stretch of time came
// as far as each of so many open stages, counted from 1; 0 for none of these, and
// -1 for those that were won.
func countFurthest(stages int) string {
	places := ""
	for place := range stages {
		places += fmt.Sprintf(" WHEN ?%d THEN %d", firstStagePlace+place, place+1)
	}
	return `SELECT iif(r.status = 'won', -1,
			(SELECT max(CASE h.stage_id` + places + ` ELSE 0 END) FROM deal_stage AS h WHERE h.deal_id = r.id)) AS furthest, count(*)
		FROM deal AS r
		WHERE r.pipeline_id = ?1 AND r.created_at >= ?3 AND r.created_at < ?4 AND (?2 = 0 OR r.owner_id = ?2) AND r.deleted_at IS NULL
		GROUP BY furthest`
}

// firstStagePlace is the number of the parameter that is the first open stage.
const firstStagePlace = 5

// Dashboard tells how selling goes.
func (db *DB) Dashboard(ctx context.Context, f crm.DashboardFilter) (*crm.Dashboard, error) {
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
	r := &dashboardRead{db: db, ctx: ctx, f: f, span: f.Period.Around(f.Now), Dashboard: &crm.Dashboard{Pipeline: all[at]}}
	// One after the other: connections share the lock of SQLite's page cache, and
	// the parts side by side took longer.
	if err := errors.Join(r.open(), r.closed(), r.funnel(), r.stays(), r.people()); err != nil {
		return nil, fmt.Errorf("sum up pipeline %d: %w", r.Pipeline.ID, err)
	}
	r.rankCurrencies()
	return r.Dashboard, nil
}

// dashboardRead is a dashboard while it is read.
type dashboardRead struct {
	*crm.Dashboard
	db           *DB
	ctx          context.Context //nolint:containedctx // of one call
	f            crm.DashboardFilter
	span         crm.Span
	opened, shut map[crm.Currency]int // deals by currency
}

func (r *dashboardRead) each(query string, args []any, scan func(*sql.Rows) error) error {
	return r.db.queries.each(r.ctx, query, args, scan)
}

// open fills in the open stages and the forecast.
func (r *dashboardRead) open() error {
	r.opened = map[crm.Currency]int{}
	at := map[int64]int{}
	for i, stage := range r.Pipeline.Open() {
		r.Stages = append(r.Stages, crm.StageTally{Stage: stage})
		at[stage.ID] = i
	}
	var expected []crm.Expected
	err := r.each(sumOpen, []any{r.Pipeline.ID, r.f.OwnerID}, func(rows *sql.Rows) error {
		var id int64
		var e crm.Expected
		if err := rows.Scan(&id, &e.Sum.Currency, &e.Month, &e.Count, &e.Sum.Minor); err != nil {
			return err
		}
		i, known := at[id]
		if !known {
			return nil // a stage that is being taken away
		}
		stage := &r.Stages[i]
		stage.Tally.Add(e.Count, e.Sum)
		r.opened[e.Sum.Currency] += e.Count
		if e.Month == noClose/100 {
			e.Month = 0
		}
		e.Probability = stage.Stage.Probability
		expected = append(expected, e)
		return nil
	})
	r.Forecast = crm.NewOutlooks(r.f.Now, expected)
	return err
}

// closed fills in what was decided, month by month and in the period.
func (r *dashboardRead) closed() error {
	r.shut = map[crm.Currency]int{}
	months := r.f.Period.Months(r.f.Now)
	r.Results = make([]crm.MonthResult, len(months))
	spans := make([][2]int64, len(months))
	for i, m := range months {
		r.Results[i].Month = m
		spans[i] = [2]int64{m.From.UnixMicro(), m.To.UnixMicro()}
	}
	asked, err := json.Marshal(spans)
	if err != nil {
		return err
	}
	won, lost := r.Pipeline.Closing(crm.StageWon).ID, r.Pipeline.Closing(crm.StageLost).ID
	return r.each(sumClosed, []any{string(asked), won, lost, r.f.OwnerID}, func(rows *sql.Rows) error {
		var month, count int
		var stage int64
		var sum crm.Money
		if err := rows.Scan(&month, &stage, &sum.Currency, &count, &sum.Minor); err != nil {
			return err
		}
		result, total := &r.Results[month].Won, &r.Won
		if stage == lost {
			result, total = &r.Results[month].Lost, &r.Lost
		}
		result.Add(count, sum)
		if !months[month].From.Before(r.span.From) {
			total.Add(count, sum)
		}
		r.shut[sum.Currency] += count
		return nil
	})
}

func (r *dashboardRead) funnel() error {
	open := r.Pipeline.Open()
	args := []any{r.Pipeline.ID, r.f.OwnerID, r.span.From.UnixMicro(), r.span.To.UnixMicro()}
	for _, stage := range open {
		args = append(args, stage.ID)
	}
	furthest := map[int64]int{}
	err := r.each(countFurthest(len(open)), args, func(rows *sql.Rows) error {
		var place sql.NullInt64
		var count int
		err := rows.Scan(&place, &count)
		switch {
		case place.Int64 < 0:
			furthest[r.Pipeline.Closing(crm.StageWon).ID] = count
		case place.Int64 > 0:
			furthest[open[place.Int64-1].ID] = count
		default:
			furthest[0] += count
		}
		return err
	})
	r.Funnel = crm.NewFunnel(r.Pipeline, furthest)
	return err
}

func (r *dashboardRead) rankCurrencies() {
	for _, c := range crm.Currencies {
		if r.opened[c]+r.shut[c] > 0 {
			r.Currencies = append(r.Currencies, c)
		}
	}
	slices.SortStableFunc(r.Currencies, func(a, b crm.Currency) int {
		return r.opened[b] + r.shut[b] - r.opened[a] - r.shut[a]
	})
	if len(r.Currencies) == 0 {
		r.Currencies = crm.Currencies[:1]
	}
}

// SeesAll says whether the actor sees records of others.
func (db *DB) SeesAll(ctx context.Context) (bool, error) {
	actor, err := mayLook(ctx)
	return err == nil && db.scope(actor) == 0, err
}
