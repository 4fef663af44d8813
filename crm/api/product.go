package api

import (
	"context"

	"github.com/grupobizopps/salexops/crm"
)

// product is something in the catalogue, as JSON.
type product struct {
	Stamp
	Name   string `json:"name" minLength:"1" maxLength:"200" doc:"What is sold."`
	SKU    string `json:"sku,omitempty" maxLength:"60" doc:"The team's own code; no two products have the same."`
	Price  *money `json:"price,omitempty" doc:"Of one unit, without IVA."`
	Tax    string `json:"tax,omitempty" enum:"16,8,0" default:"16" doc:"IVA, in percent."`
	Active *bool  `json:"active,omitempty" doc:"false: not sold any more, and not offered for new lines; left out: true."`
}

type productList struct {
	Q      string `query:"q" maxLength:"200" doc:"The beginning of words of name or SKU."`
	Active bool   `query:"active" doc:"true: only products that are sold."`
	Paging
}

var products = resource[crm.ProductService, crm.Product, product, productList]{
	one: "product", many: "products",
	list: func(s crm.ProductService, ctx context.Context, l *productList) (crm.Page[*crm.Product], error) {
		return s.Products(ctx, crm.ProductFilter{Query: l.Q, ActiveOnly: l.Active, After: crm.Cursor(l.After), Limit: l.Limit})
	},
	get:    crm.ProductService.Product,
	create: crm.ProductService.CreateProduct,
	update: crm.ProductService.UpdateProduct,
	show:   showProduct,
	take:   takeProduct,
	id:     func(p *crm.Product) *int64 { return &p.ID },
	notes: map[string]string{
		"list":   "The catalogue, by name.",
		"create": "Owners and managers only.",
		"update": "Owners and managers only. Products are never deleted, since deals and quotes speak of them: set active to false.",
	},
}

func showProduct(p *crm.Product) product {
	return product{
		Stamp: Stamp{p.ID, p.Version, &p.CreatedAt, &p.UpdatedAt},
		Name:  p.Name, SKU: p.SKU, Price: showMoney(p.Price), Tax: p.Tax.String(), Active: &p.Active,
	}
}

func takeProduct(j product, p *crm.Product) {
	p.Version, p.Name, p.SKU = j.Version, j.Name, j.SKU
	p.Price, p.Tax, p.Active = j.Price.take(), takePercent(j.Tax), j.Active == nil || *j.Active
}
