package crm

import "slices"

// maxItems bounds the lines of a deal.
const maxItems = 200

// TaxRates are the rates of IVA: the general one, that of the border region,
// and zero.
var TaxRates = []Percent{1600, 800, 0}

// LineItem is one line of what is offered: a product of the catalogue, as it
// was when it was added, or anything in words. Its price is in the currency of
// its deal or quote.
type LineItem struct {
	ProductID int64  // 0: free text
	Name      string // required, at most 200 characters
	Quantity  Quantity
	UnitPrice int64   // in centavos or cents, without IVA
	Discount  Percent // off the price
	Tax       Percent // one of TaxRates
}

// Net is quantity × price less the discount, rounded to the cent once, at the
// end of the line; halves go up. A total is a sum of such lines: what stands in
// a column adds up to what stands below it.
func (i LineItem) Net() int64 {
	return share(int64(i.Quantity), i.UnitPrice, int64(Whole-i.Discount), int64(One)*int64(Whole))
}

// TaxAmount is the IVA of the line, from its rounded net amount, rounded to the
// cent in turn.
func (i LineItem) TaxAmount() int64 { return share(i.Net(), int64(i.Tax), 1, int64(Whole)) }

// Totals are the sums of some lines.
type Totals struct {
	Net, Tax, Gross Money // Gross is Net and Tax
	Rates           []TaxTotal
}

// TaxTotal is what the lines of one rate come to.
type TaxTotal struct {
	Rate     Percent
	Net, Tax Money
}

// Total sums lines, rate by rate, the highest rate first.
func Total(currency Currency, items []LineItem) Totals {
	zero := Money{Currency: currency}
	t := Totals{Net: zero, Tax: zero, Gross: zero}
	for _, i := range items {
		at := slices.IndexFunc(t.Rates, func(r TaxTotal) bool { return r.Rate == i.Tax })
		if at < 0 {
			at = len(t.Rates)
			t.Rates = append(t.Rates, TaxTotal{Rate: i.Tax, Net: zero, Tax: zero})
		}
		net, tax := i.Net(), i.TaxAmount()
		t.Rates[at].Net.Minor += net
		t.Rates[at].Tax.Minor += tax
		t.Net.Minor += net
		t.Tax.Minor += tax
	}
	t.Gross.Minor = t.Net.Minor + t.Tax.Minor
	slices.SortFunc(t.Rates, func(a, b TaxTotal) int { return int(b.Rate - a.Rate) })
	return t
}

func (i *LineItem) normalize() { i.Name = tidy(i.Name) }

// ItemField is the name of a line's field in Invalid and in the form: "price-0".
func ItemField(field string, index int) string { return StageField(field, index) }

func checkItems(items []LineItem, invalid Invalid) {
	if len(items) > maxItems {
		invalid.set("items", KeyTooMany)
		return
	}
	total := int64(0)
	for n, i := range items {
		if i.Name == "" {
			invalid.set(ItemField("name", n), KeyRequired)
		}
		invalid.text(ItemField("name", n), i.Name, maxLongText)
		if i.Quantity <= 0 || i.Quantity > maxQuantity {
			invalid.set(ItemField("quantity", n), KeyQuantity)
		}
		if i.UnitPrice < 0 || i.UnitPrice > MaxMinor {
			invalid.set(ItemField("price", n), KeyMoney)
		}
		if i.Discount < 0 || i.Discount > Whole {
			invalid.set(ItemField("discount", n), KeyPercent)
		}
		if !slices.Contains(TaxRates, i.Tax) {
			invalid.set(ItemField("tax", n), KeyChoice)
		}
		if len(invalid) == 0 {
			total += i.Net() + i.TaxAmount()
		}
	}
	if len(invalid) == 0 && total > MaxMinor {
		invalid.set("items", KeyMoneyTooLarge)
	}
}
