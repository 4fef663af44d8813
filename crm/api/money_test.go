package api

import (
	"testing"

	"github.com/grupobizopps/salexops/crm"
)

func TestAmountsAreExactBothWays(t *testing.T) {
	for _, amount := range []string{"0", "0.1", "12500", "12500.5", "12500.50", "99999999999.99"} {
		read := (&money{Amount: amount, Currency: "USD"}).take()
		again := showMoney(read).take()
		if read.Currency != crm.USD || again != read {
			t.Errorf("%s is read as %v and again as %v", amount, read, again)
		}
	}
	if got := (&money{Amount: "1.5", Currency: "MXN"}).take(); got.Minor != 150 {
		t.Errorf("1.5 is read as %v", got)
	}
	var none *money
	if got := none.take(); got != (crm.Money{}) {
		t.Errorf("no amount is read as %v", got)
	}
}

// What is no number never becomes one that is stored.
func TestWhatIsNoNumberIsRefused(t *testing.T) {
	d := crm.Deal{
		Name: "X", Value: (&money{Amount: "much", Currency: "MXN"}).take(),
		Items: takeItems([]lineItem{{Name: "Y", Quantity: "1e3", Price: "-1", Discount: "half", Tax: ""}}),
	}
	d.Normalize()
	faults, ok := d.Validate().(crm.Invalid) //nolint:errorlint // Validate returns it bare
	if !ok {
		t.Fatal("it is stored")
	}
	for _, field := range []string{"value", "quantity-0", "price-0", "discount-0"} {
		if faults[field] == "" {
			t.Errorf("%s is not refused", field)
		}
	}
}
