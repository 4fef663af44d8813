package runtime

import (
	"strings"
	"time"

	"github.com/prometheus/client_golang/prometheus"
	corev1 "k8s.io/api/core/v1"
	"k8s.io/apimachinery/pkg/api/meta"
	metav1 "k8s.io/apimachinery/pkg/apis/meta/v1"
	"sigs.k8s.io/controller-runtime/pkg/metrics"

	"github.com/grupobizopps/salexops/api/v1alpha1"
)

// startSeconds measures what a tenant waits for: from the moment it may have an
// instance until that answers.
var startSeconds = prometheus.NewHistogramVec(prometheus.HistogramOpts{
	Name:    "salexops_instance_start_seconds",
	Help:    "Time from the moment an instance should run until it answers. kind is provision for a tenant's first start, else start.",
	Buckets: []float64{1, 2, 3, 4, 5, 6, 8, 10, 15, 20, 30, 60, 120, 300, 900},
}, []string{"kind"})

func init() { metrics.Registry.MustRegister(startSeconds) }

// announce tells of what changed between two saved statuses.
func (r *Reconciler) announce(before, after *v1alpha1.Tenant) {
	for _, kind := range []string{conditionProvisioned, conditionReady} {
		was := meta.FindStatusCondition(before.Status.Conditions, kind)
		is := meta.FindStatusCondition(after.Status.Conditions, kind)
		if is == nil || (was != nil && was.Status == is.Status && was.Reason == is.Reason) {
			continue
		}
		blocked := meta.IsStatusConditionTrue(after.Status.Conditions, conditionStalled)
		switch {
		case is.Status == metav1.ConditionTrue:
			r.Recorder.Eventf(after, nil, corev1.EventTypeNormal, is.Reason, "Provision", "%s", is.Message)
		case is.Reason == reasonNotRegistered:
			// The standing has told why, in its own event.
		case kind == conditionProvisioned && blocked:
			r.Recorder.Eventf(after, nil, corev1.EventTypeWarning, is.Reason, "Provision", "%s", is.Message)
		case kind == conditionReady && !blocked && was != nil && was.Status == metav1.ConditionTrue:
			r.Recorder.Eventf(after, nil, corev1.EventTypeNormal, is.Reason, "Provision", "%s", is.Message)
		}
	}
}

// measureStart observes how long a start took, at the end of it.
func measureStart(before, after *v1alpha1.Tenant, now time.Time) {
	was := meta.FindStatusCondition(before.Status.Conditions, conditionReady)
	registered := meta.FindStatusCondition(after.Status.Conditions, conditionRegistered)
	if was == nil || registered == nil || was.Status == metav1.ConditionTrue ||
		!meta.IsStatusConditionTrue(after.Status.Conditions, conditionReady) {
		return
	}
	kind, since := "start", was.LastTransitionTime
	if before.Status.Instance == nil || before.Status.Instance.ExchangedAt == nil {
		kind = "provision"
	}
	if since.Before(&registered.LastTransitionTime) {
		since = registered.LastTransitionTime
	}
	startSeconds.WithLabelValues(kind).Observe(now.Sub(since.Time).Seconds())
}

// addressOf fills the host into the template of addresses.
func addressOf(template, host string) string {
	return strings.ReplaceAll(template, "{host}", host)
}
