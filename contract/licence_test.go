package contract_test

import (
	"testing"

	. "github.com/grupobizopps/salexops/contract"
)

func TestTheLicenceRunsFromTheFirstPaidDateThroughTheGrace(t *testing.T) {
	for _, now := range []string{"2026-12-31 11:00", "2027-01-15", "2027-01-31", "2027-02-03 23:59:59", "2027-02-04"} {
		s := Evaluate(acme(t, now))
		if !s.Licence.Granted || !s.Licence.From.Equal(local(t, "2026-12-31")) || !s.Licence.Until.Equal(local(t, "2027-02-04")) {
			t.Errorf("%s: %+v (contract.md 3.7)", now, s.Licence)
		}
	}
}

func TestAFreeLicenceHasNoEnd(t *testing.T) {
	f := paid(t, "2027-01-15")
	f.Requested = free
	if s := Evaluate(f); s.Licence != (Licence{Granted: true}) {
		t.Errorf("%+v (contract.md 3.7)", s.Licence)
	}
}

func TestNobodyWhoNeverPaidHasALicence(t *testing.T) {
	if s := Evaluate(paid(t, "2027-01-15")); s.Licence != (Licence{}) {
		t.Errorf("%+v", s.Licence)
	}
}

func TestALicenceDoesntRunOutWhileDisablingIsHeldBack(t *testing.T) {
	f := acme(t, "2027-02-10 12:00")
	f.Feed = Feed{}
	s := Evaluate(f)
	if s.Billing != BillingGrace || !s.Licence.Until.Equal(local(t, "2027-02-14")) {
		t.Errorf("held back on 10 Feb: %s, valid until %s", s.Billing, s.Licence.Until)
	}
	if !s.WakeAt.Equal(local(t, "2027-02-11")) {
		t.Errorf("the licence is renewed at %s", s.WakeAt)
	}
}

func TestAReversedFirstPaymentLeavesALicenceForTheGrace(t *testing.T) {
	december := reversedAt(t, payment(t, "pay-1", "2026-12-31", "2027-01-30"), "2027-01-20 10:00")
	s := Evaluate(paid(t, "2027-01-22", december))
	if s.Billing != BillingGrace || !s.Licence.From.Equal(local(t, "2026-12-31")) || !s.Licence.Until.Equal(local(t, "2027-01-24")) {
		t.Errorf("%s, %+v", s.Billing, s.Licence)
	}
}
