package crm

import (
	"fmt"
	"strconv"
	"strings"
)

// Currency is the ISO 4217 code of a currency the CRM works with. Both have
// hundredths: centavos and cents.
type Currency string

// Currencies.
const (
	MXN Currency = "MXN" // the default
	USD Currency = "USD"
)

// Currencies are all of them, the default first.
var Currencies = []Currency{MXN, USD}

// Valid says whether the currency is one of Currencies.
func (c Currency) Valid() bool { return c == MXN || c == USD }

// MaxMinor bounds an amount: 99,999,999,999.99. Nine hundred thousand of them
// can be summed in 64 bits.
const MaxMinor = 9_999_999_999_999

// Money is an amount of one currency, exact, in centavos or cents.
type Money struct {
	Minor    int64
	Currency Currency
}

// IsZero says whether there is no amount, in whatever currency.
func (m Money) IsZero() bool { return m.Minor == 0 }

// Amount writes the number alone, for an input box and for files: "12500",
// "12500.50". ParseMoney reads it back.
func (m Money) Amount() string {
	minor, sign := m.Minor, ""
	if minor < 0 {
		minor, sign = -minor, "-"
	}
	whole := sign + strconv.FormatInt(minor/100, 10)
	if cents := minor % 100; cents != 0 {
		return fmt.Sprintf("%s.%02d", whole, cents)
	}
	return whole
}

// String is the amount after its code: "MXN 12500.50". History keeps amounts
// like this; locale.Translator writes them for people.
func (m Money) String() string { return string(m.Currency) + " " + m.Amount() }

// check reports an amount that cannot be stored.
func (m Money) check(invalid Invalid, field string) {
	switch {
	case !m.Currency.Valid():
		invalid.set(field, KeyCurrency)
	case m.Minor < 0:
		invalid.set(field, KeyNegative)
	case m.Minor > MaxMinor:
		invalid.set(field, KeyMoneyTooLarge)
	}
}

// Fault is why a typed text was refused, as an error: a message key of the
// catalogue, to be put into Invalid under the name of the field.
type Fault string

func (f Fault) Error() string { return string(f) }

// ParseMoney reads an amount as people in Mexico type it, or paste it from
// elsewhere; otherwise names the currency of a text that names none. An empty
// text is zero.
//
// A point is the decimal separator and a comma groups thousands: "$1,234.50",
// "12500", "USD 300", "1 234.5 MXN". Where both stand the last one is the
// decimal, so that "1.234,50" is read as its writer meant it; a lone comma with
// one or two digits after it is a decimal, too ("1234,5"). "12.500" could be
// twelve and a half or twelve thousand five hundred: it is refused, and so is
// anything below a cent. Errors: a Fault.
func ParseMoney(typed string, otherwise Currency) (Money, error) {
	number, currency, err := cutCurrency(tidy(typed), otherwise)
	if err != nil || number == "" {
		return Money{Currency: currency}, err
	}
	if strings.HasPrefix(number, "-") || strings.HasPrefix(number, "−") || strings.HasPrefix(number, "(") {
		return Money{}, Fault(KeyNegative)
	}
	whole, fraction, err := splitDecimal(number)
	if err != nil {
		return Money{}, err
	}
	fraction = strings.TrimRight(fraction, "0")
	if len(fraction) > 2 {
		return Money{}, Fault(KeyMoneyCents)
	}
	whole = strings.TrimLeft(whole, "0")
	if len(whole) > 11 {
		return Money{}, Fault(KeyMoneyTooLarge)
	}
	minor, err := strconv.ParseInt(whole+(fraction + "00")[:2], 10, 64)
	if err != nil {
		return Money{}, Fault(KeyMoney)
	}
	return Money{Minor: minor, Currency: currency}, nil
}

// currencyMarks are what stands before or after a number, longest first where
// one is the beginning of another. "$" alone says nothing: in Mexico it means
// pesos, beside "USD" it means dollars.
var currencyMarks = []struct {
	mark string
	is   Currency // empty: either
}{
	{"mxn", MXN}, {"mx$", MXN}, {"m.n.", MXN}, {"pesos", MXN},
	{"usd", USD}, {"us$", USD}, {"u$s", USD}, {"dólares", USD}, {"dolares", USD}, {"dlls", USD}, {"dls", USD},
	{"$", ""},
}

// cutCurrency takes the marks of a currency off both ends of an amount.
func cutCurrency(typed string, otherwise Currency) (number string, currency Currency, err error) {
	number = strings.ToLower(typed)
	for again := true; again; {
		again = false
		for _, known := range currencyMarks {
			rest, found := strings.CutPrefix(number, known.mark)
			if !found {
				rest, found = strings.CutSuffix(number, known.mark)
			}
			if !found {
				continue
			}
			if known.is != "" && currency != "" && currency != known.is {
				return "", "", Fault(KeyCurrency)
			}
			if known.is != "" {
				currency = known.is
			}
			number, again = strings.TrimSpace(rest), true
			break
		}
	}
	if currency == "" {
		currency = otherwise
	}
	if !currency.Valid() {
		return "", "", Fault(KeyCurrency)
	}
	return number, currency, nil
}

// splitDecimal tells the digits before the decimal separator from those after
// it, and takes the separators of thousands out.
func splitDecimal(number string) (whole, fraction string, err error) {
	number = strings.ReplaceAll(number, "'", " ")
	point, comma := strings.LastIndexByte(number, '.'), strings.LastIndexByte(number, ',')
	decimal := -1
	switch {
	case point >= 0 && comma >= 0:
		decimal = max(point, comma)
	case point >= 0 && strings.Count(number, ".") == 1:
		decimal = point
		if len(number)-point == 4 && point >= 1 && point <= 3 && number[0] != '0' {
			return "", "", Fault(KeyMoneyUnclear)
		}
	case comma >= 0 && strings.Count(number, ",") == 1 && len(number)-comma <= 3:
		decimal = comma
	}
	whole = number
	if decimal >= 0 {
		whole, fraction = number[:decimal], number[decimal+1:]
	}
	if whole, err = ungroup(whole); err != nil || !areDigits(fraction) || whole+fraction == "" {
		return "", "", Fault(KeyMoney)
	}
	return whole, fraction, nil
}

// ungroup takes the separators of thousands out of a whole number. Only one
// kind of them may stand in it, before each three digits.
func ungroup(number string) (string, error) {
	for _, separator := range []string{",", ".", " "} {
		if !strings.Contains(number, separator) {
			continue
		}
		groups := strings.Split(number, separator)
		for i, group := range groups {
			if (i > 0 && len(group) != 3) || len(group) > 3 || group == "" {
				return "", Fault(KeyMoney)
			}
		}
		number = strings.Join(groups, "")
		break
	}
	if !areDigits(number) {
		return "", Fault(KeyMoney)
	}
	return number, nil
}

func areDigits(text string) bool {
	return !strings.ContainsFunc(text, func(r rune) bool { return r < '0' || r > '9' })
}
