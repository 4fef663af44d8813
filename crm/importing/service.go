package importing

import (
	"context"
	"errors"
	"io"
	"time"

	"github.com/grupobizopps/salexops/crm"
	"github.com/grupobizopps/salexops/crm/table"
)

// State is where an import stands.
type State string

// States, in the order of a life. Stopped ones can go on or be taken back.
const (
	Ready   State = "ready" // uploaded; nothing imported
	Running State = "running"
	Stopped State = "stopped" // before its end: Problem says why
	Done    State = "done"
	Undoing State = "undoing"
	Undone  State = "undone"
)

// Why an import stopped.
const (
	StoppedByRestart  = "restart"
	StoppedByUser     = "user"
	StoppedByFull     = "full"
	StoppedByReadOnly = "readOnly"
	StoppedByFault    = "fault"
)

// ErrBusy is returned while another import is running: they take turns.
var ErrBusy = errors.New("another import is running")

// Import is a file that was uploaded, and what became of its rows.
type Import struct {
	ID       int64
	Kind     crm.Kind
	FileName string
	UserID   int64
	UserName string
	Layout   table.Layout
	Plan     Plan // how it runs; before that, how it would
	State    State
	Problem  string // why it stopped
	ActionID int64  // of the whole import; 0: it has not begun
	// Done counts the rows that were dealt with, the others what became of them.
	// Companies counts those that were created because a contact names them.
	Done, Created, Merged, Skipped, Rejected, Companies int
	// Left counts the records that an undo left alone, since they had changed.
	Left                          int
	HasFile                       bool // it can be imported once more
	Uploaded, Started, FinishedAt time.Time
}

// Percent is how much is done.
func (i *Import) Percent() int {
	if i.Layout.Rows == 0 {
		return 0
	}
	return min(100, 100*i.Done/i.Layout.Rows)
}

// Active says whether something happens with it now.
func (i *Import) Active() bool { return i.State == Running || i.State == Undoing }

// Rejected is a row that was not imported.
type Rejected struct {
	Line     int
	Cells    []string
	Problems []Problem
}

// Outcome is what would become of a row.
type Outcome string

// Outcomes of rows.
const (
	WouldCreate Outcome = "create"
	WouldMerge  Outcome = "merge"
	WouldSkip   Outcome = "skip"
	WouldReject Outcome = "reject"
)

// Preview is a row and what would become of it.
type Preview struct {
	Row      Row
	Cells    []string // as they are in the file
	Outcome  Outcome
	Problems []Problem
	// Match is the record that the row is a duplicate of; 0: none.
	Match      int64
	MatchTitle string
	NewCompany bool // the contact's company would be created
}

// Service takes files in, imports them and takes imports back. Sellers see
// their own imports, owners and managers all.
//
// Errors: crm.ErrNotFound, crm.ErrForbidden, crm.ErrReadOnly,
// crm.ErrVolumeFull.
type Service interface {
	// Upload keeps a file and looks at it. Errors: also those of package table.
	Upload(ctx context.Context, kind crm.Kind, fileName string, file io.Reader) (*Import, error)
	// Again makes a new import of the file of one that was taken back.
	Again(ctx context.Context, id int64) (*Import, error)
	Import(ctx context.Context, id int64) (*Import, error)
	// Imports lists those that were uploaded, the newest first. Prev is empty.
	Imports(ctx context.Context, after crm.Cursor, limit int) (crm.Page[*Import], error)
	// ImportOf is the import that an action is; 0: it is none.
	ImportOf(ctx context.Context, action int64) (int64, error)
	// Preview says what would become of the first rows.
	Preview(ctx context.Context, id int64, plan Plan, limit int) ([]Preview, error)
	// Start begins to import in the background and remembers the plan for the
	// actor's next file with these columns. Errors: crm.Invalid, ErrBusy,
	// crm.ErrConflict when it has begun already.
	Start(ctx context.Context, id int64, plan Plan) error
	// Continue goes on with a stopped import, after its last row. Errors: as Start.
	Continue(ctx context.Context, id int64) error
	// Stop ends a running import after the rows at hand.
	Stop(ctx context.Context, id int64) error
	// Undo takes the whole import back in the background. Errors:
	// crm.ErrNotUndoable, ErrBusy.
	Undo(ctx context.Context, id int64) error
	// Discard forgets a file that was not imported.
	Discard(ctx context.Context, id int64) error
	// Rejected lists rows that were not imported, by line, after a line.
	Rejected(ctx context.Context, id int64, after, limit int) ([]Rejected, error)
}
