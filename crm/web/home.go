package web

import (
	"net/http"
	"slices"

	"github.com/grupobizopps/salexops/crm"
	"github.com/grupobizopps/salexops/crm/web/page"
)

// recentShown is how many records the first page lists.
const recentShown = 10

func (s *server) home(v *visit) error {
	contacts, err := s.Services.Contacts.Contacts(v.ctx(), crm.ContactFilter{Sort: crm.SortRecent, Limit: recentShown})
	if err != nil {
		return err
	}
	companies, err := s.Services.Companies.Companies(v.ctx(), crm.CompanyFilter{Sort: crm.SortRecent, Limit: recentShown})
	if err != nil {
		return err
	}
	v.frame.Section, v.frame.Title = page.SectionHome, v.frame.T("nav.home")
	return v.render(http.StatusOK, page.Home(v.frame, newest(contacts.Items, companies.Items)))
}

// newest merges both kinds, last changed first.
func newest(contacts []*crm.Contact, companies []*crm.Company) []page.Recent {
	all := make([]page.Recent, 0, len(contacts)+len(companies))
	for _, c := range contacts {
		all = append(all, page.Recent{At: c.UpdatedAt, Hit: crm.Hit{
			Kind: crm.KindContact, ID: c.ID, Title: c.Title(), Subtitle: page.ContactSubtitle(c),
		}})
	}
	for _, c := range companies {
		all = append(all, page.Recent{At: c.UpdatedAt, Hit: crm.Hit{
			Kind: crm.KindCompany, ID: c.ID, Title: c.Name, Subtitle: c.Address.City,
		}})
	}
	slices.SortStableFunc(all, func(a, b page.Recent) int { return b.At.Compare(a.At) })
	return all[:min(len(all), recentShown)]
}
