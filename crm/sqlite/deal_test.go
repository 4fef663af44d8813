package sqlite

import (
	"errors"
	"slices"
	"testing"
	"time"

	"github.com/grupobizopps/salexops/crm"
)

func pesos(units int64) crm.Money { return crm.Money{Minor: units * 100, Currency: crm.MXN} }

func (o *office) deal(name string, change ...func(*crm.Deal)) *crm.Deal {
	o.t.Helper()
	d := &crm.Deal{Name: name, Value: pesos(1000)}
	for _, c := range change {
		c(d)
	}
	if err := o.CreateDeal(o.owner, d); err != nil {
		o.t.Fatalf("create deal %s: %v", name, err)
	}
	return d
}

func (o *office) move(d *crm.Deal, stage int64) int64 {
	o.t.Helper()
	o.clock.Advance(time.Hour)
	_, action, err := o.MoveDeal(o.owner, crm.Move{DealID: d.ID, StageID: stage})
	if err != nil {
		o.t.Fatalf("move %s: %v", d.Name, err)
	}
	return action
}

func (o *office) stages(id int64) []string {
	o.t.Helper()
	spans, err := o.DealStages(o.owner, id)
	if err != nil {
		o.t.Fatal(err)
	}
	var names []string
	for i, s := range spans {
		names = append(names, s.StageName)
		if s.Left.IsZero() != (i == len(spans)-1) {
			o.t.Errorf("span %d of %d: %+v", i, len(spans), s)
		}
	}
	return names
}

func TestADealBeginsInTheFirstStage(t *testing.T) {
	o := newOffice(t)
	acme, ana := o.company("Acme"), o.contact("Ana", "Núñez")
	d := o.deal("  Renovación   bodega ", func(d *crm.Deal) { d.CompanyID, d.ContactID, d.ExpectedClose = acme.ID, ana.ID, "2027-01-20" })
	read, err := o.Deal(o.owner, d.ID)
	if err != nil {
		t.Fatal(err)
	}
	if read.Name != "Renovación bodega" || read.CompanyName != "Acme" || read.ContactName != "Ana Núñez" ||
		read.StageName != "Prospecto" || read.Probability != 10 || !read.IsOpen() || read.OwnerName != "Lucía Moreno" ||
		read.Value != pesos(1000) || !read.StageSince.Equal(read.CreatedAt) || !read.LastActivityAt.Equal(read.CreatedAt) || !read.ClosedAt.IsZero() {
		t.Errorf("got %+v", read)
	}
	hits, err := o.Search(o.owner, "renovacion", 5)
	if err != nil || len(hits) != 1 || hits[0] != (crm.Hit{Kind: crm.KindDeal, ID: d.ID, Title: d.Name, Subtitle: "Acme"}) {
		t.Errorf("found %v, %v", hits, err)
	}
}

func TestADealThatCannotBeStored(t *testing.T) {
	o := newOffice(t)
	for name, want := range map[string]struct {
		deal  crm.Deal
		field string
	}{
		"no name":            {crm.Deal{}, "title"},
		"no such stage":      {crm.Deal{Name: "x", StageID: 99}, "stageId"},
		"no such company":    {crm.Deal{Name: "x", CompanyID: 99}, "companyId"},
		"no such contact":    {crm.Deal{Name: "x", ContactID: 99}, "contactId"},
		"no such owner":      {crm.Deal{Name: "x", OwnerID: 99}, "ownerId"},
		"no such reason":     {crm.Deal{Name: "x", StageID: 6, LostReasonID: 99}, "lostReasonId"},
		"no such product":    {crm.Deal{Name: "x", Items: []crm.LineItem{{ProductID: 9, Name: "y", Quantity: crm.One}}}, "name-0"},
		"no day":             {crm.Deal{Name: "x", ExpectedClose: "2027-02-30"}, "expectedClose"},
		"less than nothing":  {crm.Deal{Name: "x", Value: crm.Money{Minor: -1, Currency: crm.MXN}}, "value"},
		"a foreign currency": {crm.Deal{Name: "x", Value: crm.Money{Currency: "EUR"}}, "value"},
	} {
		var invalid crm.Invalid
		if err := o.CreateDeal(o.owner, &want.deal); !errors.As(err, &invalid) || invalid[want.field] == "" {
			t.Errorf("%s: %v", name, err)
		}
	}
}

