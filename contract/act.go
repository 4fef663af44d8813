package contract

// ActKind is something the operator does because of a lapse. Notices harm
// nobody and need no guard.
type ActKind string

// The acts of contract.md 4.
const (
	// ActDisable scales the instance to zero. Data stay untouched.
	ActDisable ActKind = "Disable"
	// ActReminder reminds the owner that the payment was due, and that support
	// has ended.
	ActReminder ActKind = "Reminder"
	// ActPurgeNotice tells the owner that the documents will be deleted, and
	// when.
	ActPurgeNotice ActKind = "PurgeNotice"
	// ActPurge deletes the documents. It can't be undone.
	ActPurge ActKind = "Purge"
)

// Act is something that is due now: its deadline has passed, and it has not
// been done. It stays due until it is done or no longer called for.
type Act struct {
	Kind ActKind
	// Deadline is when it fell due.
	Deadline Deadline
	// BlockedBy lists the guards that do not hold. Only an act that nothing
	// blocks may be carried out.
	BlockedBy []Guard
}

// Permitted reports whether the act may be carried out now.
func (a Act) Permitted() bool { return len(a.BlockedBy) == 0 }
