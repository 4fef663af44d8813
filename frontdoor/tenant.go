package frontdoor

import (
	"github.com/grupobizopps/salexops/api/v1alpha1"
)

// Tenant is what the front door knows of a Tenant. It is comparable, so that
// the many updates of a Tenant that change nothing here cost nothing.
type Tenant struct {
	Name        string
	DisplayName string
	// Host is canonical; see canonicalHost.
	Host string
	// Created in seconds since 1970: the older of two tenants keeps a host.
	Created int64
	// Deleting is true once the Tenant itself is on its way out.
	Deleting bool

	// Known is false while nobody has worked out the standing; the states
	// below are empty then.
	Known     bool
	Billing   v1alpha1.BillingState
	Conduct   v1alpha1.ConductState
	Lifecycle v1alpha1.LifecycleState
	Access    v1alpha1.Access
	// PaidThrough is the last paid date, YYYY-MM-DD, or empty.
	PaidThrough v1alpha1.Date
	// Instance is what runtime last said of the instance.
	Instance v1alpha1.InstanceState
}

// tenantFrom takes what the front door needs of a Tenant.
func tenantFrom(object *v1alpha1.Tenant, domain string) Tenant {
	t := Tenant{
		Name:        object.Name,
		DisplayName: object.Spec.DisplayName,
		Host:        hostOf(object.Name, object.Spec.Host, domain),
		Created:     object.CreationTimestamp.Unix(),
		Deleting:    !object.DeletionTimestamp.IsZero(),
	}
	if s := object.Status.Standing; s != nil {
		t.Known = true
		t.Billing, t.Conduct, t.Lifecycle, t.Access = s.Billing, s.Conduct, s.Lifecycle, s.Access
		t.PaidThrough = s.PaidThrough
	}
	if i := object.Status.Instance; i != nil {
		t.Instance = i.State
	}
	return t
}

// before is the rule by which one of two tenants keeps a host that both claim:
// the older one, then by name. The operator has the same rule (HostTaken).
func (t *Tenant) before(other *Tenant) bool {
	if t.Created != other.Created {
		return t.Created < other.Created
	}
	return t.Name < other.Name
}

// namespacePrefix and the tenant's name make the namespace of its instance.
const namespacePrefix = "crm-"
