package sqlite

import (
	"errors"
	"fmt"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/grupobizopps/salexops/crm"
)

func TestListsOfDealsAreFilteredByEveryField(t *testing.T) {
	o := newOffice(t)
	acme, ana := o.company("Acme"), o.contact("Ana", "López")
	zone := o.field(crm.KindDeal, "Zona", crm.FieldChoice, "Norte", "Sur")
	o.deal("Almacén", func(d *crm.Deal) {
		d.CompanyID, d.ContactID, d.Source, d.ExpectedClose = acme.ID, ana.ID, "Feria", "2027-02-01"
		d.Extra = crm.Extra{Tags: []string{"VIP"}, Custom: map[int64]string{zone.ID: "Norte"}}
	})
	o.clock.Advance(24 * time.Hour)
	o.deal("Bomba", func(d *crm.Deal) { d.Value, d.StageID, d.ExpectedClose = dollars(300), 3, "2027-01-02" })
	won := o.deal("Cinta")
	lost := o.deal("Disco")
	o.move(won, 5)
	o.clock.Advance(24 * time.Hour)
	if _, _, err := o.MoveDeal(o.owner, crm.Move{DealID: lost.ID, StageID: 6, LostReasonID: 1}); err != nil {
		t.Fatal(err)
	}
	for address, want := range map[string]string{
		"":                                    "Bomba Almacén",
		"sort=close":                          "Bomba Almacén",
		"sort=-close":                         "Almacén Bomba",
		"sort=value":                          "Almacén Bomba",
		"status=won":                          "Cinta",
		"status=won&status=lost&sort=name":    "Cinta Disco",
		"status=all&sort=-name":               "Disco Cinta Bomba Almacén",
		"stage=3":                             "Bomba",
		"stage=5&sort=closed":                 "Cinta",
		"stage=5&stage=1&sort=name":           "Almacén Cinta",
		"pipeline=1":                          "Bomba Almacén",
		"pipeline=2":                          "",
		"value.from=500":                      "Almacén",
		"value.from=USD 100":                  "Bomba",
		"value.to=$300":                       "Bomba",
		"value=1000":                          "Almacén",
		"close.to=-1d":                        "Bomba",
		"close.from=2027-01-03":               "Almacén",
		"close.empty=1&status=all&sort=name":  "Cinta Disco",
		"closed.from=2027-01-06&status=all":   "Disco",
		"closed.to=2027-01-05&status=all":     "Cinta",
		"activity.to=2027-01-04":              "Almacén",
		"created.from=2027-01-05":             "Bomba",
		"company=" + fmt.Sprint(acme.ID):      "Almacén",
		"company.empty=1":                     "Bomba",
		"contact=" + fmt.Sprint(ana.ID):       "Almacén",
		"reason=1&status=lost":                "Disco",
		"source=feria":                        "Almacén",
		"owner=me&status=all&sort=name":       "Almacén Bomba Cinta Disco",
		"tag=vip":                             "Almacén",
		"tag.empty=1":                         "Bomba",
		customName(zone.ID) + "=norte":        "Almacén",
		"q=acme":                              "Almacén",
		"q=disco":                             "",
		"q=disco&status=all":                  "Disco",
		"tag=vip&value.from=1&owner=1&q=alma": "Almacén",
	} {
		got, err := rowsOf(t, o, crm.KindDeal, address)
		if err != nil || strings.Join(got, " ") != want {
			t.Errorf("%s lists %v, %v; want %s", address, got, err, want)
		}
	}
	for address, field := range map[string]string{
		"status=nada": "status", "stage=x": "stage", "value.from=mucho": "value.from", "close.to=pronto": "close.to", "status=all&sort=value": "sort",
		"status.from=a": "status", "close=hoy": "close", "value.empty=1": "value", "sort=nada": "sort",
	} {
		var invalid crm.Invalid
		if _, err := rowsOf(t, o, crm.KindDeal, address); !errors.As(err, &invalid) || invalid[field] == "" {
			t.Errorf("%s: %v", address, err)
		}
	}
}

