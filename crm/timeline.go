package crm

import "context"

// TimelineShow is a filter of a timeline.
type TimelineShow string

// Filters of a timeline. Besides these, the type of an activity is one.
const (
	ShowAll        TimelineShow = ""
	ShowChanges    TimelineShow = "changes"
	ShowActivities TimelineShow = "activities" // of every type
)

// TimelineItem is one thing that happened around a record. Exactly one of its
// fields is set.
type TimelineItem struct {
	Action   *Action
	Activity *Activity
}

// TimelineFilter chooses a page of what happened around a record.
type TimelineFilter struct {
	Kind  Kind
	ID    int64
	Show  TimelineShow // a type of activity, or one of the above
	After Cursor
	Limit int // 1 to 200; 0 means 50
}

// TimelineService tells what happened around a record, the newest first: what
// was changed, and what was done. A company's timeline has the activities of
// its contacts and deals too. Prev is always empty: it is read downwards.
//
// Errors: Invalid, ErrNotFound.
type TimelineService interface {
	Timeline(ctx context.Context, f TimelineFilter) (Page[TimelineItem], error)
}
