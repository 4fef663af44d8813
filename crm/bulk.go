package crm

import (
	"context"
	"slices"
)

// BulkEdit is one change of many records of a kind: exactly one of OwnerID,
// AddTags, DropTags, Field and Delete is set.
type BulkEdit struct {
	OwnerID  int64    // who looks after them from now on
	AddTags  []string // tags that they get
	DropTags []string // tags that are taken from them
	Field    string   // name of a ListField that can be edited
	Value    string   // of Field, as typed; empty empties it
	Delete   bool     // they go to the bin
	Title    string   // of the action in the history, as shown to people
}

// Message keys of actions of several records.
const (
	KeyManyRecords = "error.tooManyRecords"
	KeyNothingToDo = "error.nothingToDo"
)

// Validate reports an edit that says nothing, or too much, or what cannot be
// read.
func (e *BulkEdit) Validate(fields []ListField) error {
	parts := 0
	for _, set := range []bool{e.OwnerID != 0, len(e.AddTags) > 0, len(e.DropTags) > 0, e.Field != "", e.Delete} {
		if set {
			parts++
		}
	}
	if parts != 1 {
		return Invalid{"do": KeyNothingToDo}
	}
	if e.Field == "" {
		return nil
	}
	at := slices.IndexFunc(fields, func(f ListField) bool { return f.Edit && f.Name == e.Field })
	if at < 0 {
		return Invalid{"field": KeyChoice}
	}
	if custom := fields[at].Custom; custom != nil {
		if _, fault := custom.Parse(e.Value); fault != "" {
			return Invalid{"value": fault}
		}
	}
	if len(fields[at].Options) > 0 {
		if chosen := fields[at].Option(e.Value); chosen == nil || chosen.Fixed {
			return Invalid{"value": KeyChoice}
		}
	}
	return nil
}

// Bulk is what an action of several records came to.
type Bulk struct {
	Action  int64 // which UndoAction takes back; 0: nothing was changed
	Changed int
	Same    int    // were so already
	Left    []Left // could not be changed
}

// Left is a record that was left as it is.
type Left struct {
	ID     int64
	Title  string
	Reason string // message key
}

// BulkService changes many records in one action.
//
// Errors: Invalid, ErrForbidden, ErrReadOnly, ErrVolumeFull; what is wrong with
// one record alone is told in Bulk.Left.
type BulkService interface {
	// MatchIDs lists the records that a list's query finds, at most MaxMatches;
	// more says that there are others.
	MatchIDs(ctx context.Context, kind Kind, q ListQuery) (ids []int64, more bool, err error)
	// EditMany changes records one after the other, some hundred a transaction.
	EditMany(ctx context.Context, kind Kind, ids []int64, e BulkEdit) (Bulk, error)
}
