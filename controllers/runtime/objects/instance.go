// Package objects builds what runs for a tenant. Every builder is a pure
// function from an Instance to the apply configuration of one object: what the
// operator owns of it, and nothing else.
package objects

import (
	corev1 "k8s.io/api/core/v1"
	"k8s.io/apimachinery/pkg/api/resource"
	metav1ac "k8s.io/client-go/applyconfigurations/meta/v1"

	"github.com/grupobizopps/salexops/internal/layout"
)

// Instance is what the objects of one tenant are built from.
type Instance struct {
	// Tenant is the Tenant's name, a DNS label of at most 40 characters.
	Tenant string
	// Image of the CRM.
	Image string
	// SystemNamespace is where the operator and the front door run.
	SystemNamespace string
	// Replicas is 1 when the instance may run, else 0.
	Replicas int32
	// PodsAllowed is the quota on pods. It is lowered to 0 only when the last
	// pod is gone, and raised before a pod is wanted again: a quota that forbids
	// what is still running would block the very stop it belongs to.
	PodsAllowed int64
	// Resources of the CRM's container; both memory limit and requests are set.
	Resources corev1.ResourceRequirements
	// Records and Documents are the sizes of the two claims, as requested.
	Records, Documents resource.Quantity
	// StorageClass of the claims; nil is the cluster's default.
	StorageClass *string
}

// Namespace returns the name of the namespace the instance runs in.
func (i Instance) Namespace() string { return layout.Namespace(i.Tenant) }

func (i Instance) labels() map[string]string { return layout.Labels(i.Tenant) }

// podSelector selects the CRM's pods in the tenant's namespace.
func (i Instance) podSelector() *metav1ac.LabelSelectorApplyConfiguration {
	return metav1ac.LabelSelector().WithMatchLabels(map[string]string{
		layout.LabelName:   layout.InstanceName,
		layout.LabelTenant: i.Tenant,
	})
}
