package contract

// ended reports whether the contract is over.
func (l Lifecycle) ended() bool { return l.order() >= LifecycleExporting.order() }

// order is how far along a lifecycle is.
func (l Lifecycle) order() int {
	switch l {
	case LifecycleActive:
		return 1
	case LifecycleExporting:
		return 2
	case LifecycleDeleting:
		return 3
	case LifecycleDeleted:
		return 4
	default:
		return 0
	}
}

// lifecycle is Pending until nothing of contract.md 2 is missing, and Active
// from then on: a condition of registration that fails later, such as an
// address that is being corrected, doesn't take back what was given. What has
// ended never begins again (contract.md 12.11).
func (f *Facts) lifecycle(missing []Reason, ending Ending) Lifecycle {
	now := LifecycleActive
	switch {
	case !f.Deletion.CompletedAt.IsZero():
		now = LifecycleDeleted
	case f.deleting(ending):
		now = LifecycleDeleting
	case ending.passed(f.Now):
		now = LifecycleExporting
	case len(missing) > 0:
		now = LifecyclePending
	}
	if f.Recorded.Lifecycle.order() > now.order() {
		return f.Recorded.Lifecycle
	}
	return now
}
