package web

import (
	"github.com/grupobizopps/salexops/crm"
	"github.com/grupobizopps/salexops/crm/web/page"
)

// dealsShown is how many deals the page of a contact or a company lists.
const dealsShown = 6

// addDeals puts the deals with a contact or a company beside it, what changed
// last first.
func (s *server) addDeals(v *visit, with crm.Hit) error {
	f := crm.DealFilter{Sort: crm.SortRecent, Limit: dealsShown}
	if with.Kind == crm.KindCompany {
		f.CompanyID = with.ID
	} else {
		f.ContactID = with.ID
	}
	found, err := s.Services.Deals.Deals(v.ctx(), f)
	if err != nil {
		return err
	}
	if len(found.Items) > 0 || v.frame.CanWrite() {
		v.frame.Aside = append(v.frame.Aside, page.DealsWith(v.frame, with, found))
	}
	return nil
}
