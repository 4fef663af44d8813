package api_test

import (
	"net/http"
	"slices"
	"testing"
	"time"

	openapi "github.com/oapi-codegen/runtime/types"
	"k8s.io/utils/ptr"

	"github.com/grupobizopps/salexops/crm"
	"github.com/grupobizopps/salexops/test/api/client"
)

func pesos(amount string) *client.Money { return &client.Money{Amount: amount} }

func TestDealsFromCreationToTheBin(t *testing.T) {
	h := newHouse(t)
	c := h.program(h.owner, crm.ScopeWrite)
	field := crm.CustomField{Kind: crm.KindDeal, Label: "Zona", Type: crm.FieldChoice, Choices: []string{"Norte", "Sur"}}
	if err := h.DB.CreateCustomField(h.owner, &field); err != nil {
		t.Fatal(err)
	}
	close := openapi.Date{Time: time.Date(2026, 12, 15, 0, 0, 0, 0, time.UTC)}
	made, err := c.CreateDealWithResponse(t.Context(), client.Deal{
		Title: "Refacciones 2027", Value: pesos("12500.50"), ExpectedClose: &close, Tags: &[]string{"VIP"}, Custom: &map[string]string{"1": "norte"},
	})
	deal := *got(t, made.JSON201, err, made.Body)
	if deal.Value.Amount != "12500.50" || *deal.Value.Currency != "MXN" || *deal.StageName != "Prospecto" || *deal.Status != client.DealStatusOpen ||
		(*deal.Tags)[0] != "VIP" || (*deal.Custom)["1"] != "Norte" || !deal.ExpectedClose.Equal(close.Time) || deal.ClosedAt != nil || *deal.Version != 1 {
		t.Errorf("created: %s", made.Body)
	}
	if at := made.HTTPResponse.Header.Get("Location"); at != "/api/v1/deals/1" {
		t.Errorf("its address is %q", at)
	}

	deal.Title, deal.Tags, deal.Value = "Refacciones", nil, &client.Money{Amount: "900", Currency: ptr.To(client.MoneyCurrencyUSD)}
	changed, err := c.UpdateDealWithResponse(t.Context(), *deal.Id, deal)
	now := got(t, changed.JSON200, err, changed.Body)
	if now.Title != "Refacciones" || now.Tags != nil || (*now.Custom)["1"] != "Norte" || now.Value.Amount != "900" || *now.Value.Currency != "USD" || *now.Version != 2 {
		t.Errorf("changed: %s", changed.Body)
	}
	late, err := c.UpdateDealWithResponse(t.Context(), *deal.Id, deal)
	if err != nil || late.ApplicationproblemJSON409 == nil {
		t.Errorf("an old version: %v, %s", err, late.Body)
	}

	gone, err := c.DeleteDealWithResponse(t.Context(), *deal.Id)
	action := got(t, gone.JSON200, err, gone.Body).Action
	missing, err := c.GetDealWithResponse(t.Context(), *deal.Id)
	if err != nil || missing.ApplicationproblemJSON404 == nil {
		t.Errorf("read after delete: %v, %s", err, missing.Body)
	}
	undone, err := c.UndoActionWithResponse(t.Context(), *action)
	if got(t, undone.JSON200, err, undone.Body).Records != 1 {
		t.Errorf("undone: %s", undone.Body)
	}
	twice, err := c.UndoActionWithResponse(t.Context(), *action)
	if err != nil || twice.ApplicationproblemJSON409 == nil {
		t.Errorf("undone twice: %v, %s", err, twice.Body)
	}
	back, err := c.GetDealWithResponse(t.Context(), *deal.Id)
	if got(t, back.JSON200, err, back.Body).Title != "Refacciones" {
		t.Errorf("back: %s", back.Body)
	}
}

