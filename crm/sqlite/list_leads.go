package sqlite

import "github.com/grupobizopps/salexops/crm"

// leadList says how lists of leads are filtered and shown.
var leadList = &listKind[crm.Lead]{
	record: leads,
	list:   leadListing,
	usual:  usualLeads,
	row: func(l *crm.Lead) crm.Row {
		company := l.CompanyName
		if company == l.Title() {
			company = ""
		}
		return crm.Row{Title: l.Title(), Subtitle: joined(" · ", l.JobTitle, company)}
	},
	fields: append([]listField[crm.Lead]{
		{
			ListField: crm.ListField{Name: "status", Label: "field.status", Type: crm.FieldStatus, Filter: true, Column: true, Edit: true, Options: []crm.ListOption{
				{Value: string(crm.LeadNew), Text: "lead.new"}, {Value: string(crm.LeadContacted), Text: "lead.contacted"},
				{Value: string(crm.LeadQualified), Text: "lead.qualified"}, {Value: string(crm.LeadUnqualified), Text: "lead.unqualified"},
				{Value: string(crm.LeadConverted), Text: "lead.converted", Fixed: true}, {Value: crm.StatusAll, Text: "list.all", Fixed: true},
			}},
			cell:   func(l *crm.Lead) crm.Cell { return textCell(string(l.Status)) },
			column: "status",
			set:    func(l *crm.Lead, text string) { l.Status = crm.LeadStatus(text) },
		},
		column("email", "field.emails", crm.FieldEmail, func(l *crm.Lead) crm.Cell { return firstCell(l.Emails) }),
		column("phone", "field.phones", crm.FieldPhone, func(l *crm.Lead) crm.Cell { return firstCell(l.Phones) }),
		textField("company", "field.companyId", 0, func(l *crm.Lead) *string { return &l.CompanyName }),
		textField("jobTitle", "field.jobTitle", 0, func(l *crm.Lead) *string { return &l.JobTitle }),
		textField("source", "field.source", sourceField, func(l *crm.Lead) *string { return &l.Source }),
	}, headFields(leads, func(l *crm.Lead) string { return l.OwnerName })...),
}

// usualLeads narrows a list of leads to those that want work, unless it asks for
// a status.
func usualLeads(s *selection, q crm.ListQuery) error {
	if len(filterOf(q, "status")) == 0 {
		s.equal("open", 1)
	}
	return nil
}
