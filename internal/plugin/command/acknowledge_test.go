package command_test

import (
	"context"
	"testing"

	metav1 "k8s.io/apimachinery/pkg/apis/meta/v1"
	"sigs.k8s.io/controller-runtime/pkg/client"

	"github.com/grupobizopps/salexops/api/v1alpha1"
)

// tripped is a house whose breaker has tripped.
func tripped(t *testing.T, disable, purge *v1alpha1.BreakerTrip) *house {
	return newHouse(t, policy(func(p *v1alpha1.PlatformPolicy) {
		p.Status.Breaker = &v1alpha1.BreakerStatus{State: v1alpha1.BreakerTripped, Disable: disable, Purge: purge}
	}))
}

func (h *house) acknowledged() *metav1.Time {
	h.t.Helper()
	var p v1alpha1.PlatformPolicy
	if err := h.client.Get(context.Background(), client.ObjectKey{Name: "default"}, &p); err != nil {
		h.t.Fatal(err)
	}
	return p.Spec.Breaker.AcknowledgedTrip
}

func TestATripIsAcknowledgedByTypingTheNumber(t *testing.T) {
	trip := &v1alpha1.BreakerTrip{TrippedAt: *at(t, "2027-02-23T07:00:01Z"), Due: 47, Limit: 31}
	h := tripped(t, trip, nil)
	h.typed = "74\n"
	h.fails(1, `"74" is not 47: nothing was changed`, "acknowledge")
	if h.acknowledged() != nil {
		t.Error("it was acknowledged all the same")
	}
	h.typed = "47\n"
	out, asked, code := h.run("acknowledge")
	if code != 0 || !h.acknowledged().Equal(&trip.TrippedAt) {
		t.Fatalf("exits with %d, acknowledged is %v: %s", code, h.acknowledged(), asked)
	}
	golden(t, "acknowledge", asked+out)
	again, _, code := h.run("acknowledge")
	if code != 0 {
		t.Errorf("acknowledging again exits with %d", code)
	}
	says(t, again, "Acknowledged")
}

func TestYesAsksNoQuestion(t *testing.T) {
	h := tripped(t, nil, &v1alpha1.BreakerTrip{TrippedAt: *at(t, "2027-02-23T07:00:01Z"), Due: 51, Limit: 50})
	h.prints("acknowledge-json", "acknowledge", "--yes", "-o", "json")
	if h.acknowledged() == nil {
		t.Error("it was not acknowledged")
	}
}

func TestOfTwoTripsOneIsChosen(t *testing.T) {
	disable := &v1alpha1.BreakerTrip{TrippedAt: *at(t, "2027-02-23T07:00:01Z"), Due: 47, Limit: 31}
	purge := &v1alpha1.BreakerTrip{TrippedAt: *at(t, "2027-02-23T07:00:05Z"), Due: 51, Limit: 50}
	h := tripped(t, disable, purge)
	h.fails(2, "say which is meant, --kind Disable or --kind Purge", "acknowledge", "--yes")
	h.fails(2, `"purge" is not a kind of trip`, "acknowledge", "--kind", "purge")
	if _, problems, code := h.run("acknowledge", "--yes", "--kind", "Purge"); code != 0 || !h.acknowledged().Equal(&purge.TrippedAt) {
		t.Errorf("exits with %d, acknowledged is %v: %s", code, h.acknowledged(), problems)
	}
	tripped(t, disable, nil).fails(2, "the breaker has not tripped over Purge, but over Disable", "acknowledge", "--kind", "Purge")
}

func TestTripsOfTheSameSecondAreAcknowledgedTogether(t *testing.T) {
	second := *at(t, "2027-02-23T07:00:01Z")
	h := tripped(t, &v1alpha1.BreakerTrip{TrippedAt: second, Due: 47, Limit: 31}, &v1alpha1.BreakerTrip{TrippedAt: second, Due: 51, Limit: 50})
	h.typed = "98\n"
	out, problems, code := h.run("acknowledge", "--kind", "Disable")
	if code != 0 {
		t.Fatal(problems)
	}
	says(t, out, "98 at most")
}

func TestNothingToAcknowledge(t *testing.T) {
	newHouse(t).prints("acknowledge-nothing", "acknowledge")
	seen := at(t, "2027-02-23T08:00:00Z")
	tripped(t, &v1alpha1.BreakerTrip{TrippedAt: *at(t, "2027-02-23T07:00:01Z"), AcknowledgedAt: seen}, nil).prints("acknowledge-nothing", "acknowledge")
}
