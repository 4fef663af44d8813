package locale

import (
	"testing"
	"time"

	"github.com/grupobizopps/salexops/crm"
)

func TestMoneyHasItsCurrencyOnce(t *testing.T) {
	c := load(t)
	es, en := c.Translator("es-MX", nil, time.Time{}), c.Translator("en", nil, time.Time{})
	for _, test := range []struct{ got, want string }{
		{es.Money(crm.Money{Minor: 14800000, Currency: crm.MXN}), "$\u00a0148,000"},
		{es.Money(crm.Money{Minor: 123450, Currency: crm.MXN}), "$\u00a01,234.50"},
		{es.Money(crm.Money{Minor: 30000, Currency: crm.USD}), "USD\u00a0300"},
		{es.MoneyExact(crm.Money{Minor: 30005, Currency: crm.USD}), "USD\u00a0300.05"},
		{es.MoneyExact(crm.Money{Minor: -14800000, Currency: crm.MXN}), "-$\u00a0148,000.00"},
		{en.Money(crm.Money{Minor: 14800000, Currency: crm.MXN}), "MXN\u00a0148,000"},
		{en.Money(crm.Money{Minor: 1, Currency: crm.USD}), "USD\u00a00.01"},
	} {
		if test.got != test.want {
			t.Errorf("got %q, want %q", test.got, test.want)
		}
	}
}
