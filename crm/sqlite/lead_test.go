package sqlite

import (
	"errors"
	"fmt"
	"testing"

	"github.com/grupobizopps/salexops/crm"
)

func (o *office) lead(l crm.Lead) *crm.Lead {
	o.t.Helper()
	if err := o.CreateLead(o.owner, &l); err != nil {
		o.t.Fatalf("create lead: %v", err)
	}
	return &l
}

func (o *office) fetchLead(id int64) *crm.Lead {
	o.t.Helper()
	l, err := o.Lead(o.owner, id)
	if err != nil {
		o.t.Fatalf("read lead %d: %v", id, err)
	}
	return l
}

func TestALeadIsKeptWithAllItsFields(t *testing.T) {
	o := newOffice(t)
	l := o.lead(crm.Lead{
		GivenName: "José", FamilyName: "Núñez", CompanyName: "Acme", JobTitle: "Compras", Emails: []string{"j@acme.example"},
		Phones: []string{"662 555 0101"}, Source: "Feria", Note: "uno\ndos", Extra: crm.Extra{Tags: []string{"VIP"}},
	})
	got := o.fetchLead(l.ID)
	if got.Title() != "José Núñez" || got.CompanyName != "Acme" || got.JobTitle != "Compras" || got.Status != crm.LeadNew ||
		got.Note != "uno\ndos" || got.OwnerName != "Lucía Moreno" || len(got.Emails) != 1 || len(got.Phones) != 1 || len(got.Tags) != 1 {
		t.Errorf("got %+v", got)
	}
	if hits, err := o.Search(o.owner, "nunez acme", 5); err != nil || len(hits) != 1 || hits[0].Kind != crm.KindLead || hits[0].Subtitle != "Acme" {
		t.Errorf("found %v, %v", hits, err)
	}
	got.Status = crm.LeadQualified
	if err := o.UpdateLead(o.owner, got); err != nil {
		t.Fatal(err)
	}
	if err := o.UpdateLead(o.owner, l); !errors.Is(err, crm.ErrConflict) {
		t.Errorf("an old version: %v", err)
	}
	action, err := o.DeleteLead(o.owner, l.ID)
	if err != nil {
		t.Fatal(err)
	}
	o.undo(action)
	if o.fetchLead(l.ID).Status != crm.LeadQualified {
		t.Error("the undo of a deletion lost the status")
	}
}

func TestLeadsAreListedByWhatTheyWant(t *testing.T) {
	o := newOffice(t)
	for _, status := range crm.LeadStatuses {
		o.lead(crm.Lead{GivenName: string(status), Status: status})
	}
	for want, f := range map[int]crm.LeadFilter{
		3: {Open: true}, 1: {Status: crm.LeadUnqualified}, 4: {Sort: crm.SortName}, 0: {OwnerID: 99},
	} {
		page, err := o.Leads(o.owner, f)
		if err != nil || len(page.Items) != want {
			t.Errorf("%+v: %d leads, %v", f, len(page.Items), err)
		}
	}
	var invalid crm.Invalid
	if err := o.CreateLead(o.owner, &crm.Lead{GivenName: "Ana", Status: crm.LeadConverted}); !errors.As(err, &invalid) {
		t.Errorf("a lead that begins converted: %v", err)
	}
}

