package crm

import (
	"context"
	"time"
)

// Kind names a kind of record.
type Kind string

// Kinds of records.
const (
	KindContact  Kind = "contact"
	KindCompany  Kind = "company"
	KindActivity Kind = "activity"
	KindUser     Kind = "user"
	KindField    Kind = "custom-field"
	KindLead     Kind = "lead"
	KindImport   Kind = "import" // a table of records
	KindView     Kind = "view"
	KindSetting  Kind = "setting" // what the team has agreed on
	KindAccount  Kind = "account" // the contract, and what leaves the CRM
)

// Action is one thing that one user did: the unit of undo and of the audit log.
type Action struct {
	ID       int64
	Verb     string // "create", "update", "delete", "undo", …
	Kind     Kind
	RecordID int64
	Title    string // the record's name at that time
	UserID   int64
	UserName string
	At       time.Time // UTC
	UndoneBy int64     // the action that took this one back; 0: none
	Changes  []Change
	// PartOf is the action of several records that this one belongs to (an
	// import, a bulk edit, a merge), and PartOfVerb what that one did; 0: none.
	PartOf     int64
	PartOfVerb string
	// Several says that it is an action of several records and has parts.
	Several bool
	// Undoable says whether UndoAction would take it back for this actor, as
	// far as one can tell without doing it.
	Undoable bool
	// Restorable says whether RestoreValue can put its changes back for this
	// actor, and RecordVersion is what it wants to be told: the record's
	// version now; 0 while the record is in the bin or gone.
	Restorable    bool
	RecordVersion int64
}

// Undone is what taking an action back came to.
type Undone struct {
	Action *Action // the one that was taken back
	By     int64   // the action that did so, which can be taken back in turn
	// Records counts what was put back, and Left what has changed since and was
	// therefore left as it is.
	Records, Left int
	// Stays are the fields that a merge had changed and somebody else changed
	// since, which its undo therefore left as they are.
	Stays []string
}

// Change is one field before and after, as shown to people. Label and Type are
// those that a custom field had at that time; its texts are canonical.
type Change struct {
	Field, From, To string
	Label           string
	Type            FieldType
}

// ActionService reads the history and takes actions back.
type ActionService interface {
	// History lists the actions on one record, newest first.
	History(ctx context.Context, kind Kind, id int64, after Cursor, limit int) (Page[*Action], error)
	// UndoAction takes an action back. One of several records is taken back as a
	// whole, but for records that have changed since. Errors: ErrNotFound,
	// ErrNotUndoable, ErrForbidden (sellers undo their own).
	UndoAction(ctx context.Context, id int64) (Undone, error)
}
