package command_test

import (
	"testing"

	metav1 "k8s.io/apimachinery/pkg/apis/meta/v1"
	"sigs.k8s.io/controller-runtime/pkg/client"

	"github.com/grupobizopps/salexops/api/v1alpha1"
)

// deleted is a tenant whose deletion was asked for and not confirmed.
func deleted(t *testing.T) func(client.Object) {
	return tenant("globex", func(tenant *v1alpha1.Tenant) {
		tenant.Finalizers, tenant.DeletionTimestamp = []string{v1alpha1.InstanceFinalizer}, at(t, "2027-02-23T15:00:00Z")
		tenant.Status.Conditions = []metav1.Condition{{
			Type: "DeletionBlocked", Status: metav1.ConditionTrue, Reason: "NotConfirmed", LastTransitionTime: *at(t, "2027-02-23T15:00:01Z"),
			Message: "nothing was deleted: annotate Tenant globex with crm.salexops.com/confirm-deletion=globex",
		}}
	})
}

func TestADeletionThatIsBlockedIsSeenEverywhere(t *testing.T) {
	newHouse(t, deleted(t)).prints("deletion-explain", "explain", "globex")
	newHouse(t, deleted(t)).prints("deletion-due", "due")
	newHouse(t, deleted(t)).prints("deletion-status", "status")
}

func TestTheEndOfAContractIsDue(t *testing.T) {
	newHouse(t, tenant("globex", func(tenant *v1alpha1.Tenant) {
		tenant.Status.Termination = &v1alpha1.TerminationStatus{Delete: &v1alpha1.Deadline{At: at(t, "2027-02-26T07:00:00Z")}}
	})).prints("deletion-ended", "due", "--within", "3d")
}
