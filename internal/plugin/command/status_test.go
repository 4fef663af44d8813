package command_test

import (
	"strings"
	"testing"
	"time"

	metav1 "k8s.io/apimachinery/pkg/apis/meta/v1"
	"sigs.k8s.io/controller-runtime/pkg/client"

	"github.com/grupobizopps/salexops/api/v1alpha1"
)

func TestStatusIsTheFleetOnOneScreen(t *testing.T) {
	newHouse(t).prints("status", "status")
	newHouse(t).prints("status-json", "status", "-o", "json")
}

// trouble is a fleet in which much is wrong.
func trouble(t *testing.T) *house {
	h := newHouse(t,
		policy(func(p *v1alpha1.PlatformPolicy) {
			p.Spec.Freeze = true
			p.Spec.TestClock = &v1alpha1.TestClock{Now: *at(t, "2027-02-24T16:00:00Z")}
			p.Status.Breaker = &v1alpha1.BreakerStatus{
				Disable: &v1alpha1.BreakerTrip{TrippedAt: *at(t, "2027-02-24T07:00:01Z"), Due: 47, Limit: 20},
			}
		}),
		tenant("botica", func(tenant *v1alpha1.Tenant) { tenant.Spec.Hold = true }),
		tenant("acme", func(tenant *v1alpha1.Tenant) {
			tenant.Status.Conditions = append(tenant.Status.Conditions, metav1.Condition{
				Type: "Reachable", Status: metav1.ConditionFalse, Reason: "Unreachable", Message: "the instance does not answer", LastTransitionTime: *at(t, "2027-02-24T15:00:00Z"),
			})
		}),
		tenant("globex", func(tenant *v1alpha1.Tenant) { tenant.Status = v1alpha1.TenantStatus{} }),
		func(object client.Object) {
			if n, is := object.(*v1alpha1.Notice); is {
				n.Status.State, n.Status.BouncedAt = v1alpha1.NoticeBounced, at(t, "2027-02-20T07:03:00Z")
			}
		},
	)
	return h
}

func TestStatusSaysWhatNeedsAttention(t *testing.T) {
	trouble(t).prints("status-trouble", "status")
}

func TestColoursOnlyOnATerminal(t *testing.T) {
	h := trouble(t)
	h.colour = true
	h.prints("status-colour", "status")
	out, _, _ := trouble(t).run("status")
	if strings.Contains(out, "\x1b") {
		t.Error("it paints what is no terminal")
	}
}

func TestStatusOfNothing(t *testing.T) {
	h := newHouse(t)
	h.objects = nil
	h.prints("status-empty", "status")
}

func TestStatusCutsLongLists(t *testing.T) {
	h := fleetOf(t, 20)
	h.now = time.Date(2027, 2, 24, 16, 0, 0, 0, time.UTC)
	out, _, _ := h.run("status")
	says(t, out, "…            9 more; -o wide shows all")
	wide, _, _ := h.run("status", "-o", "wide")
	says(t, wide, "minera-019")
}

func TestARefusedTestClockIsNotThePresent(t *testing.T) {
	refused := func(object client.Object) {
		if p, is := object.(*v1alpha1.PlatformPolicy); is {
			p.Status.Conditions = []metav1.Condition{{Type: "TestClockRefused", Status: metav1.ConditionTrue, Reason: "NotAllowed", LastTransitionTime: metav1.Time{Time: morning}}}
		}
	}
	h := trouble(t)
	for _, object := range h.objects {
		refused(object)
	}
	out, _, _ := h.run("status")
	says(t, out, "23 Feb 2027 09:14 America/Hermosillo\n")
}
