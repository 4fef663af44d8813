package crm

import (
	"context"
	"time"
)

// ActivityType says what an activity is.
type ActivityType string

// Types of activities.
const (
	ActivityTask    ActivityType = "task"
	ActivityCall    ActivityType = "call"
	ActivityMeeting ActivityType = "meeting"
	ActivityNote    ActivityType = "note"
)

// ActivityTypes are all types, in the order in which a composer offers them.
var ActivityTypes = []ActivityType{ActivityNote, ActivityCall, ActivityTask, ActivityMeeting}

// Activity is a piece of work around a record: something to do, a call, a
// meeting, or something worth writing down.
type Activity struct {
	ID      int64
	Type    ActivityType
	Subject string // one line; required for tasks and meetings
	Body    string // several lines, at most 10,000 characters; required for notes
	// Starts is when a task is due (empty: some day), when a call takes or took
	// place, when a meeting begins. Notes have none.
	Starts    Moment
	Ends      Moment // of a meeting; at most MaxMeetingDays later
	Place     string // of a meeting
	Reminder  Reminder
	ContactID int64 // 0: none
	CompanyID int64
	DealID    int64
	LeadID    int64
	OwnerID   int64     // who does it
	DoneAt    time.Time // of a task or call, in UTC; zero: still to be done
	CreatedAt time.Time // UTC
	UpdatedAt time.Time // UTC
	Version   int64

	// Read only, for lists. A name is empty when its record is in the bin or not
	// for the reader to see.
	ContactName, CompanyName, DealName, LeadName, OwnerName string
}

// Reminder says how long before its time an activity asks for attention. A
// whole day asks at nine in the morning.
type Reminder string

// Reminders.
const (
	RemindNever   Reminder = ""
	RemindAtTime  Reminder = "0"
	RemindMinutes Reminder = "10m"
	RemindHour    Reminder = "1h"
	RemindDay     Reminder = "1d"
)

// Reminders are all of them, as a form offers them.
var Reminders = []Reminder{RemindNever, RemindAtTime, RemindMinutes, RemindHour, RemindDay}

// Sorts of activities.
const (
	SortDue  Sort = "due"  // what is due first; what has no date last
	SortDone Sort = "done" // what was done last first
)

// DueState chooses activities by how they stand at a moment.
type DueState string

// States of what is to be done: tasks, and calls that are planned.
const (
	DueOpen     DueState = "open"     // all that is still to be done
	DueOverdue  DueState = "overdue"  // its time has passed
	DueToday    DueState = "today"    // later today, or some time today
	DueUpcoming DueState = "upcoming" // from tomorrow on, and some day
	DueDone     DueState = "done"     // tasks that were done, the last first
	DueAny      DueState = "any"      // activities of every type, last changed first
)

// ActivityFilter chooses a page of what is to be done, or was.
type ActivityFilter struct {
	State   DueState     // empty: open
	Type    ActivityType // empty: all
	Now     Moment       // with its time of day: what is overdue, what is today; empty: the present
	OwnerID int64        // 0: everybody's
	Query   string
	After   Cursor
	Before  Cursor
	Limit   int // 1 to 200; 0 means 50
}

// ActivityService keeps activities. A seller who sees own records alone also
// sees every activity of a record of theirs, and changes own ones.
//
// Errors: Invalid, ErrNotFound, ErrConflict, ErrForbidden, ErrReadOnly,
// ErrVolumeFull.
type ActivityService interface {
	Activity(ctx context.Context, id int64) (*Activity, error)
	Activities(ctx context.Context, f ActivityFilter) (Page[*Activity], error)
	// CreateActivity stores a, and tells whom its text mentions.
	CreateActivity(ctx context.Context, a *Activity) error
	UpdateActivity(ctx context.Context, a *Activity) error
	// DeleteActivity and SetActivityDone return the action that UndoAction takes
	// back; 0 when there was nothing to do.
	DeleteActivity(ctx context.Context, id int64) (actionID int64, err error)
	SetActivityDone(ctx context.Context, id int64, done bool) (actionID int64, err error)

	// Agenda lists what has a date from the first day to the last, of one owner
	// (0: of all), the earliest first: tasks and calls, done or not, meetings. It
	// is cut off after MaxAgenda.
	Agenda(ctx context.Context, first, last Moment, owner int64) ([]*Activity, error)
	// NextSteps lists what is to be done and the meetings to come around a record,
	// the earliest first; a company's include those of its contacts and deals.
	NextSteps(ctx context.Context, kind Kind, id int64, today Moment, limit int) ([]*Activity, error)

	// Reminders are the actor's activities that ask for attention at a moment.
	Reminders(ctx context.Context, now Moment) ([]*Activity, error)
	// DismissReminder says that the actor has seen one. It is no change of the
	// activity.
	DismissReminder(ctx context.Context, id int64) error
}

// Limits of activities.
const (
	MaxMeetingDays = 14
	MaxAgenda      = 2000
	maxBody        = 10_000
)
