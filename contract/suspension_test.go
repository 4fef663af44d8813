package contract_test

import (
	"testing"
	"time"

	. "github.com/grupobizopps/salexops/contract"
)

// breach is the case of config/samples: opened and told on 10 May 2027.
func breach(t testing.TB, action SuspensionAction) Suspension {
	at := local(t, "2027-05-10 10:00")
	return Suspension{Action: action, OpenedAt: at, CureDays: 5, Notice: Delivery{AcceptedAt: at}}
}

// paidAllYear is acme, paid for as long as its cases last.
func paidAllYear(t testing.TB, now string, cases ...Suspension) Facts {
	f := paid(t, now, payment(t, "pay-1", "2026-12-31", "2027-12-30"))
	f.Suspensions = cases
	return f
}

func TestASuspensionWaitsForItsCureDate(t *testing.T) {
	mended := func(at string) Suspension {
		s := breach(t, ActionSuspend)
		s.ResolvedAt = local(t, at)
		return s
	}
	untold := breach(t, ActionSuspend)
	untold.Notice = Delivery{}
	bounced := breach(t, ActionSuspend)
	bounced.Notice.BouncedAt = local(t, "2027-05-11")
	atOnce := breach(t, ActionSuspend)
	atOnce.Exception, atOnce.Notice = true, Delivery{}
	policys := breach(t, ActionSuspend)
	policys.CureDays = 0

	for _, c := range []struct {
		because string
		now     string
		breach  Suspension
		want    Conduct
	}{
		{"before it opens", "2027-05-10 09:59", atOnce, ConductGood},
		{"told", "2027-05-10 10:00", breach(t, ActionSuspend), ConductWarned},
		{"five whole days", "2027-05-15 23:59:59", breach(t, ActionSuspend), ConductWarned},
		{"and over", "2027-05-16", breach(t, ActionSuspend), ConductSuspended},
		{"the policy's five days", "2027-05-16", policys, ConductSuspended},
		{"not told", "2027-06-10", untold, ConductGood},
		{"bounced", "2027-06-10", bounced, ConductGood},
		{"an exception takes effect at once", "2027-05-10 10:00", atOnce, ConductSuspended},
		{"resolved in time", "2027-05-20", mended("2027-05-14"), ConductGood},
		{"resolved on the last instant", "2027-05-20", mended("2027-05-16"), ConductGood},
		{"not resolved yet", "2027-05-17", mended("2027-05-18"), ConductSuspended},
		{"resolved later: lifted", "2027-05-18", mended("2027-05-18"), ConductGood},
		{"a warning", "2027-06-10", breach(t, ActionWarn), ConductWarned},
		{"for good", "2027-05-16", breach(t, ActionDisable), ConductDisabled},
	} {
		s := Evaluate(paidAllYear(t, c.now, c.breach))
		if s.Conduct != c.want {
			t.Errorf("%s: %s, not %s (contract.md 8)", c.because, s.Conduct, c.want)
		}
		allowed := c.want == ConductGood || c.want == ConductWarned
		if s.MayRun != allowed || s.SupportEntitled != (c.want != ConductDisabled) {
			t.Errorf("%s: may run %t, support %t", c.because, s.MayRun, s.SupportEntitled)
		}
	}
}

func TestPermanentIsPermanent(t *testing.T) {
	s := breach(t, ActionDisable)
	s.ResolvedAt = local(t, "2027-05-17")
	if got := Evaluate(paidAllYear(t, "2027-06-01", s)).Conduct; got != ConductDisabled {
		t.Errorf("resolved after it took effect: %s", got)
	}
}

func TestTheGravestCaseCounts(t *testing.T) {
	cases := []Suspension{breach(t, ActionWarn), breach(t, ActionSuspend), breach(t, ActionWarn)}
	if got := Evaluate(paidAllYear(t, "2027-06-01", cases...)).Conduct; got != ConductSuspended {
		t.Errorf("%s", got)
	}
}

func TestTheStandingChangesOnTheCureDate(t *testing.T) {
	s := Evaluate(paidAllYear(t, "2027-05-12", breach(t, ActionSuspend)))
	if s.Next.What != EventSuspension || !s.Next.At.Equal(local(t, "2027-05-16")) || !s.WakeAt.Equal(s.Next.At) {
		t.Errorf("next %+v, wakes at %s", s.Next, s.WakeAt)
	}
}

// TestALapseRunsOnDuringASuspension: the axes are independent (contract.md 8).
func TestALapseRunsOnDuringASuspension(t *testing.T) {
	acme := lapsed(t)
	atOnce := breach(t, ActionSuspend)
	atOnce.Exception, atOnce.OpenedAt, atOnce.Notice = true, local(t, "2027-01-20"), Delivery{}
	acme.facts.Suspensions = []Suspension{atOnce}
	for day, want := range map[string]Billing{"2027-01-25": BillingCurrent, "2027-02-01": BillingGrace} {
		if s := Evaluate(withNow(acme.facts, local(t, day))); s.Billing != want || s.MayRun || s.Access != AccessClosed {
			t.Errorf("%s: %s, may run %t", day, s.Billing, s.MayRun)
		}
	}
}

func withNow(f Facts, now time.Time) Facts {
	f.Now = now
	return f
}
