package locale

import (
	"strconv"
	"strings"
)

// Decimal writes a number given as "-1234.5" with separators of thousands.
// Anything else is given back as it is.
func (t *Translator) Decimal(number string) string {
	digits, negative := strings.CutPrefix(number, "-")
	whole, fraction, _ := strings.Cut(digits, ".")
	n, err := strconv.ParseInt(whole, 10, 64)
	if err != nil {
		return number
	}
	text := t.Int(n)
	if fraction != "" {
		text += "." + fraction // Both languages write a decimal point.
	}
	if negative {
		text = "-" + text
	}
	return text
}