func TestALeadFindsWhatItMayBeAlready(t *testing.T) {
	o := newOffice(t)
	acme := &crm.Company{Name: "Ferretería Acme, S.A. de C.V.", Domain: "acme.example"}
	if err := o.CreateCompany(o.owner, acme); err != nil {
		t.Fatal(err)
	}
	ana := o.store(crm.Contact{GivenName: "Ana", Emails: []string{"ana@otra.example"}, Phones: []string{"662 555 0101"}})
	matches, err := o.LeadMatches(o.owner, &crm.Lead{
		CompanyName: "FERRETERIA ACME", Emails: []string{"x@acme.example"}, Phones: []string{"+52 6625550101"},
	})
	if err != nil || len(matches.Contacts) != 1 || matches.Contacts[0].ID != ana.ID || len(matches.Companies) != 1 || matches.Companies[0].ID != acme.ID {
		t.Fatalf("got %+v, %v", matches, err)
	}
	if likes := matches.Companies[0].Likenesses; len(likes) != 2 {
		t.Errorf("the company is like in %v", likes)
	}
	if none, err := o.LeadMatches(o.owner, &crm.Lead{GivenName: "Ana"}); err != nil || len(none.Contacts)+len(none.Companies) != 0 {
		t.Errorf("a bare name matches %+v, %v", none, err)
	}
}

func TestALeadIsConvertedAndBackAsAWhole(t *testing.T) {
	o := newOffice(t)
	l := o.lead(crm.Lead{GivenName: "José", CompanyName: "Acme", Emails: []string{"j@acme.example"}, Status: crm.LeadQualified})
	c := &crm.Conversion{LeadID: l.ID, LeadVersion: l.Version, Contact: l.AsContact(), Company: l.AsCompany()}
	action, err := o.ConvertLead(o.owner, c)
	if err != nil {
		t.Fatal(err)
	}
	contact, lead := o.fetch(c.Contact.ID), o.fetchLead(l.ID)
	if contact.CompanyName != "Acme" || contact.CompanyID != c.Company.ID || o.fetchCompany(c.Company.ID).Domain != "acme.example" {
		t.Errorf("made %+v", contact)
	}
	if lead.Status != crm.LeadConverted || lead.ContactID != contact.ID || lead.CompanyID != c.Company.ID {
		t.Errorf("the lead is %+v", lead)
	}
	if _, err := o.ConvertLead(o.owner, &crm.Conversion{LeadID: l.ID, LeadVersion: lead.Version, Contact: l.AsContact()}); !errors.Is(err, crm.ErrConflict) {
		t.Errorf("convert twice: %v", err)
	}
	var invalid crm.Invalid
	lead.Status = crm.LeadNew
	if err := o.UpdateLead(o.owner, lead); !errors.As(err, &invalid) || invalid["status"] != crm.KeyConverted {
		t.Errorf("change a converted lead: %v", err)
	}
	undone := o.undo(action)
	if undone.Records != 3 {
		t.Errorf("undone: %+v", undone)
	}
	if back := o.fetchLead(l.ID); back.Status != crm.LeadQualified || back.ContactID != 0 || back.CompanyID != 0 {
		t.Errorf("undone, the lead is %+v", back)
	}
	if _, err := o.Contact(o.owner, contact.ID); !errors.Is(err, crm.ErrNotFound) {
		t.Errorf("undone, the contact: %v", err)
	}
	o.undo(undone.By)
	if again := o.fetchLead(l.ID); again.Status != crm.LeadConverted || o.fetch(again.ContactID).CompanyName != "Acme" {
		t.Errorf("redone, the lead is %+v", again)
	}
}