func TestLinesOfADealMakeItsValue(t *testing.T) {
	h := newHouse(t)
	c := h.program(h.owner, crm.ScopeWrite)
	sold, err := c.CreateProductWithResponse(t.Context(), client.Product{Name: "Extintor", Price: pesos("2300")})
	product := got(t, sold.JSON201, err, sold.Body)
	made, err := c.CreateDealWithResponse(t.Context(), client.Deal{Title: "Bodega", Items: &[]client.LineItem{
		{ProductId: product.Id, Name: "Extintor", Quantity: "2.5", Price: "2300", Discount: ptr.To("10")},
		{Name: "Flete", Quantity: "1", Price: "99.99", Tax: ptr.To(client.LineItemTaxN0)},
	}})
	deal := got(t, made.JSON201, err, made.Body)
	if deal.Value.Amount != "5274.99" || deal.Totals.Tax.Amount != "828" || deal.Totals.Gross.Amount != "6102.99" || len(*deal.Items) != 2 {
		t.Fatalf("created: %s", made.Body)
	}
	if line := (*deal.Items)[0]; *line.ProductId != *product.Id || line.Quantity != "2.5" || line.Price != "2300" || *line.Discount != "10" || *line.Tax != "16" || *line.Net != "5175" {
		t.Errorf("the first line: %+v", line)
	}

	deal.Value, deal.Items, deal.Source = pesos("1"), nil, ptr.To("feria")
	changed, err := c.UpdateDealWithResponse(t.Context(), *deal.Id, *deal)
	if now := got(t, changed.JSON200, err, changed.Body); now.Value.Amount != "5274.99" || len(*now.Items) != 2 || *now.Source != "feria" {
		t.Errorf("an update leaves the lines: %s", changed.Body)
	}
	body := client.ItemsOf{Version: 2, Currency: ptr.To(client.ItemsOfCurrencyUSD), Items: []client.LineItem{{Name: "Flete", Quantity: "3", Price: "10"}}}
	replaced, err := c.SetDealItemsWithResponse(t.Context(), *deal.Id, body)
	if now := got(t, replaced.JSON200, err, replaced.Body); now.Value.Amount != "30" || *now.Value.Currency != "USD" || *now.Version != 3 {
		t.Errorf("replaced: %s", replaced.Body)
	}
	late, err := c.SetDealItemsWithResponse(t.Context(), *deal.Id, body)
	if err != nil || late.ApplicationproblemJSON409 == nil {
		t.Errorf("lines of an old version: %v, %s", err, late.Body)
	}
	body.Version, body.Items = 3, append(body.Items, client.LineItem{Name: "Nada", Quantity: "0", Price: "1"}, client.LineItem{ProductId: ptr.To[int64](99), Name: "X", Quantity: "1", Price: "1", Discount: ptr.To("101")})
	bad, err := c.SetDealItemsWithResponse(t.Context(), *deal.Id, body)
	if places := faults(got(t, bad.ApplicationproblemJSON422, err, bad.Body)); !slices.Equal(places, []string{"body.items[1].quantity", "body.items[2].discount"}) {
		t.Errorf("bad lines: %q", places)
	}
	body.Items = []client.LineItem{}
	none, err := c.SetDealItemsWithResponse(t.Context(), *deal.Id, body)
	if now := got(t, none.JSON200, err, none.Body); now.Items != nil || now.Totals != nil {
		t.Errorf("no lines: %s", none.Body)
	}
}

func TestDealsMoveFromStageToStage(t *testing.T) {
	h := newHouse(t)
	c := h.program(h.owner, crm.ScopeWrite)
	listed, err := c.ListPipelinesWithResponse(t.Context())
	stages := got(t, listed.JSON200, err, listed.Body).Items[0].Stages
	reasons, err := c.ListLostReasonsWithResponse(t.Context())
	reason := got(t, reasons.JSON200, err, reasons.Body).Items[0]
	made, err := c.CreateDealWithResponse(t.Context(), client.Deal{Title: "Bodega"})
	id := *got(t, made.JSON201, err, made.Body).Id
	to := func(m client.Move) *client.Moved {
		t.Helper()
		h.Pass(time.Hour)
		r, err := c.MoveDealWithResponse(t.Context(), id, m)
		return got(t, r.JSON200, err, r.Body)
	}
	if m := to(client.Move{StageId: *stages[1].Id}); *m.Deal.StageName != *ptr.To(stages[1].Name) || m.Action == nil {
		t.Errorf("moved: %+v", m.Deal)
	}
	if m := to(client.Move{StageId: *stages[1].Id}); m.Action != nil {
		t.Error("standing still is an action")
	}
	lost := to(client.Move{StageId: *stages[len(stages)-1].Id, LostReasonId: reason.Id, LostNote: ptr.To("eligieron otro")})
	if *lost.Deal.Status != client.DealStatusLost || *lost.Deal.LostReason != reason.Name || lost.Deal.ClosedAt == nil || *lost.Deal.Probability != 0 {
		t.Errorf("lost: %+v", lost.Deal)
	}
	undone, err := c.UndoActionWithResponse(t.Context(), *lost.Action)
	got(t, undone.JSON200, err, undone.Body)
	if won := to(client.Move{StageId: *stages[len(stages)-2].Id}); *won.Deal.Status != client.DealStatusWon || won.Deal.LostReason != nil {
		t.Errorf("won: %+v", won.Deal)
	}
	spans, err := c.ListDealStagesWithResponse(t.Context(), id)
	if all := got(t, spans.JSON200, err, spans.Body).Items; len(all) != 3 || all[0].Left == nil || all[2].Left != nil || all[2].StageName != stages[len(stages)-2].Name {
		t.Errorf("stages: %s", spans.Body)
	}
	nowhere, err := c.MoveDealWithResponse(t.Context(), id, client.Move{StageId: 99})
	if places := faults(got(t, nowhere.ApplicationproblemJSON422, err, nowhere.Body)); !slices.Equal(places, []string{"body.stageId"}) {
		t.Errorf("no such stage: %q", places)
	}
	none, err := c.MoveDealWithResponse(t.Context(), 99, client.Move{StageId: 1})
	if err != nil || none.StatusCode() != http.StatusNotFound {
		t.Errorf("no such deal: %v, %s", err, none.Body)
	}
}

