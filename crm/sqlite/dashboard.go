package sqlite

import (
	"cmp"
	"context"
	"database/sql"
	"encoding/json"
	"errors"
	"fmt"
	"slices"
	"sync"
	"time"

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
	// countStays tells how many deals that left a stage in a stretch of time had
	// spent how many hours in it. The rows of deals are wide: looking each up there
	// takes twice the time that the narrow index does.
	countStays = `SELECT hours, count(*) FROM (
			SELECT sum(h.left_at - h.entered_at) / 3600000000 AS hours
			FROM deal_stage AS h CROSS JOIN deal AS r INDEXED BY deal_live ON r.id = h.deal_id
			WHERE h.stage_id = ?1 AND h.left_at >= ?3 AND h.left_at < ?4
				AND (?2 = 0 OR r.owner_id = ?2) AND r.pipeline_id = ?5 AND r.deleted_at IS NULL
			GROUP BY h.deal_id)
		GROUP BY hours`
	// countWork counts what each user did, type by type.
	countWork = `SELECT u.id, u.name, t.value, (
			SELECT count(*) FROM activity AS r WHERE r.owner_id = u.id AND r.type = t.value
				AND r.happened_at >= ?2 AND r.happened_at < ?3 AND ` + wasDone + ` AND r.deleted_at IS NULL)
		FROM user AS u CROSS JOIN json_each(?4) AS t WHERE ?1 = 0 OR u.id = ?1`
	// wasDone leaves out what was never done; in the past, notes were written and
	// meetings were held.
	wasDone = `(r.type IN ('note', 'meeting') OR r.done_at > 0)`
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
	if err := atOnce(r.open, r.closed, r.funnel, r.stays, r.people); err != nil {
		return nil, fmt.Errorf("sum up pipeline %d: %w", r.Pipeline.ID, err)
	}
	r.rankCurrencies()
	return r.Dashboard, nil
}

// atOnce does several things at once and waits for all.
func atOnce(all ...func() error) error {
	failed := make([]error, len(all))
	var doing sync.WaitGroup
	for i, do := range all {
		doing.Go(func() { failed[i] = do() })
	}
	doing.Wait()
	return errors.Join(failed...)
}

// dashboardRead is a dashboard while it is read. Its parts, which are read at
// once, write to fields of their own.
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

func (r *dashboardRead) stays() error {
	for _, stage := range r.Pipeline.Open() {
		hours := map[int]int{}
		args := []any{stage.ID, r.f.OwnerID, r.span.From.UnixMicro(), r.span.To.UnixMicro(), r.Pipeline.ID}
		err := r.each(countStays, args, func(rows *sql.Rows) error {
			var length, count int
			err := rows.Scan(&length, &count)
			hours[length] = count
			return err
		})
		if err != nil {
			return err
		}
		r.Stays = append(r.Stays, crm.NewStay(stage, hours))
	}
	return nil
}

func (r *dashboardRead) people() error {
	from, to := r.db.past(r.span)
	types, err := json.Marshal(crm.ActivityTypes)
	if err != nil {
		return err
	}
	known := map[int64]*crm.PersonActivity{}
	err = r.each(countWork, []any{r.f.OwnerID, from, to, string(types)}, func(rows *sql.Rows) error {
		p := crm.PersonActivity{Counts: map[crm.ActivityType]int{}}
		var kind crm.ActivityType
		var count int
		if err := rows.Scan(&p.UserID, &p.Name, &kind, &count); err != nil || count == 0 {
			return err
		}
		if known[p.UserID] == nil {
			known[p.UserID] = &p
		}
		known[p.UserID].Counts[kind] = count
		return nil
	})
	for _, p := range known {
		r.People = append(r.People, *p)
	}
	slices.SortFunc(r.People, func(a, b crm.PersonActivity) int {
		return cmp.Or(b.Total()-a.Total(), cmp.Compare(a.Name, b.Name), cmp.Compare(a.UserID, b.UserID))
	})
	return err
}

// past is the part of a span that is over.
func (db *DB) past(s crm.Span) (from, to int64) {
	end := db.stamp().Add(time.Microsecond)
	if !s.To.IsZero() && s.To.Before(end) {
		end = s.To
	}
	return s.From.UnixMicro(), end.UnixMicro()
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
