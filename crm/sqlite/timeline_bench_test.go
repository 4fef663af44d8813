package sqlite

import (
	"fmt"
	"slices"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"github.com/grupobizopps/salexops/crm"
)

// history300k is an office with 3,000 companies, 10,000 contacts and 300,000
// activities, a third of them around the first contact alone.
func history300k(b *testing.B) *office {
	b.Helper()
	o := newOffice(b)
	err := o.writer.do(b.Context(), ordinary, func(t *tx) error {
		for _, statement := range []string{
			`WITH RECURSIVE n (i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 3000)
			INSERT INTO company (name, domain, rfc, phone, website, owner_id, street, city, state, postal_code, country, sort_key, created_at, updated_at, version)
			SELECT 'Empresa ' || i, '', '', '', '', 1, '', '', '', '', '', X'00', i, i, 1 FROM n`,
			`WITH RECURSIVE n (i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 10000)
			INSERT INTO contact (given_name, family_name, emails, phones, company_id, job_title, owner_id, source, birthday, street, city, state, postal_code, country, sort_key, created_at, updated_at, version)
			SELECT 'Persona', i, '[]', '[]', 1 + i % 3000, '', 1, '', '', '', '', '', '', '', X'00', i, i, 1 FROM n`,
			`WITH RECURSIVE n (i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 300000)
			INSERT INTO activity (type, subject, body, starts, ends, place, reminder, contact_id, owner_id, done_at, due, happened_at, remind_at, created_at, updated_at, version)
			SELECT iif(i % 10, 'note', 'task'), 'Asunto ' || i, 'Pide cotización con entrega en dos partes.', '', '', '', '',
				iif(i % 3, 1 + (i * 7919) % 10000, 1), 1, 0, iif(i % 10, '', '9999'), i * 1000000, '', i, i, 1 FROM n`,
		} {
			if _, err := t.exec(statement); err != nil {
				return fmt.Errorf("%.60s: %w", statement, err)
			}
		}
		return nil
	})
	if err != nil {
		b.Fatal(err)
	}
	return o
}

// BenchmarkTimeline reads what a record's page shows of its work, by 8 readers
// at once, of all contacts and companies in turn.
func BenchmarkTimeline(b *testing.B) {
	o := history300k(b)
	var next atomic.Int64
	var mutex sync.Mutex
	var took []time.Duration
	b.SetParallelism(4) // of two processors: eight readers
	b.ResetTimer()
	b.RunParallel(func(pb *testing.PB) {
		var own []time.Duration
		for pb.Next() {
			i := next.Add(1)
			kind, id := crm.KindContact, 1+i*31%10000
			if i%4 == 0 {
				kind, id = crm.KindCompany, 1+i*31%3000
			}
			if i%16 == 1 {
				id = 1 // the contact around whom most happened
			}
			show := crm.ShowAll
			if i%5 == 0 {
				show = "meeting" // of which there are none
			}
			start := time.Now()
			if _, err := o.Timeline(o.owner, crm.TimelineFilter{Kind: kind, ID: id, Show: show, Limit: 20}); err != nil {
				b.Error(err)
			}
			if _, err := o.NextSteps(o.owner, kind, id, "2027-01-04", 6); err != nil {
				b.Error(err)
			}
			own = append(own, time.Since(start))
		}
		mutex.Lock()
		took = append(took, own...)
		mutex.Unlock()
	})
	slices.Sort(took)
	b.ReportMetric(float64(took[len(took)*99/100].Microseconds())/1000, "p99-ms")
}
