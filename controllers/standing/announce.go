package standing

import (
	corev1 "k8s.io/api/core/v1"
	"k8s.io/apimachinery/pkg/api/meta"
	metav1 "k8s.io/apimachinery/pkg/apis/meta/v1"

	"github.com/grupobizopps/salexops/api/v1alpha1"
	"github.com/grupobizopps/salexops/contract"
)

// announce tells of what changed between two saved statuses.
func (r *Reconciler) announce(before, after *v1alpha1.Tenant) {
	was := meta.FindStatusCondition(before.Status.Conditions, conditionRegistered)
	is := meta.FindStatusCondition(after.Status.Conditions, conditionRegistered)
	if is != nil && (was == nil || was.Status != is.Status || was.Reason != is.Reason) {
		kind, reason := corev1.EventTypeNormal, "Registered"
		if is.Status != metav1.ConditionTrue {
			kind, reason = corev1.EventTypeWarning, is.Reason
		}
		r.Recorder.Eventf(after, nil, kind, reason, "Evaluate", "%s", is.Message)
	}
	if before.Status.Standing != nil && before.Status.Standing.Summary != after.Status.Standing.Summary {
		r.Recorder.Eventf(after, nil, corev1.EventTypeNormal, after.Status.Standing.Summary, "Evaluate",
			"the standing changed from %s to %s", before.Status.Standing.Summary, after.Status.Standing.Summary)
	}
	held := meta.FindStatusCondition(after.Status.Conditions, conditionActsHeld)
	// A tripped breaker holds a whole fleet: it has told so itself, once.
	if held != nil && held.Reason != string(contract.GuardBreakerClosed) && !meta.IsStatusConditionTrue(before.Status.Conditions, conditionActsHeld) {
		r.Recorder.Eventf(after, nil, corev1.EventTypeWarning, held.Reason, "Evaluate", "%s", held.Message)
	}
}
