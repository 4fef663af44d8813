package contract_test

import (
	"testing"

	. "github.com/grupobizopps/salexops/contract"
)

// TestSupportIsForThoseWhosePaymentIsUpToDate is contract.md 6.1.
func TestSupportIsForThoseWhosePaymentIsUpToDate(t *testing.T) {
	freeWithSupport := free
	freeWithSupport.Support = true
	without := team
	without.Support = false
	for _, c := range []struct {
		because   string
		now       string
		agreement Agreement
		want      bool
	}{
		{"paid", "2027-01-15", team, true},
		{"on the due date", "2027-01-31 23:59:59", team, true},
		{"in grace", "2027-02-01", team, false},
		{"disabled", "2027-02-04", team, false},
		{"a plan without support", "2027-01-15", without, false},
		{"a free plan without support", "2027-01-15", free, false},
		{"a free plan with support", "2027-06-15", freeWithSupport, true},
	} {
		f := acme(t, c.now)
		f.Requested = c.agreement
		if s := Evaluate(f); s.SupportEntitled != c.want {
			t.Errorf("%s: entitled is %t", c.because, s.SupportEntitled)
		}
	}
}
