package locale

import (
	"fmt"

	"github.com/grupobizopps/salexops/crm"
)

// Money writes an amount with its currency once, and with cents only where
// there are some: "$ 148,000", "$ 1,234.50", "USD 300". In Spanish "$" means
// pesos; in English the code tells them from dollars.
func (t *Translator) Money(m crm.Money) string {
	if m.Minor%100 == 0 {
		return t.currency(m.Currency) + t.Int(m.Minor/100)
	}
	return t.MoneyExact(m)
}

// MoneyExact writes an amount with its cents, for columns and for quotes:
// "$ 148,000.00".
func (t *Translator) MoneyExact(m crm.Money) string {
	minor, sign := m.Minor, ""
	if minor < 0 {
		minor, sign = -minor, "-"
	}
	// Both languages write a decimal point.
	return fmt.Sprintf("%s%s%s.%02d", sign, t.currency(m.Currency), t.Int(minor/100), minor%100)
}

// currency is the mark before a number, with a blank that does not break.
func (t *Translator) currency(c crm.Currency) string {
	if c == crm.MXN && t.tongue.tag.String() == Tags[0] {
		return "$\u00a0"
	}
	return string(c) + "\u00a0"
}
