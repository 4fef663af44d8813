package contract

import (
	"fmt"
	"strings"
)

// Amount is an exact sum of money in some currency, without a sign, counted in
// hundredths. The sum of a thousand of the largest amounts is still exact.
type Amount struct {
	cents int64
}

const (
	amountDigits   = 12 // before the point
	amountDecimals = 2  // after it
)

// ParseAmount reads a decimal such as "499.00": up to twelve digits, then at
// most two decimals. There is no sign, no exponent and no thousands separator.
func ParseAmount(text string) (Amount, error) {
	whole, decimals, hasPoint := strings.Cut(text, ".")
	if len(whole) < 1 || len(whole) > amountDigits || len(decimals) > amountDecimals || hasPoint && decimals == "" {
		return Amount{}, notAnAmount(text)
	}
	var cents int64
	for _, digit := range whole + decimals + "00"[len(decimals):] {
		if digit < '0' || digit > '9' {
			return Amount{}, notAnAmount(text)
		}
		cents = cents*10 + int64(digit-'0')
	}
	return Amount{cents}, nil
}

func notAnAmount(text string) error {
	return fmt.Errorf("%q is not an amount: write up to twelve digits and at most two decimals, for example 499.00", text)
}

// Add is the sum of both.
func (a Amount) Add(b Amount) Amount { return Amount{a.cents + b.cents} }

// Percent is p percent of the amount. A fraction of a cent counts as a whole
// one: what is computed here is owed to the tenant.
func (a Amount) Percent(p int) Amount {
	// Dividing first keeps ten times the largest sum within an int64.
	whole, rest := a.cents/100, a.cents%100
	return Amount{whole*int64(p) + (rest*int64(p)+99)/100}
}

// Compare is -1, 0 or +1 as a is less than, equal to or greater than b.
func (a Amount) Compare(b Amount) int {
	switch {
	case a.cents < b.cents:
		return -1
	case a.cents > b.cents:
		return 1
	default:
		return 0
	}
}

// String is the amount with two decimals, such as 499.00.
func (a Amount) String() string { return fmt.Sprintf("%d.%02d", a.cents/100, a.cents%100) }
