package notices

import (
	corev1 "k8s.io/api/core/v1"
	"k8s.io/apimachinery/pkg/api/meta"

	"github.com/grupobizopps/salexops/api/v1alpha1"
)

// news are the events by the reason of the condition. What stands still has none.
var news = map[string]struct{ kind, reason string }{
	reasonAccepted:   {corev1.EventTypeNormal, "NoticeAccepted"},
	reasonFailed:     {corev1.EventTypeWarning, "NoticeFailed"},
	reasonRefused:    {corev1.EventTypeWarning, "NoticeFailed"},
	reasonUnreadable: {corev1.EventTypeWarning, "NoticeFailed"},
	reasonBounced:    {corev1.EventTypeWarning, "NoticeBounced"},
	reasonInDoubt:    {corev1.EventTypeWarning, "NoticeInDoubt"},
}

// tell counts what changed between two saved statuses, and tells it once, on the
// Tenant, without anybody's address. A mail server that is down for a night is
// one event, not one at each try.
func (r *Reconciler) tell(s *scene, after *v1alpha1.NoticeStatus) {
	measure(s.notice, after)
	was := meta.FindStatusCondition(s.notice.Status.Conditions, conditionDelivered)
	is := meta.FindStatusCondition(after.Conditions, conditionDelivered)
	if is == nil || s.tenant == nil {
		return
	}
	if was != nil && (was.Message == is.Message || was.Reason == is.Reason && lastAttempt(&s.notice.Status).Address == lastAttempt(after).Address) {
		return
	}
	if event, ok := news[is.Reason]; ok {
		r.Recorder.Eventf(s.tenant, nil, event.kind, event.reason, "Notify", "Notice %s: %s", s.notice.Name, is.Message)
	}
}
