package sqlite

import (
	"errors"
	"testing"
	"time"

	"github.com/grupobizopps/salexops/crm"
)

func TestQuotesAreNumberedWithoutGaps(t *testing.T) {
	o := newOffice(t)
	o.rights.TimeZone = "America/Hermosillo"
	o.clock.now = time.Date(2027, 1, 1, 3, 0, 0, 0, time.UTC) // still 2026 in Hermosillo
	acme := o.company("Acme")
	d := o.deal("Extintores", func(d *crm.Deal) {
		d.CompanyID = acme.ID
		d.Items = []crm.LineItem{{Name: "Extintor", Quantity: 3 * crm.One, UnitPrice: 9999, Tax: 1600}}
	})
	quote := func() *crm.Quote {
		q := &crm.Quote{DealID: d.ID, ValidUntil: "2027-02-01", Notes: "Entrega\r\nen dos partes  "}
		if err := o.CreateQuote(o.owner, q); err != nil {
			t.Fatal(err)
		}
		return q
	}
	first := quote()
	if first.Number() != "C-2026-0001" || first.Customer.Company != "Acme" || first.Notes != "Entrega\nen dos partes" || first.SellerName != "Lucía Moreno" {
		t.Errorf("got %+v", first)
	}
	if err := o.CreateQuote(o.owner, &crm.Quote{DealID: o.deal("vacío").ID, ValidUntil: "2027-02-01"}); err == nil {
		t.Error("a quote of nothing")
	}
	if second := quote(); second.Number() != "C-2026-0002" {
		t.Errorf("after a refusal: %s", second.Number())
	}
	o.clock.Advance(24 * time.Hour)
	if q := quote(); q.Number() != "C-2027-0001" {
		t.Errorf("a new year: %s", q.Number())
	}
	// The deal goes for good; its number is not given again.
	if _, err := o.DeleteDeal(o.owner, d.ID); err != nil {
		t.Fatal(err)
	}
	if _, err := o.Quote(o.owner, first.ID); !errors.Is(err, crm.ErrNotFound) {
		t.Errorf("a quote of a deal in the bin: %v", err)
	}
	o.clock.Advance(binTime + time.Hour)
	if err := o.tidy(t.Context()); err != nil {
		t.Fatal(err)
	}
	d = o.deal("Otro", func(d *crm.Deal) { d.Items = []crm.LineItem{{Name: "x", Quantity: crm.One}} })
	if q := quote(); q.Number() != "C-2027-0002" {
		t.Errorf("after the deal is gone: %s", q.Number())
	}
}

func TestAQuoteIsACopy(t *testing.T) {
	o := newOffice(t)
	d := o.deal("Extintores", func(d *crm.Deal) {
		d.Items = []crm.LineItem{{Name: "Extintor", Quantity: crm.One, UnitPrice: 10000, Tax: 800}}
	})
	q := &crm.Quote{DealID: d.ID, ValidUntil: "2027-02-01"}
	if err := o.CreateQuote(o.owner, q); err != nil {
		t.Fatal(err)
	}
	if _, err := o.SetDealItems(o.owner, d.ID, d.Version, crm.MXN, nil); err != nil {
		t.Fatal(err)
	}
	read, err := o.Quote(o.owner, q.ID)
	if err != nil || len(read.Items) != 1 || read.Totals().Gross != (crm.Money{Minor: 10800, Currency: crm.MXN}) {
		t.Errorf("got %+v, %v", read, err)
	}
	read.Notes = "nueva"
	if err := o.UpdateQuote(o.owner, read); err != nil {
		t.Fatal(err)
	}
	if err := o.UpdateQuote(o.owner, read); !errors.Is(err, crm.ErrConflict) {
		t.Errorf("an older version: %v", err)
	}
	if err := o.SendQuote(o.owner, q.ID); err != nil {
		t.Fatal(err)
	}
	read, _ = o.Quote(o.owner, q.ID)
	var invalid crm.Invalid
	if err := o.UpdateQuote(o.owner, read); !errors.As(err, &invalid) {
		t.Errorf("a quote that was sent: %v", err)
	}
	if read.StatusOn("2027-02-01") != crm.QuoteSent || read.StatusOn("2027-02-02") != crm.QuoteExpired {
		t.Error("validity includes its last day and no other")
	}
	action, err := o.AcceptQuote(o.owner, q.ID, true)
	if err != nil || action == 0 {
		t.Fatalf("accept: %d, %v", action, err)
	}
	if got, _ := o.Deal(o.owner, d.ID); got.Status != crm.StageWon {
		t.Errorf("the deal: %+v", got)
	}
	if read, _ = o.Quote(o.owner, q.ID); read.StatusOn("2028-01-01") != crm.QuoteAccepted {
		t.Error("what was accepted does not expire")
	}
	history, err := o.History(o.owner, crm.KindDeal, d.ID, "", 0)
	verbs := []string{}
	for _, a := range history.Items {
		verbs = append(verbs, a.Verb)
	}
	if err != nil || len(verbs) != 7 || verbs[1] != verbQuoteAccept || verbs[5] != verbQuote {
		t.Errorf("history: %v, %v", verbs, err)
	}
	if _, err := o.UndoAction(o.owner, action); err != nil {
		t.Errorf("undo of winning: %v", err)
	}
}

func TestTheCatalogue(t *testing.T) {
	o := newOffice(t)
	p := &crm.Product{Name: "Extintor PQS 6 kg", SKU: "ext-6", Price: pesos(2300), Tax: 1600, Active: true}
	if err := o.CreateProduct(o.owner, p); err != nil {
		t.Fatal(err)
	}
	var invalid crm.Invalid
	if err := o.CreateProduct(o.owner, &crm.Product{Name: "Otro", SKU: "EXT-6", Tax: 1600}); !errors.As(err, &invalid) || invalid["sku"] != crm.KeyExists {
		t.Errorf("the same SKU: %v", err)
	}
	for range 2 {
		if err := o.CreateProduct(o.owner, &crm.Product{Name: "Sin clave", Active: true}); err != nil {
			t.Fatal(err)
		}
	}
	p.Active = false
	if err := o.UpdateProduct(o.owner, p); err != nil || p.Version != 2 {
		t.Fatalf("update: %+v, %v", p, err)
	}
	page, err := o.Products(o.owner, crm.ProductFilter{Query: "ext"})
	if err != nil || len(page.Items) != 1 || *page.Items[0] != *p {
		t.Errorf("found %+v, %v", page.Items, err)
	}
	if page, err := o.Products(o.owner, crm.ProductFilter{ActiveOnly: true}); err != nil || len(page.Items) != 2 {
		t.Errorf("active: %v, %v", page.Items, err)
	}
}
