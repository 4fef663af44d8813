package standing

import (
	"fmt"
	"testing"

	"k8s.io/apimachinery/pkg/api/equality"

	"github.com/grupobizopps/salexops/api/v1alpha1"
	"github.com/grupobizopps/salexops/contract"
)

func TestALapseIsRecordedAsTheContractHasIt(t *testing.T) {
	l := newLedger(t)
	if l.live("2027-01-31 23:59"); len(l.subscription.Status.Lapses) != 0 {
		t.Fatal("a lapse is open on D, and money received on D is on time")
	}
	l.lapses()
	lapse := l.only()
	for name, of := range map[string][2]any{
		"opened on":      {lapse.OpenedOn, v1alpha1.Date("2027-02-01")},
		"counts from":    {lapse.CountsFrom, v1alpha1.Date("2027-01-31")},
		"due date":       {lapse.DueDate, v1alpha1.Date("2027-01-31")},
		"disable at":     {lapse.DisableAt.Time, local(t, "2027-02-04 00:00").UTC()},
		"disabled at":    {lapse.DisabledAt.Time, local(t, "2027-02-04 00:00").UTC()},
		"reminded at":    {lapse.RemindedAt.Time, local(t, "2027-02-01 00:00").UTC()},
		"notice":         {lapse.NoticeName, "acme-purge-notice-2027-02-20"},
		"told at":        {lapse.NoticeDeliveredAt.Time, local(t, "2027-02-20 00:00").UTC()},
		"purge at":       {lapse.PurgeAt.Time, local(t, "2027-03-03 00:00").UTC()},
		"purged after":   {*lapse.Policy.PurgeAfterDays, int32(30)},
		"disabled after": {lapse.Policy.DisableAfterDays, int32(3)},
		"billing":        {l.tenant.Status.Standing.Billing, v1alpha1.BillingPurgeScheduled},
	} {
		if of[0] != of[1] {
			t.Errorf("%s: got %v, want %v", name, of[0], of[1])
		}
	}
}

func TestTheSameFactsLeaveTheHistoryAsItIs(t *testing.T) {
	l := newLedger(t)
	l.lapses()
	before := l.subscription.Status.DeepCopy()
	l.live("2027-02-25 12:00")
	if !equality.Semantic.DeepEqual(before, &l.subscription.Status) {
		t.Errorf("it was\n%+v\nand is\n%+v", before, l.subscription.Status)
	}
}

func TestAPaymentThatCoversTodayClosesTheLapse(t *testing.T) {
	l := newLedger(t)
	l.lapses()
	l.pay("pay-0002", "2027-02-25 10:00", "2027-01-31", "2027-02-27")
	l.live("2027-02-25 10:00")
	if lapse := l.only(); lapse.ClosedAt == nil || lapse.ClosedBy != "pay-0002" || lapse.DisabledAt == nil {
		t.Errorf("got %+v", lapse)
	}
	l.live("2027-03-01 00:00")
	lapses := l.subscription.Status.Lapses
	if len(lapses) != 2 || lapses[0].ClosedAt == nil || lapses[1].OpenedOn != "2027-03-01" || lapses[1].DisabledAt != nil {
		t.Errorf("the next one: got %+v", lapses)
	}
}

func TestOfSeveralPaymentsTheLastOneClosesTheLapse(t *testing.T) {
	l := newLedger(t)
	l.pay("later", "2027-02-10 12:00", "2027-02-01", "2027-02-28")
	l.pay("earlier", "2027-02-10 09:00", "2027-02-01", "2027-02-28")
	l.pay("to come", "2027-02-10 18:00", "2027-02-01", "2027-02-28")
	l.pay("of another month", "2027-02-10 12:30", "2027-03-01", "2027-03-30")
	l.pay("reversed", "2027-02-10 12:30", "2027-02-01", "2027-02-28")
	l.reverse("2027-02-10 12:45")
	e := l.look("2027-02-10 13:00")
	if got := coveredBy(&e.account.Facts, e.standing.At); got != "later" {
		t.Errorf("got %q", got)
	}
}

