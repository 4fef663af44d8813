package crm

import (
	"context"
	"time"
)

// BinTime is how long a deleted record can be brought back.
const BinTime = 30 * 24 * time.Hour

// Binned is a record in the bin.
type Binned struct {
	Kind      Kind
	ID        int64
	Title     string
	DeletedAt time.Time
	UserID    int64 // who deleted it; 0: nobody knows
	UserName  string
}

// Until is when the record is deleted for good.
func (b *Binned) Until() time.Time { return b.DeletedAt.Add(BinTime) }

// DaysLeft counts the days, begun ones too, until the record is gone.
func (b *Binned) DaysLeft(now time.Time) int {
	const day = 24 * time.Hour
	return int(max(b.Until().Sub(now)+day-1, 0) / day)
}

// BinService keeps what was deleted for BinTime. Sellers find in the bin what
// they deleted themselves, owners and managers everything; readers have none.
type BinService interface {
	// BinKinds are the kinds of records that the bin can hold, in a fixed order.
	BinKinds() []Kind
	// Bin lists the deleted records of one kind, the latest first. Errors:
	// ErrForbidden, ErrNotFound (no such kind), Invalid ("after").
	Bin(ctx context.Context, kind Kind, after Cursor, limit int) (Page[*Binned], error)
	// RestoreBinned brings records back, in one action that UndoAction takes
	// back, and returns it. Those that are no longer in the bin are left out.
	// Errors: ErrNotFound when none is, ErrForbidden, ErrReadOnly.
	RestoreBinned(ctx context.Context, kind Kind, ids []int64) (Undone, error)
	// PurgeBinned deletes records in the bin for good; all of the kind when ids
	// is nil. It cannot be taken back. Owner only. It returns how many.
	PurgeBinned(ctx context.Context, kind Kind, ids []int64) (int, error)
}