func TestALeadIsConvertedIntoADealToo(t *testing.T) {
	o := newOffice(t)
	l := o.lead(crm.Lead{GivenName: "José", CompanyName: "Acme", Source: "Feria"})
	c := &crm.Conversion{
		LeadID: l.ID, LeadVersion: 1, Contact: l.AsContact(), Company: l.AsCompany(),
		Deal: &crm.Deal{Name: "Refacciones", Value: pesos(1500), ExpectedClose: "2027-02-01", StageID: 2, OwnerID: l.OwnerID},
	}
	action, err := o.ConvertLead(o.owner, c)
	if err != nil {
		t.Fatal(err)
	}
	lead := o.fetchLead(l.ID)
	d, err := o.Deal(o.owner, lead.DealID)
	if err != nil || d.ID != c.Deal.ID || d.ContactName != "José" || d.CompanyName != "Acme" || d.StageID != 2 || d.Value != pesos(1500) {
		t.Fatalf("the deal is %+v, %v", d, err)
	}
	// A lead that became a deal is one deal, in every figure.
	for range 2 {
		board := o.dashboard(crm.DashboardFilter{Period: crm.PeriodMonth})
		if board.Funnel[0].Count != 1 || board.Open().Count != 1 || fmt.Sprint(board.Open().Sums) != fmt.Sprint([]crm.Money{pesos(1500)}) {
			t.Errorf("the dashboard has %+v, %+v", board.Funnel, board.Open())
		}
		undone := o.undo(action)
		if undone.Records != 4 {
			t.Errorf("undone: %+v", undone)
		}
		if lead := o.fetchLead(l.ID); lead.Status != crm.LeadNew || lead.DealID != 0 {
			t.Errorf("undone, the lead is %+v", lead)
		}
		if _, err := o.Deal(o.owner, d.ID); !errors.Is(err, crm.ErrNotFound) {
			t.Errorf("undone, the deal: %v", err)
		}
		if board := o.dashboard(crm.DashboardFilter{Period: crm.PeriodMonth}); !board.Empty() {
			t.Errorf("undone, the dashboard has %+v", board.Funnel)
		}
		action = o.undo(undone.By).By
		if again := o.fetchLead(l.ID); again.Status != crm.LeadConverted || again.DealID != d.ID {
			t.Errorf("redone, the lead is %+v", again)
		}
	}
}

func TestADealThatIsWrongStopsTheConversion(t *testing.T) {
	o := newOffice(t)
	l := o.lead(crm.Lead{GivenName: "Ana"})
	for field, deal := range map[string]crm.Deal{
		"deal.title": {}, "deal.value": {Name: "x", Value: pesos(-1)}, "deal.expectedClose": {Name: "x", ExpectedClose: "mañana"},
		"deal.stageId": {Name: "x", StageID: 99},
	} {
		var invalid crm.Invalid
		_, err := o.ConvertLead(o.owner, &crm.Conversion{LeadID: l.ID, LeadVersion: 1, Contact: l.AsContact(), Deal: &deal})
		if !errors.As(err, &invalid) || invalid[field] == "" {
			t.Errorf("%s: %v", field, err)
		}
	}
	if o.fetchLead(l.ID).Status != crm.LeadNew {
		t.Error("the lead was converted nevertheless")
	}
	if found, err := o.Contacts(o.owner, crm.ContactFilter{}); err != nil || len(found.Items) != 0 {
		t.Errorf("contacts were left behind: %v, %v", found.Items, err)
	}
}

// A deal that is gone for good is not named any more.
func TestALeadForgetsADealThatIsGone(t *testing.T) {
	o := newOffice(t)
	l := o.lead(crm.Lead{GivenName: "Ana"})
	c := &crm.Conversion{LeadID: l.ID, LeadVersion: 1, Contact: l.AsContact(), Deal: &crm.Deal{Name: "x"}}
	if _, err := o.ConvertLead(o.owner, c); err != nil {
		t.Fatal(err)
	}
	if _, err := o.DeleteDeal(o.owner, c.Deal.ID); err != nil {
		t.Fatal(err)
	}
	if _, err := o.PurgeBinned(o.owner, crm.KindDeal, []int64{c.Deal.ID}); err != nil {
		t.Fatal(err)
	}
	if lead := o.fetchLead(l.ID); lead.DealID != 0 || lead.ContactID == 0 {
		t.Errorf("the lead is %+v", lead)
	}
}

