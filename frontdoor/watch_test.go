package frontdoor

import (
	"testing"
	"time"

	discoveryv1 "k8s.io/api/discovery/v1"
	metav1 "k8s.io/apimachinery/pkg/apis/meta/v1"
	toolscache "k8s.io/client-go/tools/cache"
	"k8s.io/utils/ptr"

	"github.com/grupobizopps/salexops/api/v1alpha1"
)

func acmeObject() *v1alpha1.Tenant {
	return &v1alpha1.Tenant{
		ObjectMeta: metav1.ObjectMeta{Name: "acme", Namespace: "salexops-accounts", UID: "u1", ResourceVersion: "7",
			CreationTimestamp: metav1.NewTime(time.Date(2026, 12, 31, 16, 0, 0, 0, time.UTC)),
			ManagedFields:     []metav1.ManagedFieldsEntry{{Manager: "kubectl"}}},
		Spec: v1alpha1.TenantSpec{DisplayName: "Ferretería Acme", Host: "ACME.example",
			Owner: v1alpha1.Owner{Name: "Lucía Moreno", Email: "lucia@acme.example"}},
		Status: v1alpha1.TenantStatus{
			Standing: &v1alpha1.Standing{Billing: v1alpha1.BillingCurrent, Conduct: v1alpha1.ConductGood,
				Lifecycle: v1alpha1.LifecycleActive, Access: v1alpha1.AccessOpen, PaidThrough: "2027-01-30", Summary: "Current"},
			Instance: &v1alpha1.InstanceStatus{State: v1alpha1.InstanceRunning, Ready: "True"},
			Usage:    &v1alpha1.Usage{Contacts: 3},
		},
	}
}

func TestStrippedTenantMeansTheSame(t *testing.T) {
	full := acmeObject()
	object, err := stripTenant(full)
	if err != nil {
		t.Fatal(err)
	}
	stripped := object.(*v1alpha1.Tenant)
	if got, want := tenantFrom(stripped, "localhost"), tenantFrom(full, "localhost"); got != want {
		t.Errorf("stripped: %+v, whole: %+v", got, want)
	}
	if stripped.Spec.Owner.Name != "" || stripped.Spec.Owner.Email != "" || stripped.Status.Usage != nil || stripped.ManagedFields != nil {
		t.Errorf("what the front door does not need stays in memory: %+v", stripped)
	}
	if stripped.ResourceVersion != "7" || stripped.UID != "u1" {
		t.Error("the cache can't tell versions of the object apart")
	}
	bare := tenantFrom(&v1alpha1.Tenant{ObjectMeta: metav1.ObjectMeta{Name: "globex"}}, "localhost")
	if bare.Known || bare.Host != "globex.localhost" {
		t.Errorf("a Tenant that nobody has looked at: %+v", bare)
	}
}

func TestStrippedSliceMeansTheSame(t *testing.T) {
	full := sliceOf(endpoint(ptr.To(false), "10.0.0.7"), endpoint(ptr.To(true), "10.0.0.8"))
	full.Endpoints[0].TargetRef = nil
	full.Endpoints[1].NodeName = ptr.To("node-1")
	object, err := stripSlice(full)
	if err != nil {
		t.Fatal(err)
	}
	stripped := object.(*discoveryv1.EndpointSlice)
	if addressOf(stripped) != addressOf(full) || addressOf(stripped) != "10.0.0.8:8080" {
		t.Errorf("stripped: %q, whole: %q", addressOf(stripped), addressOf(full))
	}
	if stripped.Endpoints[1].NodeName != nil || len(stripped.Labels) != 1 {
		t.Errorf("what the front door does not need stays in memory: %+v", stripped)
	}
}

func TestTransformsLeaveTombstonesAlone(t *testing.T) {
	tombstone := toolscache.DeletedFinalStateUnknown{Key: "salexops-accounts/acme"}
	for _, strip := range []toolscache.TransformFunc{stripTenant, stripSlice} {
		if got, err := strip(tombstone); err != nil || got != any(tombstone) {
			t.Errorf("%v, %v", got, err)
		}
	}
}

func TestEventsReachTheTable(t *testing.T) {
	w := &Watch{table: NewTable(), domain: "localhost"}
	slice := sliceOf(endpoint(ptr.To(true), "10.0.0.8"))
	w.tenantChanged(acmeObject())
	w.sliceChanged(slice)
	if nameAt(w.table, "acme.example") != "acme" || addrAt(w.table, "acme.example") != "10.0.0.8:8080" {
		t.Fatalf("acme.example leads to %q at %q", nameAt(w.table, "acme.example"), addrAt(w.table, "acme.example"))
	}
	w.sliceDeleted(toolscache.DeletedFinalStateUnknown{Key: "crm-acme/crm-x1", Obj: slice})
	if addrAt(w.table, "acme.example") != "" {
		t.Error("a slice whose deletion was noticed late still counts")
	}
	w.tenantDeleted(acmeObject())
	if w.table.Len() != 0 {
		t.Error("a deleted Tenant still has a host")
	}
}
