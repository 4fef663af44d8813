package contract_test

import (
	"fmt"
	"testing"

	. "github.com/grupobizopps/salexops/contract"
)

// BenchmarkEvaluate is one evaluation of a tenant with 240 payments: twenty
// years of monthly ones. The aim is under 50 µs and under 100 allocations.
func BenchmarkEvaluate(b *testing.B) {
	for name, now := range map[string]string{"Current": "2046-12-15", "Disabled": "2047-02-10"} {
		b.Run(name, func(b *testing.B) {
			f := acme(b, now)
			f.Payments = nil
			for k := range 240 {
				period, err := PeriodAt(f.Anchor, Monthly, k)
				if err != nil {
					b.Fatal(err)
				}
				f.Payments = append(f.Payments, payment(b, fmt.Sprintf("pay-%04d", k), period.From.String(), period.To.String()))
			}
			if s := Evaluate(f); string(s.Billing) != name {
				b.Fatalf("%s, not %s", s.Billing, name)
			}
			b.ReportAllocs()
			for b.Loop() {
				Evaluate(f)
			}
		})
	}
}
