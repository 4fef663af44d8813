package page

import (
	"strings"

	"github.com/a-h/templ"

	"github.com/grupobizopps/salexops/crm"
)

// ContactSubtitle is the line below a contact's name: what they do, and where.
func ContactSubtitle(c *crm.Contact) string {
	return joinNonEmpty(" · ", c.JobTitle, c.CompanyName)
}

// narrowCompany is the company below the name, where there is no column for it.
func narrowCompany(c *crm.Contact) string {
	if c.JobTitle != "" && c.CompanyName != "" {
		return " · " + c.CompanyName
	}
	return c.CompanyName
}

func joinNonEmpty(sep string, parts ...string) string {
	kept := parts[:0:0]
	for _, p := range parts {
		if p != "" {
			kept = append(kept, p)
		}
	}
	return strings.Join(kept, sep)
}

// telephone is the address that dials a number, with nothing in it but what a
// number has.
func telephone(number string) templ.SafeURL {
	digits := strings.Map(func(r rune) rune {
		if (r >= '0' && r <= '9') || r == '+' {
			return r
		}
		return -1
	}, number)
	return templ.SafeURL("tel:" + digits)
}
