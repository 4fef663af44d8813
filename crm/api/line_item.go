package api

import "github.com/grupobizopps/salexops/crm"

// lineItem is a line of a deal as JSON.
type lineItem struct {
	ProductID int64  `json:"productId,omitempty" minimum:"0" doc:"Id of the product; left out: the line is free text. Name, price and tax are the line's own: they do not follow the product."`
	Name      string `json:"name" minLength:"1" maxLength:"200" doc:"What is offered, in words."`
	Quantity  string `json:"quantity" pattern:"^\\d{1,7}(\\.\\d{1,3})?$" example:"2.5" doc:"Units, more than 0 and at most 1000000, with at most three decimals."`
	Price     string `json:"price" pattern:"^\\d{1,11}(\\.\\d{1,2})?$" example:"2300" doc:"Of one unit without IVA, in the currency of the deal's value."`
	Discount  string `json:"discount,omitempty" pattern:"^\\d{1,3}(\\.\\d{1,2})?$" example:"12.5" doc:"Off the price, in percent; left out: none."`
	Tax       string `json:"tax,omitempty" enum:"16,8,0" default:"16" doc:"IVA, in percent."`
	Net       string `json:"net,omitempty" readOnly:"true" doc:"Quantity × price less the discount, rounded to the cent."`
}

// totals are the sums of a deal's lines.
type totals struct {
	Net   *money `json:"net" doc:"Without IVA: the deal's value."`
	Tax   *money `json:"tax" doc:"IVA, rounded line by line."`
	Gross *money `json:"gross" doc:"Net and tax."`
}

func showItems(currency crm.Currency, items []crm.LineItem) (lines []lineItem, sums *totals) {
	if len(items) == 0 {
		return nil, nil
	}
	price := func(minor int64) string { return crm.Money{Minor: minor, Currency: currency}.Amount() }
	for _, i := range items {
		lines = append(lines, lineItem{
			ProductID: i.ProductID, Name: i.Name, Quantity: i.Quantity.String(), Price: price(i.UnitPrice),
			Discount: i.Discount.String(), Tax: i.Tax.String(), Net: price(i.Net()),
		})
	}
	t := crm.Total(currency, items)
	return lines, &totals{Net: showMoney(t.Net), Tax: showMoney(t.Tax), Gross: showMoney(t.Gross)}
}

func takeItems(lines []lineItem) []crm.LineItem {
	items := make([]crm.LineItem, 0, len(lines))
	for _, l := range lines {
		price := money{Amount: l.Price, Currency: string(crm.MXN)}
		items = append(items, crm.LineItem{
			ProductID: l.ProductID, Name: l.Name, Quantity: takeQuantity(l.Quantity),
			UnitPrice: price.take().Minor, Discount: takePercent(l.Discount), Tax: takePercent(l.Tax),
		})
	}
	return items
}
