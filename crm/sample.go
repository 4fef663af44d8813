package crm

import "context"

// SampleService fills an empty CRM with invented records, and takes them away
// again. Owners and managers only.
type SampleService interface {
	// SampleAction tells the action to take back so that the sample data go; 0:
	// there are none.
	SampleAction(ctx context.Context) (int64, error)
	// AddSample adds them in one action of several records, and returns it.
	// Errors: ErrConflict when they are there already, ErrForbidden, ErrReadOnly.
	AddSample(ctx context.Context) (Undone, error)
}
