package web

import (
	"net/http"
	"strings"

	"github.com/grupobizopps/salexops/crm"
	"github.com/grupobizopps/salexops/crm/web/page"
)

// companyPick answers the company box of a form while typing. With ?existing
// it does not offer to create one.
func (s *server) companyPick(v *visit) error {
	q := v.r.URL.Query()
	typed := strings.TrimSpace(q.Get("company"))
	if typed == "" || len(typed) > 400 {
		return v.render(http.StatusOK, page.CompanyOptions(v.frame, "", true, nil))
	}
	found, err := s.companiesLike(v, typed, candidatesShown)
	if err != nil {
		return err
	}
	exact := q.Get("existing") != "" || containsName(found, typed)
	return v.render(http.StatusOK, page.CompanyOptions(v.frame, typed, exact, found))
}

func containsName(companies []*crm.Company, name string) bool {
	for _, c := range companies {
		if sameName(c.Name, name) {
			return true
		}
	}
	return false
}
