package crm_test

import (
	"errors"
	"math/big"
	"math/rand/v2"
	"testing"

	"github.com/grupobizopps/salexops/crm"
)

func TestLinesAreRoundedToTheCent(t *testing.T) {
	for _, test := range []struct {
		item     crm.LineItem
		net, tax int64
	}{
		{crm.LineItem{Quantity: 40 * crm.One, UnitPrice: 230000, Tax: 1600}, 9200000, 1472000},
		{crm.LineItem{Quantity: 3 * crm.One, UnitPrice: 3333, Tax: 1600}, 9999, 1600},    // 15.9984 up
		{crm.LineItem{Quantity: 1, UnitPrice: 499, Tax: 1600}, 0, 0},                     // 0.499 down
		{crm.LineItem{Quantity: 1, UnitPrice: 500, Tax: 1600}, 1, 0},                     // 0.5 up; 0.16 down
		{crm.LineItem{Quantity: 2500, UnitPrice: 1001, Tax: 800}, 2503, 200},             // 2502.5 up; 200.24 down
		{crm.LineItem{Quantity: crm.One, UnitPrice: 10000, Discount: 1250}, 8750, 0},     // 12.5 % off, zero rate
		{crm.LineItem{Quantity: crm.One, UnitPrice: 1, Discount: 5000, Tax: 1600}, 1, 0}, // half a cent up
		{crm.LineItem{Quantity: crm.One, UnitPrice: 99, Discount: crm.Whole, Tax: 1600}, 0, 0},
		{crm.LineItem{Quantity: 1_000_000 * crm.One, UnitPrice: crm.MaxMinor}, crm.MaxMinor + 1, 0}, // beyond what is stored
	} {
		if net, tax := test.item.Net(), test.item.TaxAmount(); net != test.net || tax != test.tax {
			t.Errorf("%+v comes to %d + %d, want %d + %d", test.item, net, tax, test.net, test.tax)
		}
	}
}

// A line differs from the exact result by half a cent at most, and what is
// broken down per rate adds up to the totals.
func TestTotalsAddUp(t *testing.T) {
	random := rand.New(rand.NewPCG(4, 7))
	for range 2000 {
		items := make([]crm.LineItem, 1+random.IntN(6))
		for i := range items {
			items[i] = crm.LineItem{
				Quantity: crm.Quantity(1 + random.Int64N(5_000_000)), UnitPrice: random.Int64N(10_000_000),
				Discount: crm.Percent(random.Int64N(10_001)), Tax: crm.TaxRates[random.IntN(3)],
			}
			exact := new(big.Rat).SetFrac64(int64(items[i].Quantity), 1000)
			exact.Mul(exact, new(big.Rat).SetInt64(items[i].UnitPrice))
			exact.Mul(exact, new(big.Rat).SetFrac64(int64(crm.Whole-items[i].Discount), int64(crm.Whole)))
			off := exact.Sub(exact, new(big.Rat).SetInt64(items[i].Net()))
			if off.Abs(off).Cmp(big.NewRat(1, 2)) > 0 {
				t.Fatalf("%+v comes to %d, which is off by %s", items[i], items[i].Net(), off.FloatString(4))
			}
		}
		totals := crm.Total(crm.MXN, items)
		var net, tax int64
		for i, r := range totals.Rates {
			net, tax = net+r.Net.Minor, tax+r.Tax.Minor
			if i > 0 && r.Rate >= totals.Rates[i-1].Rate {
				t.Fatalf("rates are not in order: %v", totals.Rates)
			}
		}
		if net != totals.Net.Minor || tax != totals.Tax.Minor || net+tax != totals.Gross.Minor {
			t.Fatalf("%+v does not add up", totals)
		}
	}
}

func TestQuantitiesAndSharesAreRead(t *testing.T) {
	for typed, want := range map[string]crm.Quantity{
		"3": 3000, "2.5": 2500, "2,5": 2500, "1,000": 1_000_000, "1.500": 1500, "0.001": 1, "1,234.5": 1234500, "1000000": 1_000_000_000,
	} {
		got, err := crm.ParseQuantity(typed)
		if err != nil || got != want {
			t.Errorf("%q is read as %d (%v), want %d", typed, got, err, want)
		}
		if again, err := crm.ParseQuantity(got.String()); err != nil || again != got {
			t.Errorf("%q is written %s and read back as %d (%v)", typed, got, again, err)
		}
	}
	for typed, want := range map[string]crm.Percent{"": 0, "16": 1600, "12.5 %": 1250, "100%": crm.Whole, "0.25": 25} {
		if got, err := crm.ParsePercent(typed); err != nil || got != want {
			t.Errorf("%q is read as %d (%v), want %d", typed, got, err, want)
		}
	}
	for _, typed := range []string{"", "x", "-1", "1.2345", "1000001", "1..2", ".", "1,23,4", "9999999999999999999999"} {
		var fault crm.Fault
		if got, err := crm.ParseQuantity(typed); !errors.As(err, &fault) {
			t.Errorf("%q is read as %d", typed, got)
		}
	}
	for _, typed := range []string{"101", "-1", "1.234", "mucho"} {
		if got, err := crm.ParsePercent(typed); err == nil {
			t.Errorf("%q is read as %d", typed, got)
		}
	}
}
