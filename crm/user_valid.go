package crm

import (
	"slices"
	"strings"
)

// Locales and themes that a user can choose.
var (
	Locales = []string{"es-MX", "en"}
	Themes  = []string{"auto", "light", "dark"}
)

// Normalize writes the fields as they are stored, with defaults where a choice
// was left open. The store calls it before Validate.
func (u *User) Normalize() {
	u.Email, u.Name = tidy(u.Email), tidy(u.Name)
	if u.Name == "" {
		u.Name = u.Email
	}
	if u.Role == "" {
		u.Role = RoleSeller
	}
	if u.Locale == "" {
		u.Locale = Locales[0]
	}
	if u.Theme == "" {
		u.Theme = Themes[0]
	}
}

// Validate reports every field that cannot be stored, as Invalid, or nil.
func (u *User) Validate() error {
	invalid := Invalid{}
	if u.Email == "" {
		invalid.set("email", KeyRequired)
	} else if !ValidEmail(u.Email) {
		invalid.set("email", KeyEmail)
	}
	invalid.text("name", u.Name, maxEmailBytes)
	switch u.Role {
	case RoleOwner, RoleManager, RoleSeller, RoleReadOnly:
	default:
		invalid.set("role", KeyChoice)
	}
	CheckPreferences(invalid, u.Locale, u.Theme)
	return invalid.orNil()
}

// CheckIdentity writes name and e-mail as they are stored and reports what is
// wrong with them, as Invalid, or nil. Unlike an invitation, a name is needed.
func (u *User) CheckIdentity() error {
	name := tidy(u.Name)
	u.Normalize()
	if name == "" {
		return Invalid{"name": KeyRequired}
	}
	return u.Validate()
}

// PasskeyName is a name of a passkey as it is stored. Errors: Invalid ("name").
func PasskeyName(name string) (string, error) {
	name = tidy(name)
	invalid := Invalid{}
	if name == "" {
		invalid.set("name", KeyRequired)
	}
	invalid.text("name", name, maxShortText)
	return name, invalid.orNil()
}

// CheckPreferences notes in invalid a locale or theme that is not offered.
func CheckPreferences(invalid Invalid, locale, theme string) {
	if !slices.Contains(Locales, locale) {
		invalid.set("locale", KeyChoice)
	}
	if !slices.Contains(Themes, theme) {
		invalid.set("theme", KeyChoice)
	}
}

// LoginKey is what makes a login unique: the address without regard to case.
func LoginKey(email string) string { return strings.ToLower(tidy(email)) }
