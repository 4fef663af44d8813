package page

import "github.com/grupobizopps/salexops/crm"

// LeadLink is the address of a lead.
func LeadLink(id int64) string { return "/leads/" + formatID(id) }

var leadStatusTexts = map[crm.LeadStatus]string{
	crm.LeadNew:         "lead.new",
	crm.LeadContacted:   "lead.contacted",
	crm.LeadQualified:   "lead.qualified",
	crm.LeadUnqualified: "lead.unqualified",
	crm.LeadConverted:   "lead.converted",
}

// LeadStatusText is the message that names a status.
func LeadStatusText(s crm.LeadStatus) string {
	if key := leadStatusTexts[s]; key != "" {
		return key
	}
	return leadStatusTexts[crm.LeadNew]
}

// leadSubtitle is the line below a lead's name.
func leadSubtitle(l *crm.Lead) string {
	company := l.CompanyName
	if company == l.Title() {
		company = ""
	}
	return joinNonEmpty(l.JobTitle, company)
}

// leadBecame are the records that a lead was converted into.
func leadBecame(l *crm.Lead) []struct{ link, text string } {
	var all []struct{ link, text string }
	add := func(id int64, link func(int64) string, text string) {
		if id != 0 {
			all = append(all, struct{ link, text string }{link(id), text})
		}
	}
	add(l.ContactID, ContactLink, "lead.theContact")
	add(l.CompanyID, CompanyLink, "lead.theCompany")
	add(l.DealID, DealLink, "lead.theDeal")
	return all
}

// LeadForm is a lead being written: what was typed and what is wrong.
type LeadForm struct {
	Lead       crm.Lead // ID 0: a new one
	Owners     []*crm.User
	Errors     crm.Invalid
	Alert      string
	MoreEmails int
	MorePhones int
	Custom     CustomValues
}

func (d LeadForm) action() string {
	if d.Lead.ID == 0 {
		return "/leads"
	}
	return LeadLink(d.Lead.ID)
}

// Convert is a lead on its way to a contact, a company and a deal.
type Convert struct {
	Lead    *crm.Lead
	Matches crm.LeadMatches
	// ContactID is the contact that it becomes; 0: a new one. CompanyChoice is
	// "none", "new" or the id of a company.
	ContactID     int64
	CompanyChoice string
	Contact       crm.Contact
	Company       crm.Company
	WithDeal      bool
	Deal          crm.Deal
	Amount        string // of the deal, as typed
	PipelineID    int64
	Pipelines     []*crm.Pipeline
	// What the team requires of new records, and what was typed for it.
	ContactNeeds, CompanyNeeds, DealNeeds CustomValues
	Custom                                map[int64]string
	Errors                                crm.Invalid
	Alert                                 string
}
