package contract_test

import (
	"testing"

	. "github.com/grupobizopps/salexops/contract"
)

func TestTheLiabilityCapOfTheContractsExamples(t *testing.T) {
	for received, want := range map[string]string{"480": "600.00", "300": "500.00", "400": "500.00", "0": "500.00", "400.01": "500.02"} {
		december := payment(t, "pay-1", "2026-12-31", "2027-01-30")
		december.AmountUSD = usd(t, received)
		if s := Evaluate(paid(t, "2027-01-15", december)); s.LiabilityCapUSD != usd(t, want) {
			t.Errorf("received %s: the cap is %s, not %s (contract.md 3.8)", received, s.LiabilityCapUSD, want)
		}
	}
}

func TestOnlyMoneyOfTheLast12MonthsThatStandsCounts(t *testing.T) {
	first := payment(t, "pay-1", "2026-12-31", "2027-12-30")
	first.AmountUSD = usd(t, "480")
	second := payment(t, "pay-2", "2027-12-31", "2028-12-30")
	second.AmountUSD = usd(t, "1000")
	for _, c := range []struct {
		now      string
		payments []Payment
		want     string
	}{
		{"2026-12-31 10:59", []Payment{first}, "500.00"},
		{"2027-12-31 10:59", []Payment{first, second}, "600.00"},
		{"2027-12-31 23:59", []Payment{first, second}, "1850.00"},
		{"2028-01-01 00:00", []Payment{first, second}, "1250.00"},
		{"2028-02-01 00:00", []Payment{first, reversedAt(t, second, "2028-01-31")}, "500.00"},
	} {
		if s := Evaluate(paid(t, c.now, c.payments...)); s.LiabilityCapUSD != usd(t, c.want) {
			t.Errorf("%s: the cap is %s, not %s", c.now, s.LiabilityCapUSD, c.want)
		}
	}
}

func TestTheCapIsLookedAtAgainWhenAPaymentAges(t *testing.T) {
	year := payment(t, "pay-1", "2026-12-31", "2028-12-30")
	year.AmountUSD = usd(t, "480")
	if s := Evaluate(paid(t, "2027-06-01", year)); !s.WakeAt.Equal(local(t, "2028-01-01")) {
		t.Errorf("wakes at %s", s.WakeAt)
	}
}
