package contract_test

import (
	"reflect"
	"slices"
	"testing"
	"time"

	"pgregory.net/rapid"

	. "github.com/grupobizopps/salexops/contract"
)

func TestAReversalTakenFromAnyCopyCounts(t *testing.T) {
	december := payment(t, "pay-1", "2026-12-31", "2027-01-30")
	reversed := reversedAt(t, december, "2027-01-10 09:00")
	for _, records := range [][]Payment{{december, reversed}, {reversed, december}, {december, reversed, december}} {
		if s := Evaluate(paid(t, "2027-01-15", records...)); !s.PaidThrough.IsZero() {
			t.Errorf("an older copy of a reversed payment pays through %s", s.PaidThrough)
		}
	}
}

func TestAPaymentToldTwiceIsMoneyOnce(t *testing.T) {
	december := payment(t, "pay-1", "2026-12-31", "2027-01-30")
	december.AmountUSD = usd(t, "480.00")
	if s := Evaluate(paid(t, "2027-01-15", december, december, december)); s.LiabilityCapUSD != usd(t, "600.00") {
		t.Errorf("the cap is %s", s.LiabilityCapUSD)
	}
}

// Property 6 of contract.md 12.
func TestOrderAndRepetitionOfTheFactsDontMatter(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		f := anyFacts(t)
		want := Evaluate(f)
		told := slices.Clone(f.Payments)
		if len(told) > 0 {
			told = append(told, rapid.SliceOfN(rapid.SampledFrom(f.Payments), 0, 5).Draw(t, "repeated")...)
			for i := range told { // A copy from before the reversal.
				if rapid.IntRange(0, 4).Draw(t, "older copy") == 0 && i >= len(f.Payments) {
					told[i].ReversedAt = time.Time{}
				}
			}
			told = rapid.Permutation(told).Draw(t, "order")
		}
		kept := slices.Clone(told)
		f.Payments = told
		if got := Evaluate(f); !reflect.DeepEqual(got, want) {
			t.Fatalf("told otherwise:\n%+v\ninstead of\n%+v", got, want)
		}
		if !reflect.DeepEqual(told, kept) {
			t.Fatal("Evaluate changed the facts it was given")
		}
	})
}
