package web

import (
	"cmp"
	"errors"
	"net/http"
	"slices"
	"strconv"

	"github.com/grupobizopps/salexops/crm"
	"github.com/grupobizopps/salexops/crm/web/page"
)

// itemsMost bounds the rows that are read from a form; the store says so to
// whoever sends more than it takes.
const itemsMost = 250

func (s *server) dealItemsPage(v *visit) error {
	d, err := s.deal(v)
	if err != nil {
		return err
	}
	form := page.ItemsForm{Deal: d, Version: d.Version, Currency: d.Value.Currency, Totals: crm.Total(d.Value.Currency, d.Items)}
	for _, i := range d.Items {
		form.Rows = append(form.Rows, itemRow(i, d.Value.Currency))
	}
	return s.showItems(v, http.StatusOK, form)
}

func itemRow(i crm.LineItem, currency crm.Currency) page.ItemRow {
	row := page.ItemRow{
		ProductID: i.ProductID, Name: i.Name, Quantity: i.Quantity.String(),
		Price: crm.Money{Minor: i.UnitPrice, Currency: currency}.Amount(), Tax: i.Tax,
	}
	if i.Discount > 0 {
		row.Discount = i.Discount.String()
	}
	return row
}

// showItems draws the form, with one empty row where there is none.
func (s *server) showItems(v *visit, status int, form page.ItemsForm) error {
	if len(form.Rows) == 0 {
		form.Rows = []page.ItemRow{{Quantity: "1", Tax: crm.TaxRates[0]}}
	}
	v.frame.Section, v.frame.Title = page.SectionDeals, v.frame.F("items.of", "Name", form.Deal.Name)
	return v.render(status, page.EditItems(v.frame, form))
}

// readItems takes the rows that hold something from the form as typed. Rows
// that were removed in the browser leave gaps in their numbers.
func readItems(v *visit) []page.ItemRow {
	var rows []page.ItemRow
	for i := range itemsMost {
		if !v.r.PostForm.Has(crm.ItemField("name", i)) || v.r.PostFormValue("remove") == strconv.Itoa(i) {
			continue
		}
		tax, err := crm.ParsePercent(v.text(crm.ItemField("tax", i)))
		if err != nil {
			tax = -1 // none of the choices: the store says so
		}
		row := page.ItemRow{
			ProductID: v.number(crm.ItemField("product", i)), Name: v.text(crm.ItemField("name", i)),
			Quantity: v.text(crm.ItemField("quantity", i)), Price: v.text(crm.ItemField("price", i)),
			Discount: v.text(crm.ItemField("discount", i)), Tax: tax,
		}
		if row.Name != "" || row.Price != "" {
			rows = append(rows, row)
		}
	}
	return rows
}

// parseItems reads what was typed into rows. A row whose fields are wrong is
// among the faults, under its number, and counts nothing.
func parseItems(rows []page.ItemRow, currency crm.Currency) ([]crm.LineItem, crm.Invalid) {
	invalid := crm.Invalid{}
	set := func(field string, row int, err error) {
		var fault crm.Fault
		if errors.As(err, &fault) {
			invalid[crm.ItemField(field, row)] = string(fault)
		}
	}
	items := make([]crm.LineItem, len(rows))
	for n, row := range rows {
		item := crm.LineItem{ProductID: row.ProductID, Name: row.Name, Tax: row.Tax}
		var err error
		item.Quantity, err = crm.ParseQuantity(cmp.Or(row.Quantity, "1"))
		set("quantity", n, err)
		price, err := crm.ParseMoney(row.Price, currency)
		set("price", n, err)
		if err == nil && price.Currency != currency {
			invalid[crm.ItemField("price", n)] = "error.otherCurrency"
		}
		item.UnitPrice = price.Minor
		item.Discount, err = crm.ParsePercent(row.Discount)
		set("discount", n, err)
		items[n] = item
	}
	return items, invalid
}

// dealItemsSums answers with what the rows come to as they are.
func (s *server) dealItemsSums(v *visit) error {
	if err := v.parse(); err != nil {
		return err
	}
	if _, err := s.deal(v); err != nil {
		return err
	}
	currency := itemsCurrency(v)
	items, invalid := parseItems(readItems(v), currency)
	return v.render(http.StatusOK, page.ItemsSums(v.frame, sumsOf(items, invalid, currency)))
}

