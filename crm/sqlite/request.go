package sqlite

import (
	"context"
	"database/sql"
	"encoding/json"
	"fmt"

	"github.com/grupobizopps/salexops/crm"
)

// Verbs of what concerns the contract.
const (
	verbTermsAccept = "terms-accept"
	verbTermsObject = "terms-object"
	verbSupport     = "support"
	verbCancel      = "cancel"
)

const (
	requestColumns = `r.id, r.kind, r.at, r.user_id, r.user_name, r.user_email, r.payload, r.evidence, coalesce(r.acknowledged_at, 0)`
	selectRequests = `SELECT ` + requestColumns + ` FROM request AS r ORDER BY r.id DESC LIMIT ?`
	selectOpen     = `SELECT ` + requestColumns + ` FROM request AS r WHERE r.acknowledged_at IS NULL ORDER BY r.id LIMIT ?`
	selectDecided  = `SELECT EXISTS (SELECT 1 FROM request AS r WHERE r.kind IN ('TermsAccepted', 'TermsObjected') AND r.payload ->> '$.reference' = ?)`
	selectAsked    = `SELECT EXISTS (SELECT 1 FROM request AS r WHERE r.kind = ?)`
)

func scanRequest(scan func(...any) error) (*crm.Request, error) {
	r := &crm.Request{}
	var at, acknowledged int64
	var payload string
	if err := scan(&r.ID, &r.Kind, &at, &r.UserID, &r.UserName, &r.UserEmail, &payload, &r.Evidence, &acknowledged); err != nil {
		return nil, err
	}
	r.At, r.AcknowledgedAt = instant(at), instant(acknowledged)
	if err := json.Unmarshal([]byte(payload), &r.RequestPayload); err != nil {
		return nil, fmt.Errorf("read request %d: %w", r.ID, err)
	}
	return r, nil
}

func (db *DB) requests(ctx context.Context, query string, limit int) ([]*crm.Request, error) {
	var all []*crm.Request
	err := db.queries.each(ctx, query, []any{limit}, func(rows *sql.Rows) error {
		r, err := scanRequest(rows.Scan)
		all = append(all, r)
		return err
	})
	if err != nil {
		return nil, fmt.Errorf("read requests: %w", err)
	}
	return all, nil
}

// Requests lists the newest requests.
func (db *DB) Requests(ctx context.Context) ([]*crm.Request, error) {
	if _, err := mayOwn(ctx); err != nil {
		return nil, err
	}
	return db.requests(ctx, selectRequests, defaultLimit)
}

// OpenRequests lists the oldest requests that the operator has not said to
// have, for the process itself: no actor is needed.
func (db *DB) OpenRequests(ctx context.Context, limit int) ([]*crm.Request, error) {
	return db.requests(ctx, selectOpen, limit)
}

// AcknowledgeRequests notes that the operator has every request up to an id.
func (db *DB) AcknowledgeRequests(ctx context.Context, upTo int64) error {
	open := false
	err := db.queries.queryRow(ctx, "SELECT EXISTS (SELECT 1 FROM request WHERE acknowledged_at IS NULL AND id <= ?)", upTo).Scan(&open)
	if err == nil && open { // a call that says nothing new writes nothing
		err = db.writer.do(ctx, essential, func(t *tx) error {
			_, err := t.exec("UPDATE request SET acknowledged_at = ? WHERE acknowledged_at IS NULL AND id <= ?", db.stamp().UnixMicro(), upTo)
			return err
		})
	}
	if err != nil {
		return fmt.Errorf("acknowledge requests: %w", err)
	}
	return nil
}

// addRequest stores a request, and the action that tells the team's history.
func (db *DB) addRequest(t *tx, actor crm.Actor, kind crm.RequestKind, verb, title string, p crm.RequestPayload) error {
	payload, err := json.Marshal(p)
	if err != nil {
		return fmt.Errorf("write request: %w", err)
	}
	now := db.stamp()
	id, err := t.insert(`INSERT INTO request (kind, at, user_id, user_name, user_email, payload, evidence) VALUES (?, ?, ?, ?, ?, ?, ?)`,
		string(kind), now.UnixMicro(), actor.User.ID, actor.User.Name, actor.User.Email, string(payload),
		fmt.Sprintf("session %d, request %s", actor.SessionID, actor.RequestID))
	if err != nil {
		return fmt.Errorf("store request: %w", err)
	}
	_, err = t.log(entry{verb: verb, kind: crm.KindAccount, id: id, title: title, actor: actor, at: now})
	return err
}

// mayOwn tells who acts, for what is the owner's alone, whether or not the
// licence lets anybody write: billing is asked about when it does not.
func mayOwn(ctx context.Context) (crm.Actor, error) {
	actor, err := mayLook(ctx)
	if err == nil && !actor.User.Role.CanOwn() {
		err = crm.ErrForbidden
	}
	return actor, err
}
