package sqlite

import (
	"cmp"
	"database/sql"
	"encoding/json"
	"slices"
	"time"

	"github.com/grupobizopps/salexops/crm"
)

const (
	// countWork counts what each user did, type by type: the whole weeks out of
	// their tally, what is before and after them one by one.
	countWork = `SELECT u.id, u.name, t.value,
			coalesce((SELECT sum(r.count) FROM activity_tally AS r
				WHERE r.owner_id = u.id AND r.type = t.value AND r.week > ?2 / ` + week + ` AND r.week < ?3 / ` + week + `), 0)
			+ (SELECT count(*) FROM activity AS r WHERE r.owner_id = u.id AND r.type = t.value
				AND r.happened_at >= ?2 AND r.happened_at < min(?3, (?2 / ` + week + ` + 1) * ` + week + `) AND ` + wasDone + ` AND r.deleted_at IS NULL)
			+ (SELECT count(*) FROM activity AS r WHERE r.owner_id = u.id AND r.type = t.value
				AND r.happened_at >= max(?3 / ` + week + `, ?2 / ` + week + ` + 1) * ` + week + ` AND r.happened_at < ?3 AND ` + wasDone + ` AND r.deleted_at IS NULL)
		FROM user AS u CROSS JOIN json_each(?4) AS t WHERE ?1 = 0 OR u.id = ?1`
	week = "604800000000" // in microseconds
	// wasDone leaves out what was never done; in the past, notes were written and
	// meetings were held.
	wasDone = `(r.type IN ('note', 'meeting') OR r.done_at > 0)`
)

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
