package command_test

import (
	"context"
	"errors"
	"testing"
	"time"

	apierrors "k8s.io/apimachinery/pkg/api/errors"
	"sigs.k8s.io/controller-runtime/pkg/client"
	"sigs.k8s.io/controller-runtime/pkg/client/interceptor"

	"github.com/grupobizopps/salexops/api/v1alpha1"
)

func (h *house) held(name string) (hold bool, reason string) {
	h.t.Helper()
	var tenant v1alpha1.Tenant
	if err := h.client.Get(context.Background(), client.ObjectKey{Namespace: "salexops-accounts", Name: name}, &tenant); err != nil {
		h.t.Fatal(err)
	}
	return tenant.Spec.Hold, tenant.Annotations["crm.salexops.com/hold-reason"]
}

func TestAHoldIsPutOnAndLifted(t *testing.T) {
	h := newHouse(t)
	h.prints("hold", "hold", "botica", "--reason", "the invoice is disputed")
	if hold, reason := h.held("botica"); !hold || reason != "the invoice is disputed" {
		t.Errorf("hold is %v, because %q", hold, reason)
	}
	h.prints("hold-again", "hold", "botica")
	if _, reason := h.held("botica"); reason != "the invoice is disputed" {
		t.Errorf("the reason is lost: %q", reason)
	}
	h.prints("release", "release", "botica")
	if hold, reason := h.held("botica"); hold || reason != "" {
		t.Errorf("hold is %v, because %q", hold, reason)
	}
	h.prints("release-again", "release", "botica")
}

func TestAHoldSaysWhatItDoesNotStop(t *testing.T) {
	newHouse(t).prints("hold-minera", "hold", "minera")
	newHouse(t).prints("hold-json", "hold", "minera", "-o", "json")
}

func TestLiftingTheHoldThatAloneKeepsDataAsksFirst(t *testing.T) {
	onHold := func() *house {
		h := newHouse(t,
			tenant("botica", func(tenant *v1alpha1.Tenant) { tenant.Spec.Hold = true }),
			policy(func(p *v1alpha1.PlatformPolicy) { p.Status.BillingFeed.AsOf = at(t, "2027-03-03T08:00:00Z") }))
		h.now = time.Date(2027, 3, 3, 16, 0, 0, 0, time.UTC)
		return h
	}
	h := onHold()
	h.fails(1, "nothing was typed, and nothing was changed", "release", "botica")
	h.typed = "acme\n"
	h.fails(1, `"acme" is not botica: nothing was changed`, "release", "botica")
	if hold, _ := h.held("botica"); !hold {
		t.Error("it was lifted all the same")
	}
	h.typed = "botica\n"
	h.prints("release-at-once", "release", "botica")
	if _, problems, code := onHold().run("release", "botica", "--yes"); code != 0 {
		t.Error(problems)
	}
}

func TestARefusedHoldNamesTheRole(t *testing.T) {
	h := newHouse(t)
	h.refuse = interceptor.Funcs{Patch: func(context.Context, client.WithWatch, client.Object, client.Patch, ...client.PatchOption) error {
		return apierrors.NewForbidden(v1alpha1.Resource("tenants"), "botica", errors.New("ana may not"))
	}}
	h.fails(1, "ClusterRole salexops-platform-engineer", "hold", "botica")
}
