package page

import (
	"strings"

	"github.com/grupobizopps/salexops/crm"
)

// kindTexts name the kinds of records, in the plural.
var kindTexts = map[crm.Kind]string{
	crm.KindContact: "nav.contacts",
	crm.KindCompany: "nav.companies",
	crm.KindLead:    "nav.leads",
	crm.KindDeal:    "deals.title",
}

func kindText(kind crm.Kind) string {
	if key := kindTexts[kind]; key != "" {
		return key
	}
	return "nav.contacts"
}

func ofKind(fields []*crm.CustomField, kind crm.Kind) []*crm.CustomField {
	var all []*crm.CustomField
	for _, d := range fields {
		if d.Kind == kind {
			all = append(all, d)
		}
	}
	return all
}

func lines(values []string) string { return strings.Join(values, "\n") }

// listLinks are the addresses of the lists of kinds.
var listLinks = map[crm.Kind]string{crm.KindContact: "/contacts", crm.KindCompany: "/companies", crm.KindLead: "/leads", crm.KindDeal: "/deals/list"}

// ListLink is the address of the list of a kind.
func ListLink(kind crm.Kind) string {
	if link := listLinks[kind]; link != "" {
		return link
	}
	return "/"
}
