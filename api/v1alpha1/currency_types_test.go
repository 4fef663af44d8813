package v1alpha1_test

import (
	"os"
	"regexp"
	"slices"
	"testing"

	"github.com/bojanz/currency"
)

// The list of a marker can't follow the world by itself. The library is
// generated from CLDR with every release: when it knows of a currency that came
// or went, this test says which one to add or to take out.
func TestTheCurrenciesAreThoseInUse(t *testing.T) {
	inUse := currency.GetCurrencyCodes()
	slices.Sort(inUse)
	for _, kind := range []string{"plans", "subscriptions"} {
		accepted := acceptedCurrencies(t, kind)
		for _, code := range inUse {
			if !slices.Contains(accepted, code) {
				t.Errorf("%s: %s is in use and is refused; add it to the marker of Currency", kind, code)
			}
		}
		for _, code := range accepted {
			if !slices.Contains(inUse, code) {
				t.Errorf("%s: %s is not in use and is accepted; take it out of the marker of Currency", kind, code)
			}
		}
		if !slices.IsSorted(accepted) {
			t.Errorf("%s: the codes are not in the order of the alphabet", kind)
		}
	}
}

func TestWhatIsNoMoneyIsNoCurrency(t *testing.T) {
	accepted := acceptedCurrencies(t, "subscriptions")
	for _, code := range []string{"XXX", "XTS", "XYZ", "XAU", "XDR", "BTC", "MXP", "DEM"} {
		if slices.Contains(accepted, code) {
			t.Errorf("%s is accepted", code)
		}
	}
	for _, code := range []string{"MXN", "USD", "EUR", "CAD"} {
		if !slices.Contains(accepted, code) {
			t.Errorf("%s is refused", code)
		}
	}
}

// acceptedCurrencies are the codes that the generated CRD of a kind accepts.
func acceptedCurrencies(t *testing.T, kind string) []string {
	t.Helper()
	definition, err := os.ReadFile("../../config/crd/bases/crm.salexops.com_" + kind + ".yaml")
	if err != nil {
		t.Fatal(err)
	}
	rule := regexp.MustCompile(`self in \[([^]]*'USD'[^]]*)\]`).FindSubmatch(definition)
	if rule == nil {
		t.Fatalf("the CRD of %s has no list of currencies", kind)
	}
	var codes []string
	for _, code := range regexp.MustCompile(`[A-Z]{3}`).FindAll(rule[1], -1) {
		codes = append(codes, string(code))
	}
	return codes
}
