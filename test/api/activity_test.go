package api_test

import (
	"slices"
	"testing"
	"time"

	"k8s.io/utils/ptr"

	"github.com/grupobizopps/salexops/crm"
	"github.com/grupobizopps/salexops/test/api/client"
)

func TestActivitiesOfEveryTypeFromCreationToTheBin(t *testing.T) {
	h := newHouse(t)
	c := h.program(h.owner, crm.ScopeWrite)
	if err := h.DB.CreateContact(h.owner, &crm.Contact{GivenName: "Ana"}); err != nil {
		t.Fatal(err)
	}
	for _, kind := range []client.Activity{
		{Type: client.ActivityTypeTask, Subject: ptr.To("cotizar"), Starts: ptr.To("2026-11-25"), Reminder: ptr.To(client.ActivityReminderN1d)},
		{Type: client.ActivityTypeCall, Body: ptr.To("preguntó por precios"), Starts: ptr.To("2026-11-23T09:30"), DoneAt: ptr.To(h.Now())},
		{Type: client.ActivityTypeMeeting, Subject: ptr.To("visita"), Starts: ptr.To("2026-11-27T10:00"), Ends: ptr.To("2026-11-27T11:00"), Place: ptr.To("planta")},
		{Type: client.ActivityTypeNote, Body: ptr.To("paga a\n30 días")},
	} {
		kind.ContactId = ptr.To[int64](1)
		made, err := c.CreateActivityWithResponse(t.Context(), kind)
		a := *got(t, made.JSON201, err, made.Body)
		if a.Type != kind.Type || *a.ContactName != "Ana" || ptr.Deref(a.Starts, "") != ptr.Deref(kind.Starts, "") || (a.DoneAt == nil) != (kind.DoneAt == nil) {
			t.Errorf("created: %s", made.Body)
		}
		a.Body = ptr.To("otra cosa")
		changed, err := c.UpdateActivityWithResponse(t.Context(), *a.Id, a)
		if now := got(t, changed.JSON200, err, changed.Body); *now.Body != "otra cosa" || *now.Version != 2 {
			t.Errorf("changed: %s", changed.Body)
		}
		late, err := c.UpdateActivityWithResponse(t.Context(), *a.Id, a)
		got(t, late.ApplicationproblemJSON409, err, late.Body)
		gone, err := c.DeleteActivityWithResponse(t.Context(), *a.Id)
		got(t, gone.JSON200, err, gone.Body)
		missing, err := c.GetActivityWithResponse(t.Context(), *a.Id)
		got(t, missing.ApplicationproblemJSON404, err, missing.Body)
	}
	bad, err := c.CreateActivityWithResponse(t.Context(), client.Activity{Type: client.ActivityTypeMeeting, Starts: ptr.To("2026-02-30T10:00"), DealId: ptr.To[int64](7)})
	if places := faults(got(t, bad.ApplicationproblemJSON422, err, bad.Body)); !slices.Contains(places, "body.dealId") && !slices.Contains(places, "body.subject") {
		t.Errorf("faults: %q", places)
	}
}

func TestTasksAreTickedAndListedByTheirState(t *testing.T) {
	h := newHouse(t) // Monday 23 November, 10:42 there
	c := h.program(h.owner, crm.ScopeWrite)
	for subject, starts := range map[string]string{"tarde": "2026-11-20", "hoy": "2026-11-23", "luego": "2026-11-30", "hecho": "2026-11-19", "nunca": ""} {
		made, err := c.CreateActivityWithResponse(t.Context(), client.Activity{Type: client.ActivityTypeTask, Subject: &subject, Starts: &starts})
		a := got(t, made.JSON201, err, made.Body)
		if subject == "hecho" {
			ticked, err := c.SetActivityDoneWithResponse(t.Context(), *a.Id, client.Done{Done: true})
			if got(t, ticked.JSON200, err, ticked.Body).Action == nil {
				t.Error("done is no action")
			}
			same, err := c.SetActivityDoneWithResponse(t.Context(), *a.Id, client.Done{Done: true})
			if got(t, same.JSON200, err, same.Body).Action != nil {
				t.Error("done twice is an action")
			}
		}
	}
	for state, want := range map[client.ListActivitiesParamsState][]string{
		"open": {"tarde", "hoy", "luego", "nunca"}, "overdue": {"tarde"}, "today": {"hoy"}, "upcoming": {"luego", "nunca"}, "done": {"hecho"},
	} {
		listed, err := c.ListActivitiesWithResponse(t.Context(), &client.ListActivitiesParams{State: &state})
		if titles := subjects(got(t, listed.JSON200, err, listed.Body).Items); !slices.Equal(titles, want) {
			t.Errorf("%s: %q, want %q", state, titles, want)
		}
	}
	for name, test := range map[string]struct {
		params client.ListActivitiesParams
		want   int
	}{
		"all":         {client.ListActivitiesParams{}, 5},
		"tasks":       {client.ListActivitiesParams{Type: ptr.To(client.ListActivitiesParamsTypeTask)}, 5},
		"notes":       {client.ListActivitiesParams{Type: ptr.To(client.ListActivitiesParamsTypeNote)}, 0},
		"other owner": {client.ListActivitiesParams{Owner: ptr.To[int64](99)}, 0},
		"words":       {client.ListActivitiesParams{Q: ptr.To("luego")}, 1},
	} {
		listed, err := c.ListActivitiesWithResponse(t.Context(), &test.params)
		if all := got(t, listed.JSON200, err, listed.Body).Items; len(all) != test.want {
			t.Errorf("%s: %q", name, subjects(all))
		}
	}
}

