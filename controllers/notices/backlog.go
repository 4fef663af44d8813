package notices

import (
	"context"
	"time"

	"github.com/prometheus/client_golang/prometheus"
	"k8s.io/apimachinery/pkg/api/meta"
	"k8s.io/utils/clock"
	"sigs.k8s.io/controller-runtime/pkg/client"

	"github.com/grupobizopps/salexops/api/v1alpha1"
	"github.com/grupobizopps/salexops/internal/contracttime"
)

// Backlog counts the open notices that nobody has got yet, by how long they have
// been due, whenever metrics are scraped, from the cache.
type Backlog struct {
	Reader            client.Reader
	Clock             clock.PassiveClock
	AccountsNamespace string
	AllowTestClock    bool
}

var undelivered = prometheus.NewDesc("salexops_notices_undelivered",
	"Open notices that are not delivered, by purpose and by how long they have been due on the contract's clock: hour (less than one), day (less than one) or longer.",
	[]string{"purpose", "due"}, nil)

// Describe implements prometheus.Collector.
func (b *Backlog) Describe(descriptions chan<- *prometheus.Desc) { descriptions <- undelivered }

// Collect implements prometheus.Collector.
func (b *Backlog) Collect(collected chan<- prometheus.Metric) {
	ctx := context.Background()
	var list v1alpha1.NoticeList
	err := b.Reader.List(ctx, &list, client.InNamespace(b.AccountsNamespace), client.UnsafeDisableDeepCopy)
	if err != nil {
		collected <- prometheus.NewInvalidMetric(undelivered, err)
		return
	}
	policy, err := readPolicy(ctx, b.Reader)
	if err != nil {
		collected <- prometheus.NewInvalidMetric(undelivered, err)
		return
	}
	now, _ := contracttime.Now(policy, b.AllowTestClock, b.Clock.Now())
	type kind struct{ purpose, due string }
	counts := map[kind]int{}
	for _, purpose := range []v1alpha1.NoticePurpose{v1alpha1.NoticePaymentReminder, v1alpha1.NoticePurge} {
		for _, due := range []string{dueHour, dueDay, dueLonger} {
			counts[kind{string(purpose), due}] = 0 // An alert needs to see it end.
		}
	}
	for i := range list.Items {
		notice := &list.Items[i]
		if open(notice) && !meta.IsStatusConditionTrue(notice.Status.Conditions, conditionDelivered) {
			counts[kind{string(notice.Spec.Purpose), dueFor(notice, now)}]++
		}
	}
	for of, count := range counts {
		collected <- prometheus.MustNewConstMetric(undelivered, prometheus.GaugeValue, float64(count), of.purpose, of.due)
	}
}

const (
	dueHour   = "hour"
	dueDay    = "day"
	dueLonger = "longer"
)

// dueFor is how long a notice has been due, in one word.
func dueFor(notice *v1alpha1.Notice, now time.Time) string {
	at := notice.Spec.Deadline.At
	switch {
	case at == nil || now.Sub(at.Time) < time.Hour:
		return dueHour
	case now.Sub(at.Time) < oneDay:
		return dueDay
	default:
		return dueLonger
	}
}