func TestMovingWinningAndLosingAreTakenBack(t *testing.T) {
	o := newOffice(t)
	reasons, err := o.LostReasons(o.owner)
	if err != nil || len(reasons) != 5 {
		t.Fatalf("reasons: %v, %v", reasons, err)
	}
	d := o.deal("Uniformes")
	entered := d.StageSince
	moved := o.move(d, 3)
	won := o.move(d, 5)
	if got, _ := o.Deal(o.owner, d.ID); got.Status != crm.StageWon || got.Probability != 100 || !got.ClosedAt.Equal(o.clock.Now()) {
		t.Errorf("won: %+v", got)
	}
	if got := o.stages(d.ID); !slices.Equal(got, []string{"Prospecto", "Propuesta", "Ganado"}) {
		t.Errorf("stages: %v", got)
	}
	if _, err := o.UndoAction(o.owner, moved); !errors.Is(err, crm.ErrNotUndoable) {
		t.Errorf("undo below a later change: %v", err)
	}
	if _, err := o.UndoAction(o.owner, won); err != nil {
		t.Fatal(err)
	}
	got, _ := o.Deal(o.owner, d.ID)
	if got.StageID != 3 || !got.IsOpen() || !got.ClosedAt.IsZero() || got.StageSince.Equal(o.clock.Now()) {
		t.Errorf("after undo of winning: %+v", got)
	}
	if got := o.stages(d.ID); !slices.Equal(got, []string{"Prospecto", "Propuesta"}) {
		t.Errorf("stages after undo: %v", got)
	}
	o.clock.Advance(time.Hour)
	lost, action, err := o.MoveDeal(o.owner, crm.Move{DealID: d.ID, StageID: 6, LostReasonID: reasons[0].ID, LostNote: "por poco"})
	if err != nil || lost.LostReason != reasons[0].Name || lost.Status != crm.StageLost || lost.LostNote != "por poco" {
		t.Fatalf("lost: %+v, %v", lost, err)
	}
	if _, err := o.UndoAction(o.owner, action); err != nil {
		t.Fatal(err)
	}
	if got, _ := o.Deal(o.owner, d.ID); got.LostReasonID != 0 || got.LostNote != "" || !got.StageSince.After(entered) {
		t.Errorf("after undo of losing: %+v", got)
	}
	if same, action, err := o.MoveDeal(o.owner, crm.Move{DealID: d.ID, StageID: 3}); err != nil || action != 0 || same.StageID != 3 {
		t.Errorf("a move to where it is: %+v, %d, %v", same, action, err)
	}
}

func TestUndoOfAnUndoneMoveGoesAgain(t *testing.T) {
	o := newOffice(t)
	d := o.deal("Uniformes")
	moved := o.move(d, 2)
	o.clock.Advance(time.Hour)
	undone, err := o.UndoAction(o.owner, moved)
	if err != nil {
		t.Fatal(err)
	}
	if _, err := o.UndoAction(o.owner, undone.By); err != nil {
		t.Fatal(err)
	}
	if got := o.stages(d.ID); !slices.Equal(got, []string{"Prospecto", "Calificado"}) {
		t.Errorf("stages: %v", got)
	}
}

func TestDeletedDealsReturnWithTheirItems(t *testing.T) {
	o := newOffice(t)
	d := o.deal("Uniformes", func(d *crm.Deal) {
		d.Items = []crm.LineItem{{Name: "Camisa", Quantity: 2 * crm.One, UnitPrice: 15050, Tax: 1600}}
		d.Tags = []string{"urgente"}
	})
	if d.Value.Minor != 30100 {
		t.Errorf("value of the items: %v", d.Value)
	}
	action, err := o.DeleteDeal(o.owner, d.ID)
	if err != nil {
		t.Fatal(err)
	}
	if _, err := o.Deal(o.owner, d.ID); !errors.Is(err, crm.ErrNotFound) {
		t.Errorf("in the bin: %v", err)
	}
	if _, err := o.UndoAction(o.owner, action); err != nil {
		t.Fatal(err)
	}
	if got, err := o.Deal(o.owner, d.ID); err != nil || len(got.Items) != 1 || got.Value.Minor != 30100 || len(got.Tags) != 1 {
		t.Errorf("back again: %+v, %v", got, err)
	}
}

func TestItemsMakeTheValue(t *testing.T) {
	o := newOffice(t)
	d := o.deal("Extintores")
	items := []crm.LineItem{
		{Name: "Extintor", Quantity: 40 * crm.One, UnitPrice: 230000, Tax: 1600},
		{Name: "Gabinete", Quantity: 8 * crm.One, UnitPrice: 700000, Tax: 1600},
	}
	d, err := o.SetDealItems(o.owner, d.ID, d.Version, crm.USD, items)
	if err != nil || d.Value != (crm.Money{Minor: 14800000, Currency: crm.USD}) {
		t.Fatalf("got %+v, %v", d, err)
	}
	if _, err := o.SetDealItems(o.owner, d.ID, d.Version-1, crm.USD, nil); !errors.Is(err, crm.ErrConflict) {
		t.Errorf("an older version: %v", err)
	}
	d.Name, d.Items, d.Value, d.StageID = "Extintores 2027", nil, pesos(5), 0
	if err := o.UpdateDeal(o.owner, d); err != nil || len(d.Items) != 2 || d.Value.Minor != 14800000 || d.StageID != 1 {
		t.Errorf("an update of the facts: %+v, %v", d, err)
	}
	last, err := o.History(o.owner, crm.KindDeal, d.ID, "", 2)
	if err != nil || last.Items[1].Changes[0] != (crm.Change{Field: "value", From: "MXN 1000", To: "USD 148000"}) ||
		last.Items[1].Changes[1].To != "Extintor × 40, Gabinete × 8" {
		t.Errorf("history: %+v, %v", last.Items[1], err)
	}
	if _, err := o.UndoAction(o.owner, last.Items[0].ID); err != nil {
		t.Fatal(err)
	}
	items[0].Discount = 10_001
	var invalid crm.Invalid
	if _, err := o.SetDealItems(o.owner, d.ID, d.Version+1, crm.USD, items); !errors.As(err, &invalid) || invalid["discount-0"] != crm.KeyPercent {
		t.Errorf("a discount of more than all: %v", err)
	}
}

