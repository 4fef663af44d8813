package contract_test

import (
	"fmt"
	"math/big"
	"testing"

	"pgregory.net/rapid"

	. "github.com/grupobizopps/salexops/contract"
)

func TestAmountsAreReadExactly(t *testing.T) {
	for text, want := range map[string]string{
		"499.00": "499.00", "27.1": "27.10", "500": "500.00", "0": "0.00", "0.01": "0.01", "007": "7.00",
		"999999999999.99": "999999999999.99",
	} {
		if got := usd(t, text).String(); got != want {
			t.Errorf("%s was read as %s", text, got)
		}
	}
}

func TestWhatIsNotAnAmountIsRefused(t *testing.T) {
	for _, text := range []string{"", ".", "1.", ".5", "-1", "+1", "1e3", "1,000.00", "499.001", "1000000000000", "٤٩٩", "49 9", "0x1F", "NaN"} {
		if a, err := ParseAmount(text); err == nil {
			t.Errorf("%q was read as %s", text, a)
		}
	}
}

func TestAFractionOfACentIsOwedToTheTenant(t *testing.T) {
	for text, want := range map[string]string{"400": "500.00", "480": "600.00", "27.10": "33.88", "0.01": "0.02", "0": "0.00"} {
		if got := usd(t, text).Percent(125).String(); got != want {
			t.Errorf("125 %% of %s is %s, not %s", text, got, want)
		}
	}
}

func TestAmountsAreInOrder(t *testing.T) {
	less, more := usd(t, "499.99"), usd(t, "500.00")
	if less.Compare(more) != -1 || more.Compare(less) != 1 || more.Compare(usd(t, "500")) != 0 {
		t.Error("Compare is wrong")
	}
}

// math/big is the oracle, up to a whole ledger of the largest payments.
func TestSumsAndPercentagesAreExact(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		cents := rapid.SliceOfN(rapid.Int64Range(0, 99_999_999_999_999), 0, 240).Draw(t, "cents")
		percent := rapid.IntRange(0, 1000).Draw(t, "percent")
		var sum Amount
		exact := new(big.Int)
		for _, c := range cents {
			a, err := ParseAmount(fmt.Sprintf("%d.%02d", c/100, c%100))
			if err != nil {
				t.Fatal(err)
			}
			sum = sum.Add(a)
			exact.Add(exact, big.NewInt(c))
		}
		exact.Mul(exact, big.NewInt(int64(percent)))
		exact.Add(exact, big.NewInt(99)).Div(exact, big.NewInt(100))
		if got := sum.Percent(percent).String(); got != decimal(exact) {
			t.Fatalf("%d %% of %s is %s, not %s", percent, sum, got, decimal(exact))
		}
	})
}

func decimal(cents *big.Int) string {
	whole, rest := new(big.Int).DivMod(cents, big.NewInt(100), new(big.Int))
	return fmt.Sprintf("%d.%02d", whole, rest)
}
