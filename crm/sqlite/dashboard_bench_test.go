package sqlite

import (
	"syscall"
	"testing"
	"time"

	"github.com/grupobizopps/salexops/crm"
)

// busy is an office of ten with 10,000 deals, each up to four stages far, and
// 300,000 activities, over two years.
func busy(b *testing.B) *office {
	b.Helper()
	o := newOffice(b)
	const numbers = `WITH RECURSIVE n (i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < ?1) `
	now := o.clock.Now().UnixMicro()
	const minute = 60_000_000
	err := o.writer.do(b.Context(), ordinary, func(t *tx) error {
		for _, s := range []struct {
			query string
			args  []any
		}{
			{`INSERT INTO user (email, login, name, role, locale, theme, password_hash, must_change, created_at)` + numbers +
				`SELECT 'u' || i, 'u' || i, 'User ' || i, 'seller', 'en', 'auto', '', 0, 0 FROM n`, []any{9}},
			{`INSERT INTO deal (name, owner_id, pipeline_id, stage_id, status, stage_rank, currency, value, expected_close, close_rank, source,
				lost_note, stage_since, closed_at, last_activity_at, sort_key, created_at, updated_at, version)` + numbers +
				`SELECT 'Deal ' || i, 1 + i % 10, 1, 1 + i % 6, iif(i % 6 < 4, 'open', iif(i % 6 = 4, 'won', 'lost')), 1000, iif(i % 9 = 0, 'USD', 'MXN'),
				100 * (i % 5000), '', 20270000 + (1 + i % 9) * 100 + 1 + i % 28, '', '', 0, iif(i % 6 < 4, 0, ?2 - i * ?3 / 2), 0, zeroblob(8), ?2 - i * ?3, 0, 1 FROM n`,
				[]any{10_000, now, 105 * minute}},
			{`INSERT INTO deal_stage (deal_id, entered_at, left_at, stage_id) SELECT r.id, r.created_at + (s.id - 1) * ?1, iif(s.id = r.stage_id, NULL, r.created_at + s.id * ?1), s.id
				FROM deal AS r JOIN stage AS s ON s.id <= r.stage_id`, []any{1000 * minute}},
			{`INSERT INTO activity (type, subject, body, starts, ends, place, reminder, owner_id, done_at, due, happened_at, remind_at, created_at, updated_at, version)` + numbers +
				`SELECT iif(i % 4 = 0, 'note', iif(i % 4 = 1, 'call', iif(i % 4 = 2, 'meeting', 'task'))), 'What', 'How it went and what was agreed', '', '', '', '',
				1 + (i / 4) % 10, 1, '', ?2 - i * ?3, '', ?2 - i * ?3, 0, 1 FROM n`,
				[]any{300_000, now, int64(3.5 * minute)}},
		} {
			if _, err := t.exec(s.query, s.args...); err != nil {
				return err
			}
		}
		return nil
	})
	if err != nil {
		b.Fatal(err)
	}
	return o
}

// processorTime is what this process has used of the processors.
func processorTime() time.Duration {
	var used syscall.Rusage
	_ = syscall.Getrusage(syscall.RUSAGE_SELF, &used)
	return time.Duration(used.Utime.Nano() + used.Stime.Nano())
}

func BenchmarkDashboard(b *testing.B) {
	o := busy(b)
	for _, period := range crm.Periods {
		b.Run(string(period), func(b *testing.B) {
			before := processorTime()
			for b.Loop() {
				if _, err := o.Dashboard(o.owner, crm.DashboardFilter{Period: period, Now: o.clock.Now()}); err != nil {
					b.Fatal(err)
				}
			}
			b.ReportMetric(float64((processorTime()-before).Milliseconds())/float64(b.N), "cpu-ms/op")
		})
	}
	all, _ := o.Pipelines(o.owner)
	for name, part := range map[string]func(*dashboardRead) error{"open": (*dashboardRead).open, "closed": (*dashboardRead).closed, "funnel": (*dashboardRead).funnel, "stays": (*dashboardRead).stays, "people": (*dashboardRead).people} {
		b.Run("part-"+name, func(b *testing.B) {
			before := processorTime()
			for b.Loop() {
				f := crm.DashboardFilter{Period: crm.PeriodTwelve, Now: o.clock.Now()}
				r := &dashboardRead{db: o.DB, ctx: o.owner, f: f, span: f.Period.Around(f.Now), Dashboard: &crm.Dashboard{Pipeline: all[0]}}
				if err := part(r); err != nil {
					b.Fatal(err)
				}
			}
			b.ReportMetric(float64((processorTime()-before).Milliseconds())/float64(b.N), "cpu-ms/op")
		})
	}
}
