package web

import (
	"github.com/grupobizopps/salexops/crm"
	"github.com/grupobizopps/salexops/crm/web/page"
)

var leadRecords = recordList{
	texts: page.ListTexts{
		Kind: crm.KindLead, Path: "/leads", Icon: "user-search", Section: page.SectionLeads,
		Title: "leads.title", Filter: "leads.filter", New: "leads.new", Empty: "leads.empty", Hint: "leads.emptyHint",
		Orders: page.PlainOrders(), Steps: leadSteps(),
	},
	columns: []string{"status", "email", "phone", "source", "updated"},
}

// leadSteps are those that want work, and each status.
func leadSteps() []page.ListStep {
	steps := []page.ListStep{{Text: "leads.open"}}
	for _, s := range append(append([]crm.LeadStatus{}, crm.LeadStatuses...), crm.LeadConverted) {
		steps = append(steps, page.ListStep{Text: page.LeadStatusText(s), Params: []string{"status", string(s)}})
	}
	return append(steps, page.ListStep{Text: "list.all", Params: []string{"status", crm.StatusAll}})
}
