package frontdoor

import "github.com/grupobizopps/salexops/api/v1alpha1"

// Act is what the door does with a request.
type Act int

// The acts.
const (
	// ActExplain shows a page.
	ActExplain Act = iota
	// ActRoute hands the request to the instance.
	ActRoute
	// ActHold waits until the instance answers, and shows the page after that.
	ActHold
)

// Verdict is an act, with the page to show where there is one.
type Verdict struct {
	Act  Act
	Page PageKind
}

// decide says what a request to a known host meets. It follows access, which
// standing worked out from the contract (contract.md 11), and looks at the axes
// only to choose the words.
func decide(t *Tenant, addr string) Verdict {
	if ended(t) {
		return Verdict{Act: ActExplain, Page: PageEnded}
	}
	if admitted(t, addr) {
		if addr != "" {
			return Verdict{Act: ActRoute}
		}
		return Verdict{Act: ActHold, Page: absent(t.Instance)}
	}
	return Verdict{Act: ActExplain, Page: closed(t)}
}

func ended(t *Tenant) bool {
	return t.Deleting || t.Lifecycle == v1alpha1.LifecycleDeleting || t.Lifecycle == v1alpha1.LifecycleDeleted
}

// admitted reports whether access is given. A tenant without a standing is one
// that nobody has judged yet, or whose status was lost with a restored backup:
// its instance, when one runs, knows its rights from its licence.
func admitted(t *Tenant, addr string) bool {
	if !t.Known {
		return addr != ""
	}
	return t.Access == v1alpha1.AccessOpen || t.Access == v1alpha1.AccessExportOnly
}

// absent is the page for an instance that should answer and does not.
func absent(state v1alpha1.InstanceState) PageKind {
	switch state {
	case "", v1alpha1.InstanceProvisioning:
		return PageSettingUp
	case v1alpha1.InstanceUnreachable:
		return PageUnreachable
	default:
		return PageStarting
	}
}

// closed is the page that says why nobody is let in. Conduct comes first: a
// tenant that is suspended and in arrears is not let in by paying.
func closed(t *Tenant) PageKind {
	switch {
	case !t.Known:
		return PageSettingUp
	case t.Conduct == v1alpha1.ConductSuspended || t.Conduct == v1alpha1.ConductDisabled:
		return PageSuspended
	case t.Lifecycle == v1alpha1.LifecycleExporting:
		return PageEnded
	}
	switch t.Billing {
	case v1alpha1.BillingDisabled:
		return PagePayment
	case v1alpha1.BillingPurgeScheduled:
		return PagePaymentNotice
	case v1alpha1.BillingPurging, v1alpha1.BillingPurged:
		return PagePaymentPurged
	default:
		return PagePending
	}
}
