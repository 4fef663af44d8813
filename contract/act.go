package contract

// ActKind is something the operator does because a deadline has passed. Notices
// harm nobody and need no guard.
type ActKind string

// The acts of contract.md 4, 5 and 9.
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
	// ActOverQuotaNotice tells the owner that the documents fill the quota.
	ActOverQuotaNotice ActKind = "OverQuotaNotice"
	// ActOverQuotaPurge applies Policy.OverQuota to the documents of a free
	// tenant that is still full. It can't be undone.
	ActOverQuotaPurge ActKind = "OverQuotaPurge"
	// ActDelete deletes everything of a tenant whose contract has ended. It
	// can't be undone.
	ActDelete ActKind = "Delete"
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