func TestALatePartPaymentMovesWhatIsToComeAndUndoesNothing(t *testing.T) {
	l := newLedger(t)
	l.lapses()
	l.pay("part", "2027-02-25 10:00", "2027-01-31", "2027-02-10")
	l.live("2027-02-25 10:00")
	lapse := l.only()
	if lapse.CountsFrom != "2027-02-11" || lapse.OpenedOn != "2027-02-01" || lapse.ClosedAt != nil || lapse.DisabledAt == nil {
		t.Errorf("got %+v", lapse)
	}
	if want := local(t, "2027-03-14 00:00"); !lapse.PurgeAt.Time.Equal(want) || lapse.NoticeName != "acme-purge-notice-2027-02-20" {
		t.Errorf("told by %s, the purge comes at %s, want %s", lapse.NoticeName, lapse.PurgeAt, want)
	}
}

func TestALapseThatOpensOnTheSameDateAgainGoesOn(t *testing.T) {
	l := newLedger(t)
	l.lapses()
	// Money of 31 January is told of late, and so is its chargeback of that day.
	l.pay("pay-0002", "2027-01-31 20:00", "2027-01-31", "2027-02-27")
	l.live("2027-02-21 09:00")
	if l.only().ClosedAt == nil {
		t.Fatal("the payment closes nothing")
	}
	l.reverse("2027-01-31 21:00")
	l.live("2027-02-21 10:00")
	if lapse := l.only(); lapse.ClosedAt != nil || lapse.ClosedBy != "" || lapse.OpenedOn != "2027-02-01" {
		t.Errorf("got %+v", lapse)
	}
}

func TestAnotherZoneMakesNoOtherLapse(t *testing.T) {
	l := newLedger(t)
	l.lapses()
	l.policy.Spec.TimeZone = "America/Los_Angeles"
	l.live("2027-02-21 09:00")
	if lapse := l.only(); lapse.ClosedAt != nil || lapse.NoticeName == "" {
		t.Errorf("got %+v", lapse)
	}
}

func TestABounceTakesTheDeliveryBack(t *testing.T) {
	l := newLedger(t)
	l.lapses()
	l.notices[1].Status.BouncedAt = instantOf(local(t, "2027-02-25 10:00"))
	l.live("2027-02-25 10:00")
	if lapse := l.only(); lapse.NoticeDeliveredAt != nil || lapse.NoticeName != "acme-purge-notice-2027-02-20" || lapse.PurgeAt != nil {
		t.Errorf("got %+v", lapse)
	}
}

func TestABounceLeavesTheNoticeToAPurgePastItsFence(t *testing.T) {
	l := newLedger(t)
	l.lapses()
	l.only().Purge = &v1alpha1.PurgeStatus{IntentAt: instantOf(local(t, "2027-03-03 00:00"))}
	l.notices[1].Status.BouncedAt = instantOf(local(t, "2027-03-03 00:00"))
	e := l.live("2027-03-03 00:00")
	if lapse := l.only(); lapse.NoticeName != "acme-purge-notice-2027-02-20" || e.standing.Billing != contract.BillingPurging {
		t.Errorf("%s: got %+v", e.standing.Billing, lapse)
	}
	if why := needless(&l.notices[1], e); why != "" {
		t.Errorf("the notice is closed: %s", why)
	}
}

func TestStorageWritesTheFenceAndStandingNeverDoes(t *testing.T) {
	l := newLedger(t)
	l.lapses()
	l.only().Purge = &v1alpha1.PurgeStatus{IntentAt: instantOf(local(t, "2027-03-03 00:00"))}
	if lapses := lapsesOf(l.subscription, l.look("2027-03-03 00:00")); lapses[0].Purge != nil {
		t.Errorf("got %+v", lapses[0].Purge)
	}
	if l.only().Purge == nil {
		t.Error("the object in the cache was changed")
	}
	if withoutFences(nil) != nil {
		t.Error("no lapses became an empty list, which is another status")
	}
}

func TestTheHistoryIsBoundedAndKeepsTheRecordsOfPurges(t *testing.T) {
	all := make([]v1alpha1.Lapse, mostLapses+3)
	for i := range all {
		closed := toSecond(local(t, "2027-02-01 00:00"))
		all[i] = v1alpha1.Lapse{OpenedOn: v1alpha1.Date(fmt.Sprintf("%04d-01-01", 2000+i)), ClosedAt: &closed}
	}
	all[1].Purge = &v1alpha1.PurgeStatus{}
	kept := latest(withoutFences(all), all)
	if len(kept) != mostLapses {
		t.Errorf("%d are kept", len(kept))
	}
	if kept[0].OpenedOn != "2001-01-01" || kept[1].OpenedOn != "2004-01-01" {
		t.Errorf("the oldest are %s and %s", kept[0].OpenedOn, kept[1].OpenedOn)
	}
}
