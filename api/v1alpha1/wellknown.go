package v1alpha1

const (
	// PlatformPolicyName is the name of the one PlatformPolicy that counts.
	PlatformPolicyName = "default"

	// TenantLabel names, on everything that runs for a tenant and on every
	// ledger object the operator creates for it, the Tenant it belongs to.
	TenantLabel = "crm.salexops.com/tenant"

	// ConfirmDeletionAnnotation allows the deletion of a ledger object when its
	// value is that object's own name. Admission refuses the deletion
	// otherwise, and the operator looks again before it destroys anything,
	// because deleting a CustomResourceDefinition bypasses admission.
	ConfirmDeletionAnnotation = "crm.salexops.com/confirm-deletion"

	// OpenNoticeLabel stands on a Notice as long as something is to be done about
	// it. Those without it stay out of the operator's cache.
	OpenNoticeLabel = "crm.salexops.com/open"

	// InstanceFinalizer keeps a Tenant until what runs for it is gone.
	InstanceFinalizer = "crm.salexops.com/instance"
)

// Field owners for server-side apply: each writer owns its fields and takes
// nobody else's.
const (
	// StandingFieldOwner writes Tenant.status.standing, the Licenses, and the
	// operator's fields of a Subscription.
	StandingFieldOwner = "salexops-standing"
	// RuntimeFieldOwner writes what runs for a tenant, and how that is going.
	RuntimeFieldOwner = "salexops-runtime"
	// ObserverFieldOwner writes what the running instance reports.
	ObserverFieldOwner = "salexops-observer"
	// NoticesFieldOwner writes what was sent, and what became of it.
	NoticesFieldOwner = "salexops-notices"
	// BreakerFieldOwner writes PlatformPolicy.status.breaker.
	BreakerFieldOwner = "salexops-breaker"
	// StorageFieldOwner writes the fences and records of destruction.
	StorageFieldOwner = "salexops-storage"
	// PurgeFieldOwner writes the condition that says what a purge waits for.
	PurgeFieldOwner = "salexops-purge"
)
