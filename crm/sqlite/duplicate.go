package sqlite

import (
	"cmp"
	"context"
	"database/sql"
	"fmt"
	"slices"

	"github.com/grupobizopps/salexops/crm"
)

const (
	duplicatesShown = 10
	// keyedRead bounds the rows that are read to find duplicates: half a company
	// may have one switchboard.
	keyedRead = 60
)

// twin says how duplicates of one kind are looked up and shown.
type twin struct {
	table string
	hit   string // one record as a hit
	scan  func(*sql.Rows) (crm.Hit, error)
}

// twins are the kinds that duplicates are looked for in.
var twins = map[crm.Kind]twin{
	crm.KindContact: {"contact", `SELECT r.id, r.given_name, r.family_name, r.emails, coalesce(c.name, ''), r.job_title
		FROM contact AS r LEFT JOIN company AS c ON c.id = r.company_id AND c.deleted_at IS NULL WHERE r.id = ?`, scanContactHit},
	crm.KindCompany: {"company", `SELECT r.id, r.name, r.domain, r.city FROM company AS r WHERE r.id = ?`, scanCompanyHit},
	crm.KindLead:    {"lead", `SELECT r.id, r.given_name, r.family_name, r.company_name, r.emails FROM lead AS r WHERE r.id = ?`, scanLeadHit},
}

// sharing lists the records that have a key in common with one: what, and which.
func (w twin) sharing() string {
	return `SELECT o.likeness, o.record_id
		FROM identity AS i CROSS JOIN identity AS o ON o.kind = i.kind AND o.likeness = i.likeness AND o.value = i.value
		CROSS JOIN ` + w.table + ` AS r ON r.id = o.record_id
		WHERE i.kind = ?1 AND i.record_id = ?2 AND i.shared = 1 AND o.record_id <> ?2
			AND r.deleted_at IS NULL AND (?3 = 0 OR r.owner_id = ?3) LIMIT ?4`
}

// having lists the records that have one key, the oldest first.
func (w twin) having() string {
	return `SELECT i.likeness, i.record_id FROM identity AS i CROSS JOIN ` + w.table + ` AS r ON r.id = i.record_id
		WHERE i.kind = ?1 AND i.likeness = ?2 AND i.value = ?3 AND r.deleted_at IS NULL AND (?4 = 0 OR r.owner_id = ?4)
		ORDER BY i.record_id LIMIT ?5`
}

// Duplicates lists what looks like one record.
func (db *DB) Duplicates(ctx context.Context, kind crm.Kind, id int64) ([]crm.Duplicate, error) {
	actor, err := mayLook(ctx)
	if err != nil {
		return nil, err
	}
	if err := db.maySeeRecord(ctx, actor, kind, id); err != nil {
		return nil, err
	}
	w, known := twins[kind]
	if !known {
		return nil, nil
	}
	found := alike{}
	if err := db.collect(ctx, found, w.sharing(), string(kind), id, db.scope(actor), keyedRead); err != nil {
		return nil, fmt.Errorf("look for duplicates of %s %d: %w", kind, id, err)
	}
	return db.duplicates(ctx, w, found)
}

// alike are records and what each has in common with the one looked at.
type alike map[int64][]crm.Likeness

// collect adds what a query answers: likeness and id.
func (db *DB) collect(ctx context.Context, to alike, query string, args ...any) error {
	return db.queries.each(ctx, query, args, func(rows *sql.Rows) error {
		var like crm.Likeness
		var id int64
		err := rows.Scan(&like, &id)
		if !slices.Contains(to[id], like) {
			to[id] = append(to[id], like)
		}
		return err
	})
}

// duplicates shows the records that are most alike, the strongest first.
func (db *DB) duplicates(ctx context.Context, w twin, found alike) ([]crm.Duplicate, error) {
	all := make([]crm.Duplicate, 0, len(found))
	for id, likenesses := range found {
		slices.Sort(likenesses)
		all = append(all, crm.Duplicate{Hit: crm.Hit{ID: id}, Likenesses: likenesses})
	}
	slices.SortFunc(all, func(a, b crm.Duplicate) int {
		return cmp.Or(cmp.Compare(a.Likenesses[0], b.Likenesses[0]), cmp.Compare(len(b.Likenesses), len(a.Likenesses)), cmp.Compare(a.ID, b.ID))
	})
	all = all[:min(len(all), duplicatesShown)]
	for i := range all {
		hit, err := db.hit(ctx, w, all[i].ID)
		if err != nil {
			return nil, err
		}
		all[i].Hit = hit
	}
	return all, nil
}

func (db *DB) hit(ctx context.Context, w twin, id int64) (hit crm.Hit, err error) {
	err = db.queries.each(ctx, w.hit, []any{id}, func(rows *sql.Rows) error {
		hit, err = w.scan(rows)
		return err
	})
	return hit, err
}