// Every order of deals walks an index for what a list shows as it is opened, or
// by one owner, one stage; what else is asked for is found by an index of its own.
func TestListsOfDealsWalkTheirIndex(t *testing.T) {
	o := newOffice(t)
	seller := crm.Actor{User: &crm.User{ID: 7, Role: crm.RoleSeller}}
	query := func(actor crm.Actor, sort crm.Sort, filters ...crm.Filter) selection {
		s, err := dealList.selection(o.DB, actor, crm.ListQuery{Sort: sort, Filters: filters})
		if err != nil {
			t.Fatal(err)
		}
		return s
	}
	owner := crm.Actor{User: &crm.User{ID: 1, Role: crm.RoleOwner}}
	mine, won, stage := crm.Filter{Field: "owner", Values: []string{"me"}}, crm.Filter{Field: "status", Values: []string{"won"}}, crm.Filter{Field: "stage", Values: []string{"3"}}
	all := crm.Filter{Field: "status", Values: []string{crm.StatusAll}}
	walks := func(index string, s selection) {
		s.conditions = nil // asked of each row, or found first
		assertWalks(t, o, index, func(from, back bool) string { return dealListing.query(s, from, back) })
	}
	for sort := range dealListing.orders {
		name := strings.TrimPrefix(string(sort), "-")
		walks("deal_status_"+name, query(owner, sort))
		walks("deal_status_"+name, query(owner, sort, won))
		walks("deal_status_"+name, query(owner, sort, stage))
		walks("deal_owner_status_"+name, query(owner, sort, mine))
		o.settings.Store(&crm.Settings{Visibility: crm.VisibleToOwner})
		walks("deal_owner_status_"+name, query(seller, sort))
		o.settings.Store(&crm.Settings{})
	}
	walks("deal_recent", query(owner, crm.SortRecent, all))
	walks("deal_name", query(owner, crm.SortName, all))
	walks("deal_owner_recent", query(owner, crm.SortRecent, all, mine))
	assertFinds(t, o, "deal", query(owner, "", all,
		crm.Filter{Field: "stage", Values: []string{"1"}}, crm.Filter{Field: "pipeline", Values: []string{"1"}},
		crm.Filter{Field: "value", From: "1"}, crm.Filter{Field: "close", To: "-1d"}, crm.Filter{Field: "closed", From: "-1d"},
		crm.Filter{Field: "activity", To: "-1d"}, crm.Filter{Field: "created", To: "-1d"}, crm.Filter{Field: "company", Values: []string{"1"}},
		crm.Filter{Field: "contact", Values: []string{"1"}}, crm.Filter{Field: "reason", Values: []string{"1"}}, crm.Filter{Field: "owner", Values: []string{"1", "2"}},
	))
	assertFinds(t, o, "deal", query(owner, "", crm.Filter{Field: "status", Values: []string{"won", "lost"}}))
}

// assertFinds wants each condition of a selection to be found by an index.
func assertFinds(t *testing.T, o *office, table string, s selection) {
	t.Helper()
	for _, c := range s.conditions {
		steps := plan(t, o, c.finds)
		if !strings.HasPrefix(steps, "SEARCH "+table+" USING") || strings.Contains(steps, "TEMP B-TREE") {
			t.Errorf("%s\nis found by\n%s", c.finds, steps)
		}
	}
	if len(s.conditions) == 0 {
		t.Error("there is no condition")
	}
}

func TestManyDealsAreChangedAndBack(t *testing.T) {
	o := newOffice(t)
	first, second := o.deal("Almacén"), o.deal("Bomba")
	ids := []int64{first.ID, second.ID}
	for _, e := range []crm.BulkEdit{
		{Field: "stage", Value: "3"}, {Field: "close", Value: "2027-03-01"}, {Field: "source", Value: "Feria"}, {AddTags: []string{"VIP"}}, {Delete: true},
	} {
		done, err := o.EditMany(o.owner, crm.KindDeal, ids, e)
		if err != nil || done.Changed != 2 || len(done.Left) != 0 {
			t.Fatalf("%+v: %+v, %v", e, done, err)
		}
		if e.Field == "stage" {
			if d, err := o.Deal(o.owner, first.ID); err != nil || d.StageName != "Propuesta" || d.Probability != 50 {
				t.Errorf("moved to %+v, %v", d, err)
			}
			if got := o.stages(first.ID); !slices.Equal(got[len(got)-1:], []string{"Propuesta"}) {
				t.Errorf("its stages are %v", got)
			}
		}
		if undone := o.undo(done.Action); undone.Records != 2 {
			t.Errorf("%+v, undone: %+v", e, undone)
		}
	}
	if d, err := o.Deal(o.owner, second.ID); err != nil || d.StageID != 1 || d.Source != "" || d.ExpectedClose != "" || len(d.Tags) > 0 {
		t.Errorf("after all is undone: %+v, %v", d, err)
	}
	for _, e := range []crm.BulkEdit{{Field: "stage", Value: "99"}, {Field: "stage"}, {Field: "value", Value: "1"}} {
		var invalid crm.Invalid
		if _, err := o.EditMany(o.owner, crm.KindDeal, ids, e); !errors.As(err, &invalid) {
			t.Errorf("%+v: %v", e, err)
		}
	}
	if done, err := o.EditMany(o.owner, crm.KindDeal, ids, crm.BulkEdit{Field: "close", Value: "pronto"}); err != nil || done.Changed != 0 || len(done.Left) != 2 {
		t.Errorf("a date that is none: %+v, %v", done, err)
	}
}
