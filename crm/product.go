package crm

import (
	"context"
	"slices"
	"time"
)

// KindProduct is the kind of Product.
const KindProduct Kind = "product"

// Product is something in the catalogue. Products are never deleted, since
// deals and quotes speak of them: one that is not sold any more is not active.
type Product struct {
	ID        int64
	Name      string // required, at most 200 characters
	SKU       string // at most 60 characters; no two products have the same
	Price     Money  // of one unit, without IVA
	Tax       Percent
	Active    bool
	CreatedAt time.Time // UTC
	UpdatedAt time.Time // UTC
	Version   int64
}

// ProductFilter chooses a page of products, by name.
type ProductFilter struct {
	Query         string // the beginning of words of name or SKU
	ActiveOnly    bool
	After, Before Cursor
	Limit         int // 1 to 200; 0 means 50
}

// ProductService keeps the catalogue. Everybody reads it, managers change it.
// Errors as ContactService.
type ProductService interface {
	Product(ctx context.Context, id int64) (*Product, error)
	Products(ctx context.Context, f ProductFilter) (Page[*Product], error)
	CreateProduct(ctx context.Context, p *Product) error
	UpdateProduct(ctx context.Context, p *Product) error
}

// Normalize writes the fields as they are stored.
func (p *Product) Normalize() {
	p.Name, p.SKU = tidy(p.Name), tidy(p.SKU)
	if p.Price.Currency == "" {
		p.Price.Currency = MXN
	}
}

// Validate reports every field that cannot be stored, as Invalid, or nil.
func (p *Product) Validate() error {
	invalid := Invalid{}
	if p.Name == "" {
		invalid.set("name", KeyRequired)
	}
	invalid.text("name", p.Name, maxLongText)
	invalid.text("sku", p.SKU, 60)
	p.Price.check(invalid, "price")
	if !slices.Contains(TaxRates, p.Tax) {
		invalid.set("tax", KeyChoice)
	}
	return invalid.orNil()
}
