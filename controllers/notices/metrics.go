package notices

import (
	"github.com/prometheus/client_golang/prometheus"
	"sigs.k8s.io/controller-runtime/pkg/metrics"

	"github.com/grupobizopps/salexops/api/v1alpha1"
)

var (
	outcomes = prometheus.NewCounterVec(prometheus.CounterOpts{
		Name: "salexops_notices_total",
		Help: "What came of sending notices, by purpose and result: accepted, failed, refused, bounced, in_doubt.",
	}, []string{"purpose", "result"})
	lagSeconds = prometheus.NewHistogramVec(prometheus.HistogramOpts{
		Name:    "salexops_notice_lag_seconds",
		Help:    "Time from the deadline of a notice until the mail server took it, on the contract's clock.",
		Buckets: []float64{1, 5, 15, 60, 300, 900, 3600, 6 * 3600, 24 * 3600, 3 * 24 * 3600, 7 * 24 * 3600},
	}, []string{"purpose"})
)

// measure counts what changed between two saved statuses.
func measure(notice *v1alpha1.Notice, after *v1alpha1.NoticeStatus) {
	purpose := string(notice.Spec.Purpose)
	for _, result := range changes(&notice.Status, after) {
		outcomes.WithLabelValues(purpose, result).Inc()
		if due := notice.Spec.Deadline.At; result == "accepted" && due != nil && after.AcceptedAt != nil {
			lagSeconds.WithLabelValues(purpose).Observe(max(after.AcceptedAt.Sub(due.Time), 0).Seconds())
		}
	}
}

// changes are the results that the later status has and the earlier has not.
func changes(before, after *v1alpha1.NoticeStatus) []string {
	var found []string
	if after.AcceptedAt != nil && !after.AcceptedAt.Equal(before.AcceptedAt) {
		found = append(found, "accepted")
	}
	if after.BouncedAt != nil && !after.BouncedAt.Equal(before.BouncedAt) {
		found = append(found, "bounced")
	}
	if last := lastAttempt(after); last.FailedAt != nil {
		if before.AttemptCount != after.AttemptCount || lastAttempt(before).FailedAt == nil {
			found = append(found, map[bool]string{false: "failed", true: "refused"}[last.Permanent])
		}
	}
	if after.State == v1alpha1.NoticeInDoubt && before.State != v1alpha1.NoticeInDoubt {
		found = append(found, "in_doubt")
	}
	return found
}

// lastAttempt is the latest one, the zero attempt before the first.
func lastAttempt(status *v1alpha1.NoticeStatus) v1alpha1.NoticeAttempt {
	if len(status.Attempts) == 0 {
		return v1alpha1.NoticeAttempt{}
	}
	return status.Attempts[len(status.Attempts)-1]
}

func init() { metrics.Registry.MustRegister(outcomes, lagSeconds) }