func TestDealsAreFoundByTheirFilters(t *testing.T) {
	h := newHouse(t)
	acme := crm.Company{Name: "Acme"}
	ana := crm.Contact{GivenName: "Ana"}
	if err := h.DB.CreateCompany(h.owner, &acme); err != nil {
		t.Fatal(err)
	}
	if err := h.DB.CreateContact(h.owner, &ana); err != nil {
		t.Fatal(err)
	}
	for _, d := range []crm.Deal{
		{Name: "abierto", CompanyID: acme.ID, Value: crm.Money{Minor: 500}, ExpectedClose: "2026-12-01"},
		{Name: "avanzado", StageID: 3, ContactID: ana.ID, Value: crm.Money{Minor: 900}, ExpectedClose: "2027-02-01"},
		{Name: "ganado", StageID: 5},
		{Name: "perdido", StageID: 6, LostReasonID: 1},
	} {
		h.Pass(24 * time.Hour)
		if err := h.DB.CreateDeal(h.owner, &d); err != nil {
			t.Fatal(err)
		}
	}
	day := func(year int, month time.Month, day int) *openapi.Date {
		return &openapi.Date{Time: time.Date(year, month, day, 0, 0, 0, 0, time.UTC)}
	}
	yesterday := h.Now().Add(-12 * time.Hour)
	open := ptr.To(client.ListDealsParamsStatusOpen)
	c := h.program(h.owner, crm.ScopeRead)
	for name, test := range map[string]struct {
		params client.ListDealsParams
		want   []string
	}{
		"none":            {client.ListDealsParams{}, []string{"perdido", "ganado", "avanzado", "abierto"}},
		"reversed":        {client.ListDealsParams{Sort: ptr.To(client.ListDealsParamsSort("-name"))}, []string{"perdido", "ganado", "avanzado", "abierto"}},
		"open":            {client.ListDealsParams{Status: open}, []string{"avanzado", "abierto"}},
		"least":           {client.ListDealsParams{Status: open, Sort: ptr.To(client.ListDealsParamsSort("-value"))}, []string{"abierto", "avanzado"}},
		"stage":           {client.ListDealsParams{Stage: ptr.To[int64](3)}, []string{"avanzado"}},
		"pipeline":        {client.ListDealsParams{Pipeline: ptr.To[int64](1), Status: open}, []string{"avanzado", "abierto"}},
		"other pipeline":  {client.ListDealsParams{Pipeline: ptr.To[int64](2)}, nil},
		"company":         {client.ListDealsParams{Company: &acme.ID}, []string{"abierto"}},
		"contact":         {client.ListDealsParams{Contact: &ana.ID}, []string{"avanzado"}},
		"other owner":     {client.ListDealsParams{Owner: ptr.To[int64](99)}, nil},
		"lost for":        {client.ListDealsParams{LostReason: ptr.To[int64](1)}, []string{"perdido"}},
		"closes from":     {client.ListDealsParams{CloseFrom: day(2027, 1, 1), CloseTo: day(2027, 2, 1)}, []string{"avanzado"}},
		"closed lately":   {client.ListDealsParams{ClosedFrom: &yesterday}, []string{"perdido"}},
		"closed before":   {client.ListDealsParams{ClosedFrom: ptr.To(yesterday.AddDate(-1, 0, 0)), ClosedTo: &yesterday}, []string{"ganado"}},
		"quiet":           {client.ListDealsParams{Status: open, QuietBefore: ptr.To(yesterday.AddDate(0, 0, -2))}, []string{"abierto"}},
		"words":           {client.ListDealsParams{Q: ptr.To("AVANZ")}, []string{"avanzado"}},
		"words of nobody": {client.ListDealsParams{Q: ptr.To("nadie")}, nil},
	} {
		listed, err := c.ListDealsWithResponse(t.Context(), &test.params)
		var titles []string
		for _, d := range got(t, listed.JSON200, err, listed.Body).Items {
			titles = append(titles, d.Title)
		}
		if !slices.Equal(titles, test.want) {
			t.Errorf("%s: %q, want %q", name, titles, test.want)
		}
	}
	unsorted, err := c.ListDealsWithResponse(t.Context(), &client.ListDealsParams{Sort: ptr.To(client.ListDealsParamsSort("value"))})
	if places := faults(got(t, unsorted.ApplicationproblemJSON422, err, unsorted.Body)); !slices.Equal(places, []string{"query.sort"}) {
		t.Errorf("an order that has no index: %q", places)
	}
}
