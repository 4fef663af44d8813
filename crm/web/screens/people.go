//go:build screens

package main

import (
	"context"
	"fmt"
	"time"

	"github.com/grupobizopps/salexops/crm"
	"github.com/grupobizopps/salexops/crm/web/webtest"
)

// people are the records that the pictures of leads and merges show.
type people struct {
	twin, other, group   int64 // contacts that are the same; a company with subsidiaries
	lead, known, settled int64 // leads: a new one, one that is known already, a converted one
}

// populate adds them to an office.
func populate(acting context.Context, o *webtest.Office, company int64) (p people, err error) {
	twins := []crm.Contact{
		{GivenName: "Ximena", FamilyName: "Bórquez", CompanyID: company, Emails: []string{"ximena@sanjose.example"}, Phones: []string{"6625550142"}, Source: "Feria", Birthday: "1990-11-30"},
		{GivenName: "Ximena", FamilyName: "Bórquez Soto", JobTitle: "Compras", Emails: []string{"XIMENA@sanjose.example", "xbs@correo.example"}, Phones: []string{"+52 (662) 555 0142"}, Address: crm.Address{City: "Hermosillo", State: "Sonora"}},
	}
	for i := range twins {
		o.Pass(time.Hour)
		if err := o.DB.CreateContact(acting, &twins[i]); err != nil {
			return p, fmt.Errorf("adding a twin: %w", err)
		}
	}
	p.twin, p.other = twins[0].ID, twins[1].ID
	group := crm.Company{Name: "Grupo Hospitalario del Noroeste", Domain: "ghn.example"}
	if err := o.DB.CreateCompany(acting, &group); err != nil {
		return p, fmt.Errorf("adding a group: %w", err)
	}
	p.group = group.ID
	for _, name := range []string{"Clínica del Valle", "CLINICA DEL VALLE S.A. de C.V.", "Laboratorios Ámbar"} {
		if err := o.DB.CreateCompany(acting, &crm.Company{Name: name, ParentID: group.ID, Address: crm.Address{City: "Navojoa"}}); err != nil {
			return p, fmt.Errorf("adding a subsidiary: %w", err)
		}
	}
	return p, p.addLeads(acting, o)
}

func (p *people) addLeads(acting context.Context, o *webtest.Office) error {
	leads := []crm.Lead{
		{GivenName: "Óscar", FamilyName: "Yépiz", CompanyName: "Talleres Yépiz", Emails: []string{"oscar@tyepiz.example"}, Source: "Sitio web", Status: crm.LeadConverted},
		{GivenName: "Ximena", CompanyName: "Hospital San José", JobTitle: "Compras", Emails: []string{"ximena@sanjose.example"}, Source: "Feria", Status: crm.LeadQualified},
		{GivenName: "Begoña", FamilyName: "Peña Ibarra", CompanyName: "Vinos del Mar, S.A. de C.V.", JobTitle: "Dirección general", Emails: []string{"begona@vinosdelmar.example"}, Phones: []string{"5512345678"}, Source: "Referencia", Note: "Pide precio por volumen.\nLlamar el lunes por la tarde.", Extra: crm.Extra{Tags: []string{"Mayoreo"}}},
		{CompanyName: "Agrícola Güemes", Phones: []string{"644 555 0188"}, Source: "Llamada", Status: crm.LeadContacted},
		{GivenName: "Raúl", FamilyName: "Zúñiga", Emails: []string{"raul@correo.example"}, Status: crm.LeadUnqualified},
	}
	for i := range leads {
		o.Pass(time.Hour)
		settle := leads[i].Status == crm.LeadConverted
		if settle {
			leads[i].Status = crm.LeadQualified
		}
		if err := o.DB.CreateLead(acting, &leads[i]); err != nil {
			return fmt.Errorf("adding a lead: %w", err)
		}
		if settle {
			_, err := o.DB.ConvertLead(acting, &crm.Conversion{
				LeadID: leads[i].ID, LeadVersion: leads[i].Version, Contact: leads[i].AsContact(), Company: leads[i].AsCompany(),
				Deal: &crm.Deal{Name: "Equipo de taller", Value: crm.Money{Minor: 8_500_000, Currency: crm.MXN}},
			})
			if err != nil {
				return fmt.Errorf("converting a lead: %w", err)
			}
		}
	}
	p.settled, p.known, p.lead = leads[0].ID, leads[1].ID, leads[2].ID
	return nil
}

func peopleShots(s *sites) []shot {
	p := s.people
	twin, lead := fmt.Sprintf("/contacts/%d", p.twin), fmt.Sprintf("/leads/%d", p.lead)
	return []shot{
		{name: "120-leads", site: "acme", path: "/leads"},
		{name: "121-leads-empty", site: "empty", path: "/leads"},
		{name: "122-lead", site: "acme", path: lead, tall: true},
		{name: "123-lead-edit", site: "acme", path: lead + "/edit", tall: true},
		{name: "124-lead-invalid", site: "acme", path: "/leads/new", tall: true, steps: []string{submit}},
		{name: "125-lead-convert", site: "acme", path: lead + "/convert", tall: true},
		{name: "126-lead-convert-known", site: "acme", path: fmt.Sprintf("/leads/%d/convert", p.known), tall: true},
		{name: "127-lead-converted", site: "acme", path: fmt.Sprintf("/leads/%d", p.settled), tall: true},
		{name: "130-duplicates", site: "acme", path: "/contacts/duplicates", tall: true},
		{name: "131-duplicates-companies", site: "acme", path: "/companies/duplicates", tall: true},
		{name: "132-duplicates-none", site: "empty", path: "/contacts/duplicates"},
		{name: "133-contact-twin", site: "acme", path: twin, tall: true},
		{name: "134-merge-with", site: "acme", path: twin + "/merge"},
		{name: "135-company-group", site: "acme", path: fmt.Sprintf("/companies/%d", p.group), tall: true},
		{name: "136-merge", site: "acme", path: fmt.Sprintf("%s/merge?with=%d", twin, p.other), tall: true},
		{name: "137-merged", site: "acme", path: "", steps: []string{`document.querySelector("main form[action$='/merge']").submit()`}},
		{name: "138-merged-undone", site: "acme", path: "", steps: []string{`document.querySelector("[data-toast] form").submit()`}},
	}
}
