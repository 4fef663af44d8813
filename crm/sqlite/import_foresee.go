package sqlite

import (
	"maps"

	"github.com/grupobizopps/salexops/crm"
)

// foresee asks for all rows of a portion together what each would ask for.
func (p *importPortion) foresee(portion []readRow) error {
	if err := p.foreseeCompanies(portion); err != nil {
		return err
	}
	kind := p.found.Kind
	var keys []crm.IdentityKey
	for i := range portion {
		row := &portion[i]
		if len(row.problems) > 0 {
			continue
		}
		if row.Company != nil {
			keys = append(keys, row.Company.IdentityKeys()...)
			continue
		}
		c := crm.Contact{GivenName: row.Contact.GivenName, FamilyName: row.Contact.FamilyName, Emails: row.Contact.Emails, Phones: row.Contact.Phones}
		if row.CompanyName != "" {
			id, err := p.companyID(row.CompanyName)
			if err != nil {
				return err
			}
			c.CompanyID = id
		}
		keys = append(keys, c.IdentityKeys()...)
	}
	return p.t.gathered.foresee(kind, keys)
}

// foreseeCompanies looks for the companies that the rows of contacts name.
func (p *importPortion) foreseeCompanies(portion []readRow) error {
	var keys []crm.IdentityKey
	var known []int64
	seen := map[string]bool{"": true}
	for i := range portion {
		name := portion[i].CompanyName
		if seen[name] {
			continue
		}
		seen[name] = true
		if company := p.known[name]; company.id != 0 {
			known = append(known, company.id)
		} else {
			keys = append(keys, (&crm.Company{Name: name}).IdentityKeys()...)
		}
	}
	if err := p.t.gathered.foreseeCompanies(known); err != nil {
		return err
	}
	return p.t.gathered.foresee(crm.KindCompany, keys)
}

// remember keeps the words of a portion that is stored.
func (r *importRun) remember() {
	if r.words == nil || len(r.words) >= mostKnown {
		r.words = map[string]bool{}
	}
	maps.Copy(r.words, r.learnt)
}
