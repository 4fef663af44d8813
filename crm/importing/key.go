package importing

import (
	"slices"
	"strings"

	"github.com/grupobizopps/salexops/crm"
)

// CompanyKeys are what a company in a table is looked for by: its identity keys
// but for domains that are nobody's own.
func CompanyKeys(c *crm.Company) []crm.IdentityKey {
	return slices.DeleteFunc(c.IdentityKeys(), func(key crm.IdentityKey) bool {
		return key.Like == crm.LikeDomain && sharedDomains[key.Value]
	})
}

// sharedDomains are those of mail and social networks for everybody.
var sharedDomains = set(`gmail.com hotmail.com outlook.com yahoo.com yahoo.com.mx live.com live.com.mx icloud.com hotmail.es
	prodigy.net.mx outlook.es msn.com facebook.com instagram.com`)

// Surely says whether a contact found by this key is the one in the row. A
// phone may be shared by a whole office: it counts when the names have a word
// in common, or one of the two has none.
func Surely(key crm.IdentityKey, found, row *crm.Contact) bool {
	if Decides(key) {
		return true
	}
	known := strings.Fields(crm.Fold(found.GivenName + " " + found.FamilyName))
	named := strings.Fields(crm.Fold(row.GivenName + " " + row.FamilyName))
	if len(known) == 0 || len(named) == 0 {
		return true
	}
	for _, word := range named {
		if len(word) > 2 && slices.Contains(known, word) {
			return true
		}
	}
	return false
}

// Decides says whether any contact found by this key is the one in the row.
func Decides(key crm.IdentityKey) bool { return key.Like != crm.LikePhone }

// SameCompany says whether a company found by this key is the one in the row:
// one name with two tax ids is two companies.
func SameCompany(key crm.IdentityKey, found, row *crm.Company) bool {
	return DecidesCompany(key, row) || found.RFC == "" || found.RFC == row.RFC
}

// DecidesCompany says whether any company found by this key is the one in the row.
func DecidesCompany(key crm.IdentityKey, row *crm.Company) bool {
	return key.Like == crm.LikeRFC || row.RFC == ""
}
