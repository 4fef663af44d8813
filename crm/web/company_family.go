package web

import (
	"errors"
	"strconv"

	"github.com/grupobizopps/salexops/crm"
	"github.com/grupobizopps/salexops/crm/web/page"
)

const (
	// familyShown is how many subsidiaries a company's page lists.
	familyShown = 8
	// familyHeight bounds how many companies above one its page names.
	familyHeight = 10
)

// addFamily puts the companies above and below one beside it.
func (s *server) addFamily(v *visit, c *crm.Company) error {
	family := page.Family{Company: c}
	for at := c; at.ParentID != 0 && len(family.Above) < familyHeight; {
		parent, err := s.Services.Companies.Company(v.ctx(), at.ParentID)
		if errors.Is(err, crm.ErrNotFound) {
			break // in the bin, or not for this reader
		}
		if err != nil {
			return err
		}
		family.Above = append([]*crm.Company{parent}, family.Above...)
		at = parent
	}
	below, err := s.Services.Companies.Companies(v.ctx(), crm.CompanyFilter{ParentID: c.ID, Sort: crm.SortName, Limit: familyShown})
	if err != nil {
		return err
	}
	family.Below, family.More = below.Items, below.Next != ""
	if len(family.Above)+len(family.Below) > 0 {
		v.frame.Aside = append(v.frame.Aside, page.FamilyCard(v.frame, family))
	}
	return nil
}

// companySubsidiaries lists the companies that are part of one.
func (s *server) companySubsidiaries(v *visit) error {
	id, err := v.id()
	if err != nil {
		return err
	}
	if _, err := s.Services.Companies.Company(v.ctx(), id); err != nil {
		return err
	}
	return v.redirect("/companies?sort=name&parent=" + strconv.FormatInt(id, 10))
}
