package web

import (
	"net/http"

	"github.com/grupobizopps/salexops/crm"
	"github.com/grupobizopps/salexops/crm/web/page"
)

func (s *server) companyList(v *visit) error {
	view, after, before := listView(v, "/companies")
	found, err := s.Services.Companies.Companies(v.ctx(), crm.CompanyFilter{
		Query: view.Query, Sort: view.Sort, OwnerID: ownerOf(v, view), After: after, Before: before,
	})
	if err != nil {
		return err
	}
	view.Next, view.Prev = found.Next, found.Prev
	v.frame.Section, v.frame.Title = page.SectionCompanies, v.frame.T("companies.title")
	if v.htmx("list") {
		return v.render(http.StatusOK, page.CompanyRows(v.frame, view, found.Items))
	}
	return v.render(http.StatusOK, page.CompanyList(v.frame, view, found.Items))
}
