package crm

import "context"

// Holding is how many records of one kind a user looks after.
type Holding struct {
	Kind  Kind
	Count int64
}

// TeamService is what the owner decides about the team.
type TeamService interface {
	// Settings are what the team has agreed on.
	Settings(ctx context.Context) (Settings, error)
	// SaveSettings changes them. Owner only. Errors: Invalid ("visibility"),
	// ErrForbidden, ErrReadOnly.
	SaveSettings(ctx context.Context, s Settings) error
	// SetUserRole gives a user another role. Owner only. The owner, who is the
	// person the contract is with, stays the owner. Errors: Invalid ("role"),
	// ErrNotFound, ErrForbidden, ErrReadOnly.
	SetUserRole(ctx context.Context, userID int64, role Role) error
	// Holdings counts what a user looks after, kinds without any left out.
	// Owner only.
	Holdings(ctx context.Context, userID int64) ([]Holding, error)
	// HandOver gives everything that a user looks after to somebody who may
	// sign in, in one action that UndoAction takes back. Owner only. Errors:
	// Invalid ("to"), ErrNotFound, ErrForbidden, ErrReadOnly.
	HandOver(ctx context.Context, from, to int64) (Undone, error)
}

// Valid says whether the visibility is one of those that there are.
func (v Visibility) Valid() bool { return v == VisibleToAll || v == VisibleToOwner }
