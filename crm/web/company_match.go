package web

import (
	"errors"
	"strings"

	"golang.org/x/text/cases"
	"golang.org/x/text/language"
	"golang.org/x/text/unicode/norm"

	"github.com/grupobizopps/salexops/crm"
	"github.com/grupobizopps/salexops/crm/web/page"
)

// errWhichCompany: the form must ask which company is meant.
var errWhichCompany = errors.New("the company is not clear")

// candidatesShown is how many companies the form offers to choose from.
const candidatesShown = 5

// matchCompany finds the one company with the typed name. With none or several
// the form asks.
func (s *server) matchCompany(v *visit, form *page.ContactForm) error {
	found, err := s.companiesLike(v, form.CompanyText, candidatesShown)
	if err != nil {
		return err
	}
	var same []*crm.Company
	for _, c := range found {
		if sameName(c.Name, form.CompanyText) {
			same = append(same, c)
		}
	}
	if len(same) == 1 {
		form.Contact.CompanyID, form.CompanyText = same[0].ID, same[0].Name
		return nil
	}
	form.Contact.CompanyID = 0
	form.Ask, form.Candidates = true, found
	form.Errors = crm.Invalid{"companyId": "error.whichCompany"}
	return errWhichCompany
}

func (s *server) companiesLike(v *visit, typed string, limit int) ([]*crm.Company, error) {
	found, err := s.Services.Companies.Companies(v.ctx(), crm.CompanyFilter{Query: typed, Sort: crm.SortName, Limit: limit})
	if err != nil {
		return nil, err
	}
	return found.Items, nil
}

// sameName compares as a person would: blanks and case do not matter.
func sameName(a, b string) bool { return foldName(a) == foldName(b) }

func foldName(s string) string {
	return cases.Lower(language.Spanish).String(norm.NFC.String(strings.Join(strings.Fields(s), " ")))
}
