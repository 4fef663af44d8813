package sqlite

import (
	"context"
	"database/sql"
	"fmt"

	"github.com/grupobizopps/salexops/crm"
)

// removal is a stage or a pipeline that is being taken away.
type removal struct {
	verb   string
	column string // of deals that stand there
	id     int64
	gone   string // marks it, at a time
	// check says of which pipeline it is and to which stage deals go, by their
	// status.
	check func(*tx) (*crm.Pipeline, map[crm.StageKind]int64, error)
}

// removePlace moves the deals, some hundred a transaction, and takes the place
// away with the last of them. Cut off half way, it can be asked for again.
func (db *DB) removePlace(ctx context.Context, r removal) (int64, error) {
	actor, err := db.mayManage(ctx, crm.Role.CanManage)
	if err != nil {
		return 0, err
	}
	action, moved := int64(0), 0
	for more := true; more; {
		portion, begun := 0, int64(0)
		err := db.writer.do(ctx, ordinary, func(t *tx) (err error) {
			begun = action
			portion, err = db.removePortion(t, r, actor, &begun)
			return err
		})
		if err != nil {
			return 0, fmt.Errorf("take %s %d away: %w", r.column, r.id, err)
		}
		action, moved, more = begun, moved+portion, portion == partsAtOnce
	}
	if moved == 0 {
		return 0, nil // there is nothing that could be taken back
	}
	return action, nil
}

func (db *DB) removePortion(t *tx, r removal, actor crm.Actor, action *int64) (int, error) {
	p, targets, err := r.check(t)
	if err != nil {
		return 0, err
	}
	now := db.stamp()
	if *action == 0 {
		if *action, err = t.log(entry{verb: r.verb, kind: crm.KindPipeline, id: p.ID, title: p.Name, actor: actor, at: now, version: p.Version}); err != nil {
			return 0, err
		}
	}
	ids, err := t.dealsAt(r.column, r.id)
	if err != nil {
		return 0, err
	}
	for _, id := range ids {
		before, _, err := deals.load(t, id)
		if err != nil {
			return 0, err
		}
		moved := *before
		moved.StageID = targets[before.Status]
		if _, err := storeAmended(db, t, deals, &moved, before, actor, *action); err != nil {
			return 0, err
		}
	}
	if len(ids) == partsAtOnce {
		return len(ids), nil
	}
	for status, target := range targets {
		// What is in the bin returns to the place that took the others.
		_, err := t.exec(`UPDATE deal SET stage_id = ?, pipeline_id = (SELECT pipeline_id FROM stage WHERE id = ?), stage_rank = `+rankOfStage+`
			WHERE `+r.column+` = ? AND status = ? AND deleted_at IS NOT NULL`, target, target, target, r.id, string(status))
		if err != nil {
			return 0, err
		}
	}
	if _, err := t.exec(r.gone, now.UnixMicro(), r.id); err != nil {
		return 0, err
	}
	_, err = t.exec("UPDATE pipeline SET version = version + 1 WHERE id = ?", p.ID)
	return len(ids), err
}

// dealsAt lists some deals at a place that are not in the bin.
func (t *tx) dealsAt(column string, id int64) ([]int64, error) {
	var ids []int64
	err := t.each("SELECT id FROM deal WHERE "+column+" = ? AND deleted_at IS NULL LIMIT ?", []any{id, partsAtOnce}, func(rows *sql.Rows) error {
		var deal int64
		err := rows.Scan(&deal)
		ids = append(ids, deal)
		return err
	})
	return ids, err
}
