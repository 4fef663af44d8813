package contract_test

import (
	"testing"

	. "github.com/grupobizopps/salexops/contract"
)

func TestAFullTenantHasFiveWholeDays(t *testing.T) {
	policy := DefaultPolicy()
	for _, delivered := range []string{"2027-03-10", "2027-03-10 23:59:59"} {
		got, ok := policy.OverQuotaActs(Delivery{AcceptedAt: local(t, delivered)})
		if !ok || !got.At.Equal(local(t, "2027-03-16")) || got.From != date(t, "2027-03-10") {
			t.Errorf("told %s: %+v, %t, not 16 Mar 00:00 (contract.md 5.3)", delivered, got, ok)
		}
	}
	if got, ok := policy.OverQuotaActs(Delivery{}); ok {
		t.Errorf("not told, and yet %+v", got)
	}
}
