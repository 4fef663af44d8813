package crm

import (
	"context"
	"time"
)

// AuditFilter chooses a page of the audit log. Zero fields choose everything.
type AuditFilter struct {
	UserID int64
	Kind   Kind
	Verb   string
	From   time.Time // the first instant
	Until  time.Time // the first instant that is no longer asked for
	After  Cursor
	Limit  int // 1 to 200; 0 means 50
}

// AuditService reads the history of everything, and puts single values back.
type AuditService interface {
	// Audit lists what was done, newest first. An action of several records is
	// one row; its parts are read by ActionParts. Owners and managers only.
	// Errors: ErrForbidden, Invalid ("after").
	Audit(ctx context.Context, f AuditFilter) (Page[*Action], error)
	// Action returns one action, also a part. Errors: ErrNotFound, ErrForbidden.
	Action(ctx context.Context, id int64) (*Action, error)
	// ActionParts lists the parts of an action of several records in the order
	// in which they were done. Errors: ErrForbidden, Invalid ("after").
	ActionParts(ctx context.Context, id int64, after Cursor, limit int) (Page[*Action], error)
	// RestoreValue gives one field of a record the value that it had before an
	// action. It is an update like any other: version is the record's as it was
	// seen (Action.RecordVersion). It returns the action that says so, or 0 when
	// the field has that value already. Sellers restore what they changed
	// themselves. Errors: as an update of the record; ErrNotUndoable when the
	// action does not keep the value.
	RestoreValue(ctx context.Context, action int64, field string, version int64) (actionID int64, err error)
}
