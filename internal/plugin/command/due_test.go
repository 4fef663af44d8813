package command_test

import (
	"fmt"
	"testing"
	"time"

	"sigs.k8s.io/controller-runtime/pkg/client"

	"github.com/grupobizopps/salexops/api/v1alpha1"
)

func TestDueListsWhatComesWithinAWeek(t *testing.T) {
	newHouse(t).prints("due", "due", "--within", "7d")
}

func TestWholeDaysEndWithTheMidnightAfterTheLast(t *testing.T) {
	newHouse(t).prints("due-6d", "due", "--within", "6d")
	newHouse(t).prints("due-12h", "due", "--within", "12h")
}

func TestWhatAPaymentNotOverdueYetPreventsIsListedOnlyWhenWanted(t *testing.T) {
	newHouse(t).prints("due-90d", "due", "--within", "90d")
	newHouse(t).prints("due-90d-wide", "due", "--within", "90d", "-o", "wide")
}

func TestDueSaysWhatIsHeldBack(t *testing.T) {
	h := newHouse(t,
		tenant("botica", func(tenant *v1alpha1.Tenant) { tenant.Spec.Hold = true }),
		policy(func(p *v1alpha1.PlatformPolicy) { p.Spec.Freeze = true }),
	)
	h.now = time.Date(2027, 2, 24, 16, 0, 0, 0, time.UTC) // after minera's deadline, on a feed of the day before
	h.prints("due-held", "due")
}

func TestAPaymentMadeAheadCallsOff(t *testing.T) {
	newHouse(t, subscription("minera", func(s *v1alpha1.Subscription) {
		s.Status.Billing.Payments = append(s.Status.Billing.Payments, v1alpha1.Payment{
			ID: "pay-0002", ReceivedAt: *at(t, "2027-02-22T18:00:00Z"), Amount: "499.00", Currency: "MXN", AmountUSD: "27.20",
			PeriodFrom: "2027-02-24", PeriodTo: "2027-03-19",
		})
	})).prints("due-paid-ahead", "due")
}

// fleetOf makes a ledger of botica and many tenants like minera.
func fleetOf(t *testing.T, n int) *house {
	h := newHouse(t)
	for i := range n {
		name := fmt.Sprintf("minera-%03d", i)
		for _, object := range h.objects[:len(h.objects):len(h.objects)] {
			if object.GetName() != "minera" {
				continue
			}
			like := object.DeepCopyObject().(client.Object)
			like.SetName(name)
			if s, is := like.(*v1alpha1.Subscription); is {
				s.Spec.TenantRef.Name = name
			}
			h.objects = append(h.objects, like)
		}
	}
	return h
}

func TestDueWarnsThatTheBreakerWillTrip(t *testing.T) {
	out, problems, code := fleetOf(t, 25).run("due", "--within", "1d")
	if code != 0 {
		t.Fatal(problems)
	}
	ends(t, out, `
26 acts: 26 disables (breaker: 26 of 27 running, limit 20 an hour; 0 purges, limit 50 a day)
The breaker will trip 24 Feb 00:00: 26 disables within an hour, limit 20. Then none of them is carried out until somebody acknowledges.
`)
}

func TestDueSaysThatTheBreakerHasTripped(t *testing.T) {
	h := newHouse(t, policy(func(p *v1alpha1.PlatformPolicy) {
		p.Status.Breaker = &v1alpha1.BreakerStatus{Purge: &v1alpha1.BreakerTrip{TrippedAt: *at(t, "2027-02-23T07:00:01Z"), Due: 51, Limit: 50}}
	}))
	h.prints("due-tripped", "due")
}

func TestDueAsJSON(t *testing.T) {
	newHouse(t).prints("due-json", "due", "-o", "json")
}

func TestDueGoesOnPastATenantThatCannotBeRead(t *testing.T) {
	newHouse(t, subscription("acme", func(s *v1alpha1.Subscription) { s.Spec.AnchorDate = "soon" })).prints("due-unreadable", "due")
}

func TestDueRefusesWhatIsNoTime(t *testing.T) {
	for _, within := range []string{"soon", "-1d", "d", "0h", "9999d", "1.5d"} {
		newHouse(t).fails(2, `--within: "`+within+`" is not a length of time`, "due", "--within="+within)
	}
}
