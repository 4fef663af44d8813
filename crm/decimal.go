package crm

import (
	"math/big"
	"strconv"
	"strings"
)

// Quantity counts units, in thousandths: 2500 is two and a half.
type Quantity int64

// One is a single unit.
const One Quantity = 1000

// maxQuantity is a million units.
const maxQuantity = 1_000_000 * One

// Percent is a share in hundredths of a percent: 1600 is 16 %.
type Percent int64

// Whole is all of something: 100 %.
const Whole Percent = 10_000

// String writes a quantity for an input box: "2.5".
func (q Quantity) String() string { return decimal(int64(q), 3) }

// String writes a share for an input box, without the sign: "12.5".
func (p Percent) String() string { return decimal(int64(p), 2) }

// ParseQuantity reads a number of units: "3", "2.5", "2,5", "1,000". A point is
// always the decimal separator. Errors: a Fault.
func ParseQuantity(typed string) (Quantity, error) {
	n, err := parseDecimal(typed, 3, int64(maxQuantity), KeyQuantity)
	return Quantity(n), err
}

// ParsePercent reads a share from 0 to 100: "16", "12.5 %". An empty text is
// zero. Errors: a Fault.
func ParsePercent(typed string) (Percent, error) {
	typed = strings.TrimSpace(strings.TrimSuffix(strings.TrimSpace(typed), "%"))
	if typed == "" {
		return 0, nil
	}
	n, err := parseDecimal(typed, 2, int64(Whole), KeyPercent)
	return Percent(n), err
}

// decimal writes n, which has this many decimals, without zeros at its end.
func decimal(n int64, places int) string {
	sign := ""
	if n < 0 {
		n, sign = -n, "-"
	}
	text := strconv.FormatInt(n, 10)
	if short := places + 1 - len(text); short > 0 {
		text = strings.Repeat("0", short) + text
	}
	whole, fraction := text[:len(text)-places], strings.TrimRight(text[len(text)-places:], "0")
	if fraction != "" {
		whole += "." + fraction
	}
	return sign + whole
}

// parseDecimal reads a number of at most so many decimals, from 0 to most.
func parseDecimal(typed string, places int, most int64, key string) (int64, error) {
	number := tidy(typed)
	whole, fraction := number, ""
	if at := strings.IndexByte(number, '.'); at >= 0 {
		whole, fraction = number[:at], number[at+1:]
	} else if at := strings.IndexByte(number, ','); at >= 0 && len(number)-at != 4 {
		whole, fraction = number[:at], number[at+1:]
	}
	whole, err := ungroup(whole)
	if err != nil || !areDigits(fraction) || whole+fraction == "" {
		return 0, Fault(key)
	}
	fraction = strings.TrimRight(fraction, "0")
	if len(fraction) > places || len(strings.TrimLeft(whole, "0")) > 12 {
		return 0, Fault(key)
	}
	n, err := strconv.ParseInt("0"+whole+fraction+strings.Repeat("0", places-len(fraction)), 10, 64)
	if err != nil || n > most {
		return 0, Fault(key)
	}
	return n, nil
}

// share is a × b × c / d, rounded to the nearest whole, halves up. It is exact
// whatever the factors, none of which is negative; what is beyond MaxMinor
// comes out as MaxMinor + 1.
func share(a, b, c, d int64) int64 {
	product := new(big.Int).Mul(big.NewInt(a), big.NewInt(b))
	product.Mul(product, big.NewInt(c)).Lsh(product, 1).Add(product, big.NewInt(d))
	product.Quo(product, big.NewInt(2*d))
	if !product.IsInt64() || product.Int64() > MaxMinor {
		return MaxMinor + 1
	}
	return product.Int64()
}
