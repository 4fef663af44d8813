package notices

import (
	"errors"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"github.com/prometheus/client_golang/prometheus"

	"github.com/grupobizopps/salexops/api/v1alpha1"
)

// collected is what a collector says of purge notices, by its other label.
func collected(t *testing.T, collector prometheus.Collector) map[string]float64 {
	t.Helper()
	registry := prometheus.NewPedanticRegistry()
	registry.MustRegister(collector)
	families, err := registry.Gather()
	if err != nil {
		t.Fatal(err)
	}
	values := map[string]float64{}
	for _, family := range families {
		for _, metric := range family.GetMetric() {
			other := ""
			for _, label := range metric.GetLabel() {
				if label.GetName() != "purpose" {
					other = label.GetValue()
				} else if label.GetValue() != string(v1alpha1.NoticePurge) {
					other = ""
					break
				}
			}
			if other != "" {
				values[other] = metric.GetCounter().GetValue() + metric.GetGauge().GetValue()
			}
		}
	}
	return values
}

func TestEveryResultIsCountedOnce(t *testing.T) {
	outcomes.Reset()
	w := newWorld(t)
	w.at(0)
	w.post.refuse = errors.New("connection refused")
	w.run() // Failed.
	w.post.refuse = nil
	w.post.answer = map[string]error{lucia: errNobody, cuentas: errHungUp}
	w.at(2)
	w.run() // Refused, and then in doubt.
	w.report(v1alpha1.NoticeReport{Kind: v1alpha1.NoticeReportDelivered, At: *stamp(3)})
	w.run() // Accepted.
	w.report(v1alpha1.NoticeReport{Kind: v1alpha1.NoticeReportBounced, At: *stamp(9)})
	w.run() // Bounced.
	w.run()
	want := map[string]float64{"failed": 1, "refused": 1, "in_doubt": 1, "accepted": 1, "bounced": 1}
	if diff := cmp.Diff(want, collected(t, outcomes)); diff != "" {
		t.Error(diff)
	}
}

func TestTheBacklogIsCountedByHowLongItHasBeenDue(t *testing.T) {
	w := newWorld(t)
	w.post.refuse = errors.New("connection refused")
	w.at(0)
	w.run()
	backlog := &Backlog{Reader: w.server, Clock: w.clock, AccountsNamespace: accounts}
	for minutes, due := range map[int]string{30: dueHour, 120: dueDay, 3 * 24 * 60: dueLonger} {
		w.clock.SetTime(start.Add(time.Duration(minutes) * time.Minute))
		want := map[string]float64{dueHour: 0, dueDay: 0, dueLonger: 0}
		want[due] = 1
		if diff := cmp.Diff(want, collected(t, backlog)); diff != "" {
			t.Errorf("%d minutes after: %s", minutes, diff)
		}
	}
	w.post.refuse = nil
	w.at(5 * 24 * 60)
	w.run()
	if got := collected(t, backlog); got[dueLonger] != 0 {
		t.Errorf("delivered, and still counted: %v", got)
	}
}
