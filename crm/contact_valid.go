package crm

import "unicode/utf8"

// Title is the contact's name as shown: given name, then family name; without
// either, the main e-mail.
func (c *Contact) Title() string {
	switch {
	case c.GivenName != "" && c.FamilyName != "":
		return c.GivenName + " " + c.FamilyName
	case c.GivenName != "":
		return c.GivenName
	case c.FamilyName != "":
		return c.FamilyName
	case len(c.Emails) > 0:
		return c.Emails[0]
	}
	return ""
}

// Normalize writes the fields as they are stored: composed characters, single
// spaces, no empty entries in lists. The store calls it before Validate.
func (c *Contact) Normalize() {
	c.GivenName, c.FamilyName = tidy(c.GivenName), tidy(c.FamilyName)
	c.JobTitle, c.Source = tidy(c.JobTitle), tidy(c.Source)
	c.Birthday = tidy(c.Birthday)
	c.Emails, c.Phones = tidyList(c.Emails), tidyList(c.Phones)
	c.Address.normalize()
	c.normalizeExtra()
}

// Validate reports every field that cannot be stored, as Invalid, or nil.
func (c *Contact) Validate() error {
	invalid := Invalid{}
	if c.Title() == "" {
		invalid.set("givenName", KeyRequired)
	}
	invalid.text("givenName", c.GivenName, maxShortText)
	invalid.text("familyName", c.FamilyName, maxShortText)
	invalid.text("jobTitle", c.JobTitle, maxShortText)
	invalid.text("source", c.Source, maxShortText)
	if c.Birthday != "" && !validDate(c.Birthday) {
		invalid.set("birthday", KeyDate)
	}
	c.checkLists(invalid)
	c.Address.check(invalid)
	c.checkExtra(invalid)
	return invalid.orNil()
}

func (c *Contact) checkLists(invalid Invalid) {
	if len(c.Emails) > maxListed {
		invalid.set("emails", KeyTooMany)
	}
	for _, email := range c.Emails {
		if !ValidEmail(email) {
			invalid.set("emails", KeyEmail)
		}
	}
	if len(c.Phones) > maxListed {
		invalid.set("phones", KeyTooMany)
	}
	for _, phone := range c.Phones {
		if utf8.RuneCountInString(phone) > maxPhone {
			invalid.set("phones", KeyTooLong)
		}
		if !validPhone(phone) {
			invalid.set("phones", KeyPhone)
		}
	}
}
