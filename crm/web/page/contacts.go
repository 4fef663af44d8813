package page

import (
	"strings"
	"time"

	"github.com/a-h/templ"

	"github.com/grupobizopps/salexops/crm"
)

// ContactSubtitle is the line below a contact's name: what they do, and where.
func ContactSubtitle(c *crm.Contact) string {
	return joinNonEmpty(c.JobTitle, c.CompanyName)
}

func joinNonEmpty(parts ...string) string {
	kept := parts[:0:0]
	for _, p := range parts {
		if p != "" {
			kept = append(kept, p)
		}
	}
	return strings.Join(kept, " · ")
}

// birthdayNear is how many days before it a birthday is announced.
const birthdayNear = 21

// birthdaySoon says how near a birthday is; empty: it is not.
func birthdaySoon(f *Frame, date string) string {
	born, err := time.Parse(time.DateOnly, date)
	if err != nil {
		return ""
	}
	today := f.L.Now()
	today = time.Date(today.Year(), today.Month(), today.Day(), 0, 0, 0, 0, time.UTC)
	next := time.Date(today.Year(), born.Month(), born.Day(), 0, 0, 0, 0, time.UTC)
	if next.Before(today) {
		next = next.AddDate(1, 0, 0)
	}
	switch days := int(next.Sub(today).Hours() / 24); {
	case days == 0:
		return f.T("birthday.today")
	case days <= birthdayNear:
		return f.L.N("birthday.in", days)
	}
	return ""
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
