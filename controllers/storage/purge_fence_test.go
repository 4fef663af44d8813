package storage

import (
	"context"
	"encoding/json"
	"strings"
	"testing"

	apiruntime "k8s.io/apimachinery/pkg/runtime"
	"sigs.k8s.io/controller-runtime/pkg/client"
	"sigs.k8s.io/controller-runtime/pkg/client/fake"
	"sigs.k8s.io/controller-runtime/pkg/client/interceptor"

	"github.com/grupobizopps/salexops/api/v1alpha1"
	acv1 "github.com/grupobizopps/salexops/api/v1alpha1/applyconfiguration/api/v1alpha1"
)

// sent saves a fence and returns what was sent for it.
func sent(t *testing.T, s *purgeScene, fence *v1alpha1.PurgeStatus) string {
	t.Helper()
	var all []string
	r := &PurgeReconciler{Client: fake.NewClientBuilder().WithInterceptorFuncs(interceptor.Funcs{
		SubResourceApply: func(_ context.Context, _ client.Client, name string, sent apiruntime.ApplyConfiguration, options ...client.SubResourceApplyOption) error {
			data, err := json.Marshal(sent)
			if err != nil {
				return err
			}
			applied := &client.SubResourceApplyOptions{}
			applied.ApplyOpts(options)
			all = append(all, name+" by "+applied.FieldManager+": "+string(data))
			if of, ok := sent.(*acv1.SubscriptionApplyConfiguration); ok {
				of.WithResourceVersion("8") // As the API server answers.
			}
			return nil
		},
	}).Build()}
	if err := r.saveFence(t.Context(), s, fence); err != nil {
		t.Fatal(err)
	}
	if len(all) != 1 {
		t.Fatalf("%d requests: %s", len(all), strings.Join(all, "\n"))
	}
	return all[0]
}

const head = `status by salexops-storage: {"kind":"Subscription","apiVersion":"crm.salexops.com/v1alpha1",` +
	`"metadata":{"name":"acme","namespace":"salexops-accounts","uid":"subscription","resourceVersion":"7"},"status":`

func TestTheFenceIsSavedAndNothingElse(t *testing.T) {
	s := purge()
	s.subscription.Status.Billing.Payments = []v1alpha1.Payment{{ID: "pay-0001"}}
	s.subscription.Status.PaidThrough = "2027-01-30"
	got := sent(t, s, s.intent())
	want := head + `{"lapses":[{"openedOn":"2027-02-01","purge":{"intentAt":"2027-03-03T07:00:01Z","claimUID":"claim","keyUID":"key","volumeName":"pv-1"}}]}}`
	if got != want {
		t.Errorf("got  %s\nwant %s", got, want)
	}
	if s.subscription.ResourceVersion != "8" {
		t.Errorf("the next step would be saved on top of version %s", s.subscription.ResourceVersion)
	}
}

func TestTheFencesOfClosedLapsesAreKept(t *testing.T) {
	s := purge()
	closed := v1alpha1.Lapse{
		OpenedOn: "2026-02-01", ClosedAt: stamp(-100), ClosedBy: "pay-0000",
		Purge: &v1alpha1.PurgeStatus{IntentAt: stamp(-120), CompletedAt: stamp(-120)},
	}
	without := v1alpha1.Lapse{OpenedOn: "2026-06-01", ClosedAt: stamp(-90)}
	s.subscription.Status.Lapses = append([]v1alpha1.Lapse{closed, without}, s.subscription.Status.Lapses...)
	got := sent(t, s, nil)
	want := head + `{"lapses":[{"openedOn":"2026-02-01","purge":{"intentAt":"2026-11-03T07:00:00Z","completedAt":"2026-11-03T07:00:00Z"}}]}}`
	if got != want {
		t.Errorf("got  %s\nwant %s", got, want)
	}
	if s.lapse().Purge != nil {
		t.Error("the fence that was taken back is still in the scene")
	}
}
