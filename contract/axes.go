package contract

// Billing is the first of the three independent axes of contract.md 11: how a
// tenant stands with its payments.
type Billing string

// The states of billing.
const (
	BillingPending        Billing = "Pending"
	BillingFree           Billing = "Free"
	BillingCurrent        Billing = "Current"
	BillingGrace          Billing = "Grace"
	BillingDisabled       Billing = "Disabled"
	BillingPurgeScheduled Billing = "PurgeScheduled"
	BillingPurging        Billing = "Purging"
	BillingPurged         Billing = "Purged"
)

// allows reports whether an instance may run as far as billing is concerned.
func (b Billing) allows() bool {
	return b == BillingFree || b == BillingCurrent || b == BillingGrace
}

// Conduct is the second axis: how a tenant stands with the rules.
type Conduct string

// The states of conduct, gravest last.
const (
	ConductGood      Conduct = "Good"
	ConductWarned    Conduct = "Warned"
	ConductSuspended Conduct = "Suspended"
	ConductDisabled  Conduct = "Disabled"
)

func (c Conduct) allows() bool { return c == ConductGood || c == ConductWarned }

// gravity orders conduct, the worse the higher.
func (c Conduct) gravity() int {
	switch c {
	case ConductDisabled:
		return 3
	case ConductSuspended:
		return 2
	case ConductWarned:
		return 1
	default:
		return 0
	}
}

// Lifecycle is the third axis: how the contract itself stands.
type Lifecycle string

// The states of the lifecycle, in the order in which they come.
const (
	LifecyclePending   Lifecycle = "Pending"
	LifecycleActive    Lifecycle = "Active"
	LifecycleExporting Lifecycle = "Exporting"
	LifecycleDeleting  Lifecycle = "Deleting"
	LifecycleDeleted   Lifecycle = "Deleted"
)

// mayRun reports whether an instance may run: exactly when all three axes allow
// it (contract.md 11).
func mayRun(billing Billing, conduct Conduct, lifecycle Lifecycle) bool {
	return lifecycle == LifecycleActive && billing.allows() && conduct.allows()
}

// Access is what the three axes mean for a browser at the door.
type Access string

// The kinds of access.
const (
	AccessOpen       Access = "Open"
	AccessExportOnly Access = "ExportOnly"
	AccessClosed     Access = "Closed"
)

func accessOf(mayRun bool, lifecycle Lifecycle) Access {
	switch {
	case mayRun:
		return AccessOpen
	case lifecycle == LifecycleExporting:
		return AccessExportOnly
	default:
		return AccessClosed
	}
}
