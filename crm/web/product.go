package web

import (
	"errors"
	"net/http"

	"github.com/grupobizopps/salexops/crm"
	"github.com/grupobizopps/salexops/crm/web/page"
)

func (s *server) productList(v *visit) error {
	view, after, before := listView(v, "/settings/products")
	view.Sort = crm.SortName
	found, err := s.Services.Products.Products(v.ctx(), crm.ProductFilter{Query: view.Query, After: after, Before: before})
	if err != nil {
		return err
	}
	view.Next, view.Prev = found.Next, found.Prev
	v.frame.Section, v.frame.Title = page.SectionSettings, v.frame.T("products.title")
	if v.htmx("list") {
		return v.render(http.StatusOK, page.ProductRows(v.frame, view, found.Items))
	}
	return v.render(http.StatusOK, page.ProductList(v.frame, view, found.Items))
}

func (s *server) productNew(v *visit) error {
	return s.showProduct(v, http.StatusOK, page.ProductForm{Product: crm.Product{
		Active: true, Tax: crm.TaxRates[0], Price: crm.Money{Currency: crm.MXN},
	}})
}

func (s *server) productEdit(v *visit) error {
	id, err := v.id()
	if err != nil {
		return err
	}
	p, err := s.Services.Products.Product(v.ctx(), id)
	if err != nil {
		return err
	}
	return s.showProduct(v, http.StatusOK, page.ProductForm{Product: *p, Amount: p.Price.Amount()})
}

func (s *server) showProduct(v *visit, status int, form page.ProductForm) error {
	v.frame.Section, v.frame.Title = page.SectionSettings, v.frame.T("products.newTitle")
	if form.Product.ID != 0 {
		v.frame.Title = v.frame.F("deals.editing", "Name", form.Product.Name)
	}
	return v.render(status, page.EditProduct(v.frame, form))
}

// productSave creates a product or, with one in the address, changes it.
func (s *server) productSave(v *visit) error {
	if err := v.parse(); err != nil {
		return err
	}
	form := page.ProductForm{Amount: v.text("price"), Product: crm.Product{
		Name: v.text("name"), SKU: v.text("sku"), Price: crm.Money{Currency: crm.Currency(v.text("currency"))},
		Active: v.text("active") == "1", Version: v.number("version"),
	}}
	save := s.Services.Products.CreateProduct
	if v.r.PathValue("id") != "" {
		id, err := v.id()
		if err != nil {
			return err
		}
		if _, err := s.Services.Products.Product(v.ctx(), id); err != nil {
			return err
		}
		form.Product.ID, save = id, s.Services.Products.UpdateProduct
	}
	to, err := s.once.do(v.ctx(), v.session.ID, v.text("formToken"), func() (string, error) {
		if err := readPrice(v, &form); err != nil {
			return "", err
		}
		if err := save(v.ctx(), &form.Product); err != nil {
			return "", err
		}
		s.flash(v, page.Flash{Key: "flash.saved", Name: form.Product.Name})
		return "/settings/products", nil
	})
	if errors.Is(err, crm.ErrConflict) {
		stored, lost := s.Services.Products.Product(v.ctx(), form.Product.ID)
		if lost != nil {
			return lost
		}
		form.Product.Version, form.Alert = stored.Version, v.frame.F("products.conflict", "Price", v.frame.L.Money(stored.Price))
		return s.showProduct(v, http.StatusConflict, form)
	}
	if err != nil {
		var status int
		var ok bool
		if form.Errors, form.Alert, status, ok = refusal(v, err); !ok {
			return err
		}
		return s.showProduct(v, status, form)
	}
	return v.redirect(to)
}

// readPrice reads price and rate as typed.
func readPrice(v *visit, form *page.ProductForm) error {
	var fault crm.Fault
	price, err := crm.ParseMoney(form.Amount, form.Product.Price.Currency)
	if errors.As(err, &fault) {
		return crm.Invalid{"price": string(fault)}
	}
	tax, err := crm.ParsePercent(v.text("tax"))
	if errors.As(err, &fault) {
		return crm.Invalid{"tax": string(fault)}
	}
	form.Product.Price, form.Product.Tax = price, tax
	return nil
}
