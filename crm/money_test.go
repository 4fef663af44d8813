package crm_test

import (
	"errors"
	"strings"
	"testing"

	"github.com/grupobizopps/salexops/crm"
)

func TestMoneyIsReadAsPeopleTypeIt(t *testing.T) {
	for typed, want := range map[string]crm.Money{
		"":                   {0, crm.MXN},
		"0":                  {0, crm.MXN},
		"12500":              {1250000, crm.MXN},
		"$1,234.50":          {123450, crm.MXN},
		"$ 1,234.5":          {123450, crm.MXN},
		"1.234,50":           {123450, crm.MXN},
		"1,234":              {123400, crm.MXN},
		"1,234,567":          {123456700, crm.MXN},
		"1.234.567":          {123456700, crm.MXN},
		"1234,5":             {123450, crm.MXN},
		"1 234.50":           {123450, crm.MXN},
		"1'234.50":           {123450, crm.MXN},
		"1\u00a0234":         {123400, crm.MXN},
		".5":                 {50, crm.MXN},
		"5.":                 {500, crm.MXN},
		"0.500":              {50, crm.MXN},
		"1234.5000":          {123450, crm.MXN},
		"USD 300":            {30000, crm.USD},
		"300 usd":            {30000, crm.USD},
		"US$300.25":          {30025, crm.USD},
		"$300 USD":           {30000, crm.USD},
		"300 dólares":        {30000, crm.USD},
		"1,500 pesos":        {150000, crm.MXN},
		"$1,500.00 M.N.":     {150000, crm.MXN},
		"MXN 99999999999.99": {crm.MaxMinor, crm.MXN},
		"00012":              {1200, crm.MXN},
	} {
		if got, err := crm.ParseMoney(typed, crm.MXN); err != nil || got != want {
			t.Errorf("%q is read as %v (%v), want %v", typed, got, err, want)
		}
	}
	if got, err := crm.ParseMoney("300", crm.USD); err != nil || got != (crm.Money{Minor: 30000, Currency: crm.USD}) {
		t.Errorf("the form's currency is not taken: %v, %v", got, err)
	}
}

func TestMoneyThatIsNotClearIsRefused(t *testing.T) {
	for typed, want := range map[string]string{
		"abc": crm.KeyMoney, "12a": crm.KeyMoney, "1,23,4": crm.KeyMoney, "12,34,567": crm.KeyMoney,
		"1..5": crm.KeyMoney, ".": crm.KeyMoney, "1 23": crm.KeyMoney, "1,2345.00": crm.KeyMoney, ",": crm.KeyMoney,
		"1e5": crm.KeyMoney, "١٢": crm.KeyMoney, "0x10": crm.KeyMoney, "€5": crm.KeyMoney,
		"-5": crm.KeyNegative, "$-5": crm.KeyNegative, "−5": crm.KeyNegative, "(500)": crm.KeyNegative,
		"12.500": crm.KeyMoneyUnclear, "1.234": crm.KeyMoneyUnclear,
		"10.005": crm.KeyMoneyUnclear, "1234.567": crm.KeyMoneyCents, "0.001": crm.KeyMoneyCents,
		"100000000000": crm.KeyMoneyTooLarge, strings.Repeat("9", 40): crm.KeyMoneyTooLarge,
		"USD 5 MXN": crm.KeyCurrency,
	} {
		_, err := crm.ParseMoney(typed, crm.MXN)
		var fault crm.Fault
		if !errors.As(err, &fault) || string(fault) != want {
			t.Errorf("%q answers %v, want %s", typed, err, want)
		}
	}
	if _, err := crm.ParseMoney("5", "EUR"); err == nil {
		t.Error("a currency the CRM does not know is taken")
	}
}

// FuzzParseMoney: whatever is typed, an amount that is taken is in range and
// is read back from how it is written.
func FuzzParseMoney(f *testing.F) {
	for _, seed := range []string{"", "$1,234.50", "1.234,50", "12500", "USD 300", "-1", "12.500", "9e9", "$$", "1,,2", "us$us$1", "(1)", "1.000.000,00"} {
		f.Add(seed)
	}
	f.Fuzz(func(t *testing.T, typed string) {
		got, err := crm.ParseMoney(typed, crm.MXN)
		if err != nil {
			var fault crm.Fault
			if !errors.As(err, &fault) || fault == "" {
				t.Fatalf("%q fails with %v, which is no Fault", typed, err)
			}
			return
		}
		if got.Minor < 0 || got.Minor > crm.MaxMinor || !got.Currency.Valid() {
			t.Fatalf("%q is read as %v", typed, got)
		}
		again, err := crm.ParseMoney(got.String(), crm.USD)
		if err != nil || again != got {
			t.Fatalf("%q is read as %v, written %s and read back as %v (%v)", typed, got, got, again, err)
		}
	})
}
