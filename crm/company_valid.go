package crm

import (
	"strings"
	"unicode/utf8"
)

// Normalize writes the fields as they are stored: composed characters, single
// spaces, the domain in lower case without scheme, path or "www.", the tax id
// in upper case. The store calls it before Validate.
func (c *Company) Normalize() {
	c.Name, c.Phone = tidy(c.Name), tidy(c.Phone)
	c.Domain = normalizeDomain(c.Domain)
	c.RFC = NormalizeRFC(c.RFC)
	c.Website = tidy(c.Website)
	if c.Website != "" && !strings.Contains(c.Website, "://") {
		c.Website = "https://" + c.Website
	}
	c.Address.normalize()
	c.normalizeExtra()
}

func normalizeDomain(typed string) string {
	domain := strings.ToLower(tidy(typed))
	domain = strings.TrimPrefix(strings.TrimPrefix(domain, "https://"), "http://")
	domain, _, _ = strings.Cut(domain, "/")
	return strings.TrimSuffix(strings.TrimPrefix(domain, "www."), ".")
}

// Validate reports every field that cannot be stored, as Invalid, or nil.
func (c *Company) Validate() error {
	invalid := Invalid{}
	if c.Name == "" {
		invalid.set("name", KeyRequired)
	}
	invalid.text("name", c.Name, maxLongText)
	if c.Domain != "" && !ValidDomain(c.Domain) {
		invalid.set("domain", KeyDomain)
	}
	if c.RFC != "" && !ValidRFC(c.RFC) {
		invalid.set("rfc", KeyRFC)
	}
	if utf8.RuneCountInString(c.Phone) > maxPhone {
		invalid.set("phone", KeyTooLong)
	}
	if c.Phone != "" && !validPhone(c.Phone) {
		invalid.set("phone", KeyPhone)
	}
	invalid.text("website", c.Website, maxLongText)
	if c.Website != "" && !validWebsite(c.Website) {
		invalid.set("website", KeyURL)
	}
	if c.ID != 0 && c.ParentID == c.ID {
		invalid.set("parentId", KeyCycle)
	}
	c.Address.check(invalid)
	c.checkExtra(invalid)
	return invalid.orNil()
}

// Title is the company's name.
func (c *Company) Title() string { return c.Name }