func TestALeadJoinsWhatIsThereAlready(t *testing.T) {
	o := newOffice(t)
	acme, ana := o.company("Acme"), o.contact("Ana", "López")
	l := o.lead(crm.Lead{GivenName: "Ana", CompanyName: "Acme"})
	c := &crm.Conversion{LeadID: l.ID, LeadVersion: 1, Contact: crm.Contact{ID: ana.ID}, Company: &crm.Company{ID: acme.ID}}
	if _, err := o.ConvertLead(o.owner, c); err != nil {
		t.Fatal(err)
	}
	if lead := o.fetchLead(l.ID); lead.ContactID != ana.ID || lead.CompanyID != acme.ID {
		t.Errorf("the lead is %+v", lead)
	}
	if o.fetch(ana.ID).Version != 1 {
		t.Error("an existing contact was changed")
	}
	other := o.store(crm.Contact{GivenName: "Ana", FamilyName: "Lopez"})
	action := o.mustMerge(other.ID, ana.ID)
	if lead := o.fetchLead(l.ID); lead.ContactID != other.ID {
		t.Errorf("after a merge the lead names %d", lead.ContactID)
	}
	o.undo(action)
	if lead := o.fetchLead(l.ID); lead.ContactID != ana.ID {
		t.Errorf("after its undo the lead names %d", lead.ContactID)
	}
}

func TestFaultsOfAConversionAreTold(t *testing.T) {
	o := newOffice(t)
	l := o.lead(crm.Lead{GivenName: "Ana"})
	c := &crm.Conversion{LeadID: l.ID, LeadVersion: 1, Contact: crm.Contact{}, Company: &crm.Company{Name: "Acme", RFC: "x"}}
	var invalid crm.Invalid
	if _, err := o.ConvertLead(o.owner, c); !errors.As(err, &invalid) || invalid["company.rfc"] != crm.KeyRFC || invalid["givenName"] != crm.KeyRequired {
		t.Errorf("got %v", err)
	}
	if o.fetchLead(l.ID).Status != crm.LeadNew {
		t.Error("the lead was converted nevertheless")
	}
	if _, err := o.ConvertLead(o.owner, &crm.Conversion{LeadID: l.ID, LeadVersion: 1, Contact: crm.Contact{ID: 99}}); !errors.Is(err, crm.ErrNotFound) {
		t.Errorf("with a contact that is not there: %v", err)
	}
	seller, _, _ := o.hire(crm.RoleSeller, "seller@acme.example")
	o.settings.Store(&crm.Settings{Visibility: crm.VisibleToOwner})
	if _, err := o.ConvertLead(seller, &crm.Conversion{LeadID: l.ID, LeadVersion: 1, Contact: l.AsContact()}); !errors.Is(err, crm.ErrNotFound) {
		t.Errorf("somebody else's: %v", err)
	}
	if _, err := o.Lead(seller, l.ID); !errors.Is(err, crm.ErrNotFound) {
		t.Errorf("read somebody else's: %v", err)
	}
}

func TestLeadsOfOnePersonAreFound(t *testing.T) {
	o := newOffice(t)
	ana := o.lead(crm.Lead{GivenName: "Ana", Emails: []string{"ana@acme.example"}, Phones: []string{"662 555 0101"}})
	other := o.lead(crm.Lead{GivenName: "Anita", Phones: []string{"+52 6625550101"}})
	o.contact("Ana", "López")
	if got := o.alikes(crm.KindLead, ana.ID); len(got) != 1 || fmt.Sprint(got[other.ID]) != fmt.Sprint([]crm.Likeness{crm.LikePhone}) {
		t.Errorf("alike are %v", got)
	}
	other.Phones, other.Emails = nil, []string{"ANA@acme.example"}
	if err := o.UpdateLead(o.owner, other); err != nil {
		t.Fatal(err)
	}
	if got := o.alikes(crm.KindLead, ana.ID); fmt.Sprint(got[other.ID]) != fmt.Sprint([]crm.Likeness{crm.LikeEmail}) {
		t.Errorf("after a change alike are %v", got)
	}
	if _, err := o.DeleteLead(o.owner, other.ID); err != nil {
		t.Fatal(err)
	}
	if got := o.alikes(crm.KindLead, ana.ID); len(got) != 0 {
		t.Errorf("one in the bin is alike: %v", got)
	}
}
