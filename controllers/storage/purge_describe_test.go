package storage

import (
	"context"
	"errors"
	"os"
	"regexp"
	"strings"
	"testing"
	"time"

	"k8s.io/apimachinery/pkg/api/meta"
	metav1 "k8s.io/apimachinery/pkg/apis/meta/v1"
	apiruntime "k8s.io/apimachinery/pkg/runtime"
	testingclock "k8s.io/utils/clock/testing"
	ctrl "sigs.k8s.io/controller-runtime"
	"sigs.k8s.io/controller-runtime/pkg/client"
	"sigs.k8s.io/controller-runtime/pkg/client/fake"

	"github.com/grupobizopps/salexops/api/v1alpha1"
	"github.com/grupobizopps/salexops/contract"
	"github.com/grupobizopps/salexops/internal/index"
)

// TestEveryGuardHasARemedy reads the guards from where they are declared, so
// that a new one can't be forgotten.
func TestEveryGuardHasARemedy(t *testing.T) {
	source, err := os.ReadFile("../../contract/guard.go")
	if err != nil {
		t.Fatal(err)
	}
	guards := regexp.MustCompile(`Guard\w+\s+Guard = "(\w+)"`).FindAllStringSubmatch(string(source), -1)
	if len(guards) < len(every) {
		t.Fatalf("found %d guards", len(guards))
	}
	for _, found := range guards {
		blocked := blockedBy(contract.Guard(found[1]), "acme")
		remedy := remedies[contract.Guard(found[1])]
		if remedy == "" || blocked.reason != found[1] || !strings.Contains(blocked.message, remedy) || !strings.Contains(blocked.message, "acme") {
			t.Errorf("%s has no remedy: %s", found[1], blocked.message)
		}
	}
}

func TestWithoutAPolicyNoTripIsToldOf(t *testing.T) {
	for name, c := range map[string]struct {
		policy *v1alpha1.PlatformPolicy
		words  string
	}{
		"there is no policy": {nil, "there is no PlatformPolicy default"},
		"it has tripped":     {&v1alpha1.PlatformPolicy{}, "the circuit breaker has tripped"},
	} {
		r := &PurgeReconciler{Permit: func(context.Context, contract.ActKind, string, time.Time) (bool, error) { return false, nil }}
		s := purge()
		s.policy = c.policy
		var blocked *blockedError
		err := r.begin(t.Context(), s)
		if !errors.As(err, &blocked) || blocked.reason != string(contract.GuardBreakerClosed) || !strings.Contains(blocked.message, c.words) {
			t.Errorf("%s: %v", name, err)
		}
	}
}

// blockedTenants is a ledger in which the purges of two tenants wait, and only
// acme has a Subscription.
func blockedTenants(t *testing.T) *PurgeReconciler {
	t.Helper()
	scheme := apiruntime.NewScheme()
	if err := v1alpha1.AddToScheme(scheme); err != nil {
		t.Fatal(err)
	}
	builder := fake.NewClientBuilder().WithScheme(scheme).WithStatusSubresource(&v1alpha1.Tenant{}).
		WithIndex(&v1alpha1.Subscription{}, index.SubscriptionByTenant, func(o client.Object) []string {
			return []string{o.(*v1alpha1.Subscription).Spec.TenantRef.Name}
		}).WithObjects(purge().subscriptionOf("acme"))
	r := &PurgeReconciler{Clock: testingclock.NewFakePassiveClock(purgeDay), Options: Options{AccountsNamespace: "salexops-accounts"}}
	for _, name := range []string{"acme", "globex"} {
		builder.WithObjects(&v1alpha1.Tenant{ObjectMeta: metav1.ObjectMeta{Namespace: "salexops-accounts", Name: name}})
	}
	r.Client = builder.Build()
	for _, name := range []string{"acme", "globex"} {
		if err := r.recordPurgeBlock(t.Context(), name, blockedBy(contract.GuardBreakerClosed, name)); err != nil {
			t.Fatal(err)
		}
	}
	return r
}

// subscriptionOf is the scene's Subscription as that of a tenant.
func (s *purgeScene) subscriptionOf(tenant string) *v1alpha1.Subscription {
	s.subscription.ResourceVersion = ""
	s.subscription.Spec.TenantRef.Name = tenant
	return s.subscription
}

// tenant reads one, and reports whether its purge is said to wait.
func (r *PurgeReconciler) tenant(t *testing.T, name string) (tenant *v1alpha1.Tenant, waits bool) {
	t.Helper()
	tenant = &v1alpha1.Tenant{}
	if err := r.Client.Get(t.Context(), client.ObjectKey{Namespace: "salexops-accounts", Name: name}, tenant); err != nil {
		t.Fatal(err)
	}
	return tenant, meta.IsStatusConditionTrue(tenant.Status.Conditions, conditionPurgeBlocked)
}

func TestNoPurgeWaitsForATenantWhoseSubscriptionIsGone(t *testing.T) {
	r := blockedTenants(t)
	globex, waits := r.tenant(t, "globex")
	if !waits {
		t.Fatal("the purge of globex is not said to wait")
	}
	// An operator that was away hears of the Tenant, and of no deletion.
	requests := r.subscriptionsOf(t.Context(), globex)
	if len(requests) != 1 {
		t.Fatalf("nothing brings globex back: %v", requests)
	}
	if _, err := r.Reconcile(t.Context(), requests[0]); err != nil {
		t.Fatal(err)
	}
	if _, waits := r.tenant(t, "globex"); waits {
		t.Error("the purge of globex waits for ever")
	}
	if _, waits := r.tenant(t, "acme"); !waits {
		t.Error("acme has a Subscription, and its purge still waits")
	}
	if _, err := r.Reconcile(t.Context(), ctrl.Request{NamespacedName: client.ObjectKey{Namespace: "salexops-accounts", Name: "gone"}}); err != nil {
		t.Error(err)
	}
}
