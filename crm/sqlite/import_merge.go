package sqlite

import (
	"database/sql"
	"encoding/json"
	"errors"
	"fmt"

	"github.com/grupobizopps/salexops/crm"
	"github.com/grupobizopps/salexops/crm/importing"
)

// merge brings a row into the record that it is a duplicate of, unless
// duplicates are skipped. fill changes the record.
func merge[R any](p *importPortion, k *recordKind[R], id int64, fill func(*R) error) error {
	if p.found.Plan.Duplicates == importing.Skip {
		p.count.skipped++
		return nil
	}
	if err := p.t.gathered.settle(k.kind, id); err != nil {
		return err
	}
	before, err := loadLive(p.db, p.t, k, id, p.actor)
	if err != nil {
		return err
	}
	record := *before
	if err := fill(&record); err != nil {
		return err
	}
	k.normalize(&record)
	if err := k.validate(&record); err != nil {
		return err
	}
	if err := k.resolve(p.t, &record, before); err != nil {
		return err
	}
	changes := k.changes(p.db, before, &record)
	if len(changes) == 0 {
		p.count.skipped++
		return nil
	}
	p.count.merged++
	h, old := k.head(&record), k.head(before)
	*h.updated, *h.version = p.db.stamp(), *old.version+1
	part, err := p.t.partOn(k.kind, id, p.found.ActionID)
	if err != nil {
		return err
	}
	if part.id != 0 && part.version == *old.version {
		return amend(p.db, p.t, k, &record, before, part)
	}
	_, err = saveUpdate(p.t, k, &record, before, p.actor, changes, p.found.ActionID)
	return err
}

// part is what an action of several records did to one of them.
type part struct {
	id, version int64
	state       string // the snapshot before it
}

func (t *tx) partOn(kind crm.Kind, record, of int64) (p part, err error) {
	err = t.queryRow("SELECT id, version, coalesce(before, '') FROM action WHERE kind = ? AND record_id = ? AND part_of = ? ORDER BY id DESC LIMIT 1",
		string(kind), record, of).Scan(&p.id, &p.version, &p.state)
	if errors.Is(err, sql.ErrNoRows) {
		return part{}, nil
	}
	return p, err
}

// amend makes one change of several rows that are the same record: undo knows
// one state before a whole import, and one after it.
func amend[R any](db *DB, t *tx, k *recordKind[R], record, before *R, p part) error {
	var prior snapshot[R]
	if err := json.Unmarshal([]byte(p.state), &prior); err != nil {
		return fmt.Errorf("read state for undo: %w", err)
	}
	var from *R
	if !prior.Absent {
		from = prior.Record
	}
	changes, err := json.Marshal(k.changes(db, from, record))
	if err != nil {
		return fmt.Errorf("write changes: %w", err)
	}
	if err := writeUpdate(t, k, record, before); err != nil {
		return err
	}
	_, err = t.exec("UPDATE action SET changes = ?, version = ?, title = ? WHERE id = ?", string(changes), *k.head(record).version, k.title(record), p.id)
	return err
}