// sumsOf is what the rows come to that are not at fault.
func sumsOf(items []crm.LineItem, invalid crm.Invalid, currency crm.Currency) crm.Totals {
	var counted []crm.LineItem
	for n, i := range items {
		faulty := slices.ContainsFunc([]string{"quantity", "price", "discount"}, func(field string) bool {
			return invalid[crm.ItemField(field, n)] != ""
		})
		if !faulty && i.Tax >= 0 && i.Net() <= crm.MaxMinor {
			counted = append(counted, i)
		}
	}
	return crm.Total(currency, counted)
}

func itemsCurrency(v *visit) crm.Currency {
	if c := crm.Currency(v.text("currency")); c.Valid() {
		return c
	}
	return crm.MXN
}

func (s *server) dealItemsSave(v *visit) error {
	if err := v.parse(); err != nil {
		return err
	}
	d, err := s.deal(v)
	if err != nil {
		return err
	}
	form := page.ItemsForm{Deal: d, Version: v.number("version"), Currency: itemsCurrency(v), Rows: readItems(v)}
	if form.Rows, err = s.priceRows(v, form.Rows, form.Currency); err != nil {
		return err
	}
	items, faults := parseItems(form.Rows, form.Currency)
	form.Totals = sumsOf(items, faults, form.Currency)
	if v.r.PostForm.Has("remove") {
		return s.showItems(v, http.StatusOK, form)
	}
	if v.text("more") != "" {
		form.Rows = append(form.Rows, page.ItemRow{Quantity: "1", Tax: crm.TaxRates[0]})
		return s.showItems(v, http.StatusOK, form)
	}
	err = error(faults)
	if len(faults) == 0 {
		_, err = s.Services.Deals.SetDealItems(v.ctx(), d.ID, form.Version, form.Currency, items)
	}
	switch {
	case errors.Is(err, crm.ErrConflict):
		// The rows are a whole: whoever saves now has seen that there is another.
		form.Version, form.Alert = d.Version, v.frame.T("items.conflict")
		return s.showItems(v, http.StatusConflict, form)
	case err != nil:
		var status int
		var ok bool
		if form.Errors, form.Alert, status, ok = refusal(v, err); !ok {
			return err
		}
		return s.showItems(v, status, form)
	}
	s.flash(v, page.Flash{Key: "flash.saved", Name: d.Name})
	return v.redirect(page.DealLink(d.ID))
}

// priceRows fills in the price of rows that name a product and no price: what
// the script does when a product is chosen.
func (s *server) priceRows(v *visit, rows []page.ItemRow, currency crm.Currency) ([]page.ItemRow, error) {
	for n, row := range rows {
		if row.Price != "" || row.Name == "" {
			continue
		}
		found, err := s.Services.Products.Products(v.ctx(), crm.ProductFilter{Query: row.Name, ActiveOnly: true, Limit: candidatesShown})
		if err != nil {
			return nil, err
		}
		for _, p := range found.Items {
			if (sameName(p.Name, row.Name) || sameName(p.SKU, row.Name)) && p.Price.Currency == currency {
				rows[n].ProductID, rows[n].Name, rows[n].Price, rows[n].Tax = p.ID, p.Name, p.Price.Amount(), p.Tax
			}
		}
	}
	return rows, nil
}

// productPick answers the box of a row while typing.
func (s *server) productPick(v *visit) error {
	q := v.r.URL.Query()
	row, err := strconv.Atoi(q.Get("row"))
	if err != nil || row < 0 || row >= itemsMost {
		row = 0
	}
	typed := q.Get(crm.ItemField("name", row))
	var found crm.Page[*crm.Product]
	if typed != "" && len(typed) <= 400 {
		if found, err = s.Services.Products.Products(v.ctx(), crm.ProductFilter{Query: typed, ActiveOnly: true, Limit: candidatesShown}); err != nil {
			return err
		}
	}
	return v.render(http.StatusOK, page.ProductOptions(v.frame, strconv.Itoa(row), found.Items))
}
