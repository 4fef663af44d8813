package runtime

import (
	"testing"

	metav1 "k8s.io/apimachinery/pkg/apis/meta/v1"
	"sigs.k8s.io/controller-runtime/pkg/event"

	"github.com/grupobizopps/salexops/api/v1alpha1"
)

func TestWhatBringsATenantBack(t *testing.T) {
	tenant := func(change func(*v1alpha1.Tenant)) *v1alpha1.Tenant {
		tenant := &v1alpha1.Tenant{ObjectMeta: metav1.ObjectMeta{Name: "acme", ResourceVersion: "1", Generation: 1}}
		change(tenant)
		return tenant
	}
	for name, c := range map[string]struct {
		after *v1alpha1.Tenant
		want  bool
	}{
		"a resync":     {tenant(func(*v1alpha1.Tenant) {}), true},
		"another spec": {tenant(func(t *v1alpha1.Tenant) { t.ResourceVersion, t.Generation = "2", 2 }), true},
		"another standing": {tenant(func(t *v1alpha1.Tenant) {
			t.ResourceVersion, t.Status.Standing = "2", &v1alpha1.Standing{MayRun: true}
		}), true},
		// A pass may have compared with a cache that lacked this write.
		"the echo of its own write": {tenant(func(t *v1alpha1.Tenant) {
			t.ResourceVersion = "2"
			t.Status.Conditions = []metav1.Condition{{Type: conditionReady, Status: metav1.ConditionFalse, Reason: "Starting"}}
		}), true},
		"what the observer notes of usage": {tenant(func(t *v1alpha1.Tenant) {
			t.ResourceVersion, t.Status.Usage = "2", &v1alpha1.Usage{Contacts: 3}
		}), false},
	} {
		t.Run(name, func(t *testing.T) {
			before := tenant(func(*v1alpha1.Tenant) {})
			if got := inputsChanged().Update(event.UpdateEvent{ObjectOld: before, ObjectNew: c.after}); got != c.want {
				t.Errorf("passes: %v, want %v", got, c.want)
			}
		})
	}
}