func subjects(all []client.Activity) []string {
	var words []string
	for _, a := range all {
		words = append(words, ptr.Deref(a.Subject, ptr.Deref(a.Body, "")))
	}
	return words
}

func TestActivitiesOfARecord(t *testing.T) {
	h := newHouse(t)
	acme := crm.Company{Name: "Acme"}
	if err := h.DB.CreateCompany(h.owner, &acme); err != nil {
		t.Fatal(err)
	}
	ana := crm.Contact{GivenName: "Ana", CompanyID: acme.ID}
	if err := h.DB.CreateContact(h.owner, &ana); err != nil {
		t.Fatal(err)
	}
	deal := crm.Deal{Name: "Bodega"}
	if err := h.DB.CreateDeal(h.owner, &deal); err != nil {
		t.Fatal(err)
	}
	lead := crm.Lead{GivenName: "Begoña"}
	if err := h.DB.CreateLead(h.owner, &lead); err != nil {
		t.Fatal(err)
	}
	for _, a := range []crm.Activity{
		{Type: crm.ActivityCall, Subject: "a Begoña", Starts: "2026-11-23T10:00", LeadID: lead.ID},
		{Type: crm.ActivityNote, Body: "de Ana", ContactID: ana.ID},
		{Type: crm.ActivityNote, Body: "de Acme", CompanyID: acme.ID},
		{Type: crm.ActivityTask, Subject: "de la bodega", DealID: deal.ID},
	} {
		h.Pass(time.Minute)
		if err := h.DB.CreateActivity(h.owner, &a); err != nil {
			t.Fatal(err)
		}
	}
	c := h.program(h.owner, crm.ScopeRead)
	contact, err := c.ListContactActivitiesWithResponse(t.Context(), ana.ID, nil)
	if all := subjects(got(t, contact.JSON200, err, contact.Body).Items); !slices.Equal(all, []string{"de Ana"}) {
		t.Errorf("of the contact: %q", all)
	}
	company := &client.ListCompanyActivitiesParams{Limit: ptr.To[int64](1)}
	var all []string
	for range 5 {
		r, err := c.ListCompanyActivitiesWithResponse(t.Context(), acme.ID, company)
		part := got(t, r.JSON200, err, r.Body)
		all = append(all, subjects(part.Items)...)
		if company.After = part.Next; company.After == nil {
			break
		}
	}
	if !slices.Equal(all, []string{"de Acme", "de Ana"}) {
		t.Errorf("of the company: %q", all)
	}
	tasks, err := c.ListDealActivitiesWithResponse(t.Context(), deal.ID, &client.ListDealActivitiesParams{Type: ptr.To(client.ListDealActivitiesParamsTypeTask)})
	if all := subjects(got(t, tasks.JSON200, err, tasks.Body).Items); !slices.Equal(all, []string{"de la bodega"}) {
		t.Errorf("tasks of the deal: %q", all)
	}
	leads, err := c.ListLeadActivitiesWithResponse(t.Context(), lead.ID, nil)
	calls := got(t, leads.JSON200, err, leads.Body).Items
	if len(calls) != 1 || calls[0].LeadId == nil || *calls[0].LeadId != lead.ID || *calls[0].LeadName != "Begoña" {
		t.Errorf("of the lead: %+v", calls)
	}
	none, err := c.ListDealActivitiesWithResponse(t.Context(), 99, nil)
	got(t, none.ApplicationproblemJSON404, err, none.Body)
}
