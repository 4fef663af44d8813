package crm

import (
	"errors"
	"fmt"
	"strings"
)

// Kinds of failure that callers tell apart with errors.Is.
var (
	// ErrNotFound: no such record, or it was deleted.
	ErrNotFound = errors.New("not found")
	// ErrConflict: the record changed since it was read (Version differs).
	ErrConflict = errors.New("changed by someone else in the meantime")
	// ErrForbidden: the actor's role does not allow this.
	ErrForbidden = errors.New("not allowed")
	// ErrUnauthenticated: no actor, or a session that has ended.
	ErrUnauthenticated = errors.New("not signed in")
	// ErrReadOnly: the licence lets nobody write now.
	ErrReadOnly = errors.New("read only")
	// ErrVolumeFull: the records volume has no room for this write. Reads go on.
	ErrVolumeFull = errors.New("the volume is full")
	// ErrNotUndoable: the action was undone already, or its records changed since.
	ErrNotUndoable = errors.New("can no longer be undone")
)

// Invalid reports what is wrong with the fields of a form or a request: field
// name (as in the JSON name) to message key of the catalogue ("error.required").
// Nothing was stored.
type Invalid map[string]string

// Error lists the fields in no particular order; pages show them one by one.
func (i Invalid) Error() string {
	fields := make([]string, 0, len(i))
	for name, key := range i {
		fields = append(fields, fmt.Sprintf("%s: %s", name, key))
	}
	return "invalid: " + strings.Join(fields, ", ")
}
