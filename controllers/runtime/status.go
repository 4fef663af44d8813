package runtime

import (
	"errors"
	"fmt"

	appsv1 "k8s.io/api/apps/v1"
	"k8s.io/apimachinery/pkg/api/meta"
	metav1 "k8s.io/apimachinery/pkg/apis/meta/v1"

	"github.com/grupobizopps/salexops/api/v1alpha1"
	"github.com/grupobizopps/salexops/internal/tenantstatus"
)

// Conditions that runtime writes.
const (
	conditionProvisioned = "Provisioned"
	conditionReady       = "Ready"
	conditionReconciling = "Reconciling"
	conditionStalled     = "Stalled"
)

// ownPart is what runtime writes of a Tenant's status.
func ownPart(status v1alpha1.TenantStatus) v1alpha1.TenantStatus {
	own := v1alpha1.TenantStatus{
		ObservedGeneration: status.ObservedGeneration,
		Namespace:          status.Namespace,
		URL:                status.URL,
		Conditions: tenantstatus.Conditions(status.Conditions,
			conditionProvisioned, conditionReady, conditionReconciling, conditionStalled),
	}
	if instance := status.Instance; instance != nil {
		own.Instance = &v1alpha1.InstanceStatus{
			State:                   instance.State,
			Ready:                   instance.Ready,
			NamespaceUID:            instance.NamespaceUID,
			InitialPasswordIssuedAt: instance.InitialPasswordIssuedAt,
		}
	}
	return own
}

// situation is what a pass found, as the status is worked out from.
type situation struct {
	attempt *attempt
	// stop is what ended the pass: nil, a *blockedError or a *waitingError.
	stop error
	// workload after the pass; nil where there is none.
	workload *appsv1.StatefulSet
	url      string
	now      metav1.Time
}

// describe works out runtime's part of the status. It reads nothing else.
func describe(tenant *v1alpha1.Tenant, s situation) {
	status := &tenant.Status
	status.ObservedGeneration = tenant.Generation
	if status.Instance == nil {
		status.Instance = &v1alpha1.InstanceStatus{}
	}
	instance := status.Instance
	instance.NamespaceUID = s.attempt.namespaceUID
	instance.InitialPasswordIssuedAt = s.attempt.passwordIssuedAt

	var block *blockedError
	var wait *waitingError
	provisioned := s.stop == nil
	if provisioned {
		status.Namespace = s.attempt.instance.Namespace()
		status.URL = s.url
	}
	instance.State = stateOf(instance.State, provisioned, s.attempt.instance.Replicas, s.workload)
	instance.Ready = readyWord(instance.State)

	set := func(kind string, is bool, reason, message string) {
		state := metav1.ConditionFalse
		if is {
			state = metav1.ConditionTrue
		}
		meta.SetStatusCondition(&status.Conditions, metav1.Condition{
			Type: kind, Status: state, Reason: reason, Message: message,
			ObservedGeneration: tenant.Generation, LastTransitionTime: s.now,
		})
	}
	clear := func(kind string) { meta.RemoveStatusCondition(&status.Conditions, kind) }

	switch {
	case errors.As(s.stop, &block):
		set(conditionProvisioned, false, block.reason, block.message)
		set(conditionReady, false, block.reason, block.message)
		set(conditionStalled, true, block.reason, block.message)
		clear(conditionReconciling)
	case errors.As(s.stop, &wait):
		set(conditionProvisioned, false, reasonProvisioning, wait.message)
		set(conditionReady, false, reasonProvisioning, wait.message)
		set(conditionReconciling, true, reasonProvisioning, wait.message)
		clear(conditionStalled)
	default:
		set(conditionProvisioned, true, reasonProvisioned, "namespace "+status.Namespace+" holds everything the plan calls for")
		reason, message := explain(instance.State, status)
		set(conditionReady, instance.State == v1alpha1.InstanceRunning, reason, message)
		clear(conditionStalled)
		if settled(instance.State) {
			clear(conditionReconciling)
		} else {
			set(conditionReconciling, true, reason, message)
		}
	}
}

// stateOf tells what the instance is doing, from what the StatefulSet reports.
func stateOf(before v1alpha1.InstanceState, provisioned bool, replicas int32, workload *appsv1.StatefulSet) v1alpha1.InstanceState {
	switch {
	case workload == nil && !provisioned:
		return v1alpha1.InstanceProvisioning
	case replicas == 0 && hasPods(workload):
		return v1alpha1.InstanceStopping
	case replicas == 0:
		return v1alpha1.InstanceStopped
	case workload != nil && workload.Status.ObservedGeneration >= workload.Generation && workload.Status.ReadyReplicas > 0:
		return v1alpha1.InstanceRunning
	case before == v1alpha1.InstanceRunning || before == v1alpha1.InstanceUnreachable:
		return v1alpha1.InstanceUnreachable
	}
	return v1alpha1.InstanceStarting
}

// readyWord is the READY column.
func readyWord(state v1alpha1.InstanceState) string {
	switch state {
	case v1alpha1.InstanceRunning:
		return string(metav1.ConditionTrue)
	case v1alpha1.InstanceAsleep:
		return string(v1alpha1.InstanceAsleep)
	case v1alpha1.InstanceStopped:
		return "-"
	default:
		return string(metav1.ConditionFalse)
	}
}

// settled tells whether nothing is under way.
func settled(state v1alpha1.InstanceState) bool {
	switch state {
	case v1alpha1.InstanceRunning, v1alpha1.InstanceStopped, v1alpha1.InstanceAsleep:
		return true
	default:
		return false
	}
}

func explain(state v1alpha1.InstanceState, status *v1alpha1.TenantStatus) (reason, message string) {
	pod := fmt.Sprintf("pod %s/crm-0", status.Namespace)
	switch state {
	case v1alpha1.InstanceRunning:
		return reasonAnswers, "the CRM answers at " + status.URL
	case v1alpha1.InstanceStopped:
		return reasonStopped, "the CRM is stopped, as status.standing asks; its data is untouched"
	case v1alpha1.InstanceStopping:
		return reasonStopped, "the CRM is being stopped, as status.standing asks: " + pod + " is ending"
	case v1alpha1.InstanceUnreachable:
		return reasonStarting, pod + " was ready and isn't any more; kubectl describe it to see why"
	default:
		return reasonStarting, pod + " is starting; if this lasts, kubectl describe it to see why"
	}
}
