package webtest

import (
	"context"
	"fmt"
	"time"

	"github.com/grupobizopps/salexops/crm"
)

const day = 24 * time.Hour

// sketches are deals in all their states: quiet ones, late ones, won ones.
var sketches = []struct {
	name  string
	pesos int64
	stage int64
	since time.Duration // how long ago it was added
	close int           // in how many days it should close; 999: not known
}{
	{"Renovación bodega norte", 48000, 1, 2 * day, 3},
	{"Línea de herramientas", 96500, 1, 3 * day, 0},
	{"Kit de señalización", 39500, 1, day, 999},
	{"Iluminación de patio", 61250, 2, 5 * day, 12},
	{"Equipo contra incendio", 148000, 3, 9 * day, -2},
	{"Uniformes 2027", 74400, 3, 6 * day, 1},
	{"Póliza de servicio", 90000, 3, 4 * day, 6},
	{"Suministro anual", 180000, 4, 7 * day, 2},
	{"Refacciones", 46000, 4, 21 * day, 20},
	{"Almacén climatizado", 260000, 5, 8 * day, 0},
	{"Contrato marco", 142900, 5, 12 * day, 0},
	{"Mantenimiento de montacargas", 33000, 6, 10 * day, 0},
}

// FurnishDeals puts products and deals in an office that was furnished with
// companies; the fifth has items and a quote and is returned with it.
func (f *Office) FurnishDeals(acting context.Context) (deal, quote int64, err error) {
	catalogue := []crm.Product{
		{Name: "Extintor PQS 6 kg", SKU: "EXT-6", Price: crm.Money{Minor: 230000, Currency: crm.MXN}, Tax: 1600, Active: true},
		{Name: "Gabinete con hidrante", SKU: "GAB-1", Price: crm.Money{Minor: 700000, Currency: crm.MXN}, Tax: 1600, Active: true},
		{Name: "Capacitación de brigada", SKU: "CAP-1", Price: crm.Money{Minor: 1250000, Currency: crm.MXN}, Tax: 800},
	}
	for i := range catalogue {
		if err := f.DB.CreateProduct(acting, &catalogue[i]); err != nil {
			return 0, 0, fmt.Errorf("adding a product: %w", err)
		}
	}
	companies, err := f.DB.Companies(acting, crm.CompanyFilter{Sort: crm.SortName})
	if err != nil {
		return 0, 0, fmt.Errorf("listing companies: %w", err)
	}
	for i, s := range sketches {
		d := crm.Deal{
			Name: s.name, StageID: s.stage, Value: crm.Money{Minor: s.pesos * 100, Currency: crm.MXN},
			CompanyID: companies.Items[i%len(companies.Items)].ID,
		}
		if s.close != 999 {
			d.ExpectedClose = f.Now().AddDate(0, 0, s.close).Format(time.DateOnly)
		}
		if s.stage == 3 && s.close < 0 {
			d.Items = []crm.LineItem{
				{ProductID: catalogue[0].ID, Name: catalogue[0].Name, Quantity: 40 * crm.One, UnitPrice: 230000, Tax: 1600},
				{ProductID: catalogue[1].ID, Name: catalogue[1].Name, Quantity: 8 * crm.One, UnitPrice: 700000, Tax: 1600},
			}
		}
		f.Pass(-s.since)
		err := f.DB.CreateDeal(acting, &d)
		f.Pass(s.since)
		if err != nil {
			return 0, 0, fmt.Errorf("adding the deal %s: %w", s.name, err)
		}
		if len(d.Items) > 0 {
			deal = d.ID
		}
	}
	q := crm.Quote{DealID: deal, ValidUntil: f.Now().AddDate(0, 0, 15).Format(time.DateOnly), Notes: "Entrega en dos partes.\nAnticipo de 50 %."}
	if err := f.DB.CreateQuote(acting, &q); err != nil {
		return 0, 0, fmt.Errorf("making a quote: %w", err)
	}
	return deal, q.ID, nil
}
