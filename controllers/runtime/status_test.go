package runtime

import (
	"testing"
	"time"

	appsv1 "k8s.io/api/apps/v1"
	"k8s.io/apimachinery/pkg/api/meta"
	metav1 "k8s.io/apimachinery/pkg/apis/meta/v1"
	"k8s.io/utils/ptr"

	"github.com/grupobizopps/salexops/api/v1alpha1"
	"github.com/grupobizopps/salexops/controllers/runtime/objects"
)

func workload(wanted, present, ready int32) *appsv1.StatefulSet {
	return &appsv1.StatefulSet{
		ObjectMeta: metav1.ObjectMeta{Generation: 2},
		Spec:       appsv1.StatefulSetSpec{Replicas: ptr.To(wanted)},
		Status:     appsv1.StatefulSetStatus{ObservedGeneration: 2, Replicas: present, ReadyReplicas: ready},
	}
}

func TestStateOf(t *testing.T) {
	unseen := workload(1, 1, 1)
	unseen.Generation++
	for _, test := range []struct {
		name        string
		before      v1alpha1.InstanceState
		provisioned bool
		replicas    int32
		workload    *appsv1.StatefulSet
		want        v1alpha1.InstanceState
	}{
		{"nothing there yet", "", false, 1, nil, v1alpha1.InstanceProvisioning},
		{"just made", v1alpha1.InstanceProvisioning, true, 1, nil, v1alpha1.InstanceStarting},
		{"a pod that isn't ready", v1alpha1.InstanceStarting, true, 1, workload(1, 1, 0), v1alpha1.InstanceStarting},
		{"a ready pod", v1alpha1.InstanceStarting, true, 1, workload(1, 1, 1), v1alpha1.InstanceRunning},
		{"ready, but of an older generation", v1alpha1.InstanceStarting, true, 1, unseen, v1alpha1.InstanceStarting},
		{"ready no more", v1alpha1.InstanceRunning, true, 1, workload(1, 1, 0), v1alpha1.InstanceUnreachable},
		{"still not ready again", v1alpha1.InstanceUnreachable, true, 1, workload(1, 1, 0), v1alpha1.InstanceUnreachable},
		{"to be stopped, pod still there", v1alpha1.InstanceRunning, true, 0, workload(0, 1, 1), v1alpha1.InstanceStopping},
		{"stopped", v1alpha1.InstanceStopping, true, 0, workload(0, 0, 0), v1alpha1.InstanceStopped},
		{"blocked, but still running", v1alpha1.InstanceRunning, false, 1, workload(1, 1, 1), v1alpha1.InstanceRunning},
	} {
		t.Run(test.name, func(t *testing.T) {
			if got := stateOf(test.before, test.provisioned, test.replicas, test.workload); got != test.want {
				t.Errorf("got %s, want %s", got, test.want)
			}
		})
	}
}

// The quota must never forbid the pod whose end it waits for.
func TestPodsAreAllowedUntilTheLastHasGone(t *testing.T) {
	for _, test := range []struct {
		name     string
		replicas int32
		workload *appsv1.StatefulSet
		want     int64
	}{
		{"to be started", 1, nil, 1},
		{"to be started again", 1, workload(0, 0, 0), 1},
		{"running, to be stopped", 0, workload(1, 1, 1), 1},
		{"scaled down, pod ending", 0, workload(0, 1, 0), 1},
		{"gone", 0, workload(0, 0, 0), 0},
		{"never there", 0, nil, 0},
	} {
		t.Run(test.name, func(t *testing.T) {
			if got := podsAllowed(test.replicas, test.workload); got != test.want {
				t.Errorf("got %d, want %d", got, test.want)
			}
		})
	}
}

func TestDescribeSpeaksKstatus(t *testing.T) {
	now := metav1.NewTime(time.Date(2027, 1, 15, 0, 0, 0, 0, time.UTC))
	for _, test := range []struct {
		name                 string
		stop                 error
		workload             *appsv1.StatefulSet
		ready, reason        string
		reconciling, stalled bool
	}{
		{"ready", nil, workload(1, 1, 1), "True", reasonAnswers, false, false},
		{"starting", nil, workload(1, 1, 0), "False", reasonStarting, true, false},
		{"waiting", waiting("for the licence"), nil, "False", reasonProvisioning, true, false},
		{"blocked", blocked(reasonHostTaken, "the host is taken"), nil, "False", reasonHostTaken, false, true},
	} {
		t.Run(test.name, func(t *testing.T) {
			tenant := &v1alpha1.Tenant{ObjectMeta: metav1.ObjectMeta{Name: "acme", Generation: 3}}
			a := &attempt{tenant: tenant, instance: objects.Instance{Tenant: "acme", Replicas: 1}}
			describe(tenant, situation{attempt: a, stop: test.stop, workload: test.workload, url: "https://acme.example", now: now})
			conditions := tenant.Status.Conditions
			ready := meta.FindStatusCondition(conditions, conditionReady)
			if string(ready.Status) != test.ready || ready.Reason != test.reason || ready.ObservedGeneration != 3 {
				t.Errorf("Ready is %+v", ready)
			}
			if meta.IsStatusConditionTrue(conditions, conditionReconciling) != test.reconciling ||
				meta.IsStatusConditionTrue(conditions, conditionStalled) != test.stalled {
				t.Errorf("the conditions are %+v", conditions)
			}
			if (tenant.Status.URL != "") != (test.stop == nil) {
				t.Errorf("the address is %q", tenant.Status.URL)
			}
		})
	}
}

func TestTheOlderTenantHasTheHost(t *testing.T) {
	made := func(name string, second int) *v1alpha1.Tenant {
		return &v1alpha1.Tenant{ObjectMeta: metav1.ObjectMeta{
			Name: name, CreationTimestamp: metav1.NewTime(time.Date(2027, 1, 1, 0, 0, second, 0, time.UTC)),
		}}
	}
	if !precedes(made("b", 1), made("a", 2)) || precedes(made("a", 2), made("b", 1)) {
		t.Error("the younger one came first")
	}
	if !precedes(made("a", 1), made("b", 1)) || precedes(made("b", 1), made("a", 1)) {
		t.Error("two of the same second are not told apart by name")
	}
}

func TestInitialPasswordsDifferAndAreReadable(t *testing.T) {
	seen := map[string]bool{}
	for range 1000 {
		password := string(newPassword())
		if len(password) != 23 || seen[password] {
			t.Fatalf("got %q", password)
		}
		seen[password] = true
	}
}