func TestASellerFindsNoTraceOfOthersDeals(t *testing.T) {
	o := newOffice(t)
	seller, user, _ := o.hire(crm.RoleSeller, "seller@acme.example")
	theirs := o.deal("Secreto", func(d *crm.Deal) { d.Items = []crm.LineItem{{Name: "x", Quantity: crm.One, UnitPrice: 100}} })
	own := o.deal("Propio", func(d *crm.Deal) { d.OwnerID = user.ID })
	q := &crm.Quote{DealID: theirs.ID, ValidUntil: "2027-02-01"}
	if err := o.CreateQuote(o.owner, q); err != nil {
		t.Fatal(err)
	}
	o.settings.Store(&crm.Settings{Visibility: crm.VisibleToOwner})
	for name, err := range map[string]error{
		"read":      second(o.Deal(seller, theirs.ID)),
		"stages":    second(o.DealStages(seller, theirs.ID)),
		"quote":     second(o.Quote(seller, q.ID)),
		"send":      o.SendQuote(seller, q.ID),
		"delete":    second(o.DeleteDeal(seller, theirs.ID)),
		"items":     second(o.SetDealItems(seller, theirs.ID, 1, crm.MXN, nil)),
		"new quote": o.CreateQuote(seller, &crm.Quote{DealID: theirs.ID, ValidUntil: "2027-02-01"}),
	} {
		if !errors.Is(err, crm.ErrNotFound) {
			t.Errorf("%s: %v", name, err)
		}
	}
	if _, _, err := o.MoveDeal(seller, crm.Move{DealID: theirs.ID, StageID: 2}); !errors.Is(err, crm.ErrNotFound) {
		t.Errorf("move: %v", err)
	}
	if quotes, err := o.Quotes(seller, theirs.ID); err != nil || len(quotes) != 0 {
		t.Errorf("quotes: %v, %v", quotes, err)
	}
	if page, err := o.Deals(seller, crm.DealFilter{}); err != nil || len(page.Items) != 1 || page.Items[0].ID != own.ID {
		t.Errorf("list: %v, %v", page.Items, err)
	}
	board, err := o.Board(seller, crm.BoardFilter{})
	if err != nil || board.Open.Count != 1 || len(board.Lanes[0].Deals.Items) != 1 {
		t.Errorf("board: %+v, %v", board, err)
	}
	if hits, err := o.Search(seller, "secreto", 5); err != nil || len(hits) != 0 {
		t.Errorf("search: %v, %v", hits, err)
	}
}

func second[T any](_ T, err error) error { return err }

func TestAReaderChangesNoDeal(t *testing.T) {
	o := newOffice(t)
	d := o.deal("Uniformes")
	reader, _, _ := o.hire(crm.RoleReadOnly, "reader@acme.example")
	seller, _, _ := o.hire(crm.RoleSeller, "seller@acme.example")
	if _, _, err := o.MoveDeal(reader, crm.Move{DealID: d.ID, StageID: 2}); !errors.Is(err, crm.ErrForbidden) {
		t.Errorf("move: %v", err)
	}
	if err := o.SavePipeline(seller, &crm.Pipeline{}); !errors.Is(err, crm.ErrForbidden) {
		t.Errorf("pipeline: %v", err)
	}
	if err := o.CreateProduct(seller, &crm.Product{}); !errors.Is(err, crm.ErrForbidden) {
		t.Errorf("product: %v", err)
	}
	if err := o.SaveLostReason(seller, &crm.LostReason{}); !errors.Is(err, crm.ErrForbidden) {
		t.Errorf("reason: %v", err)
	}
}

func TestActivityKeepsADealFromGoingQuiet(t *testing.T) {
	o := newOffice(t)
	d := o.deal("Uniformes")
	quiet := func() int {
		page, err := o.Deals(o.owner, crm.DealFilter{
			Status: crm.StageOpen, QuietBefore: o.clock.Now().Add(-crm.QuietAfter), Sort: crm.SortQuiet,
		})
		if err != nil {
			t.Fatal(err)
		}
		return len(page.Items)
	}
	o.clock.Advance(15 * 24 * time.Hour)
	if quiet() != 1 {
		t.Error("a deal of two weeks ago is not quiet")
	}
	err := o.writer.do(t.Context(), ordinary, func(tx *tx) error { return tx.touchDeal(d.ID, o.clock.Now()) })
	if err != nil || quiet() != 0 {
		t.Errorf("a deal that was touched is quiet: %v", err)
	}
	if got, _ := o.Deal(o.owner, d.ID); got.Version != 1 || !got.LastActivityAt.Equal(o.clock.Now()) {
		t.Errorf("touched: %+v", got)
	}
}
