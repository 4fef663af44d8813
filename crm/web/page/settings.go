package page

import (
	"strings"

	"github.com/grupobizopps/salexops/crm"
)

var roleTexts = map[crm.Role]string{
	crm.RoleOwner:    "role.owner",
	crm.RoleManager:  "role.manager",
	crm.RoleSeller:   "role.seller",
	crm.RoleReadOnly: "role.reader",
}

// RoleText is the message that names a role.
func RoleText(r crm.Role) string {
	if key := roleTexts[r]; key != "" {
		return key
	}
	return "role.reader"
}

var roleHints = map[crm.Role]string{
	crm.RoleManager:  "role.managerHint",
	crm.RoleSeller:   "role.sellerHint",
	crm.RoleReadOnly: "role.readerHint",
}

// browserText names a browser by its user agent, as well as one can.
func browserText(userAgent string) string {
	for _, known := range []struct{ mark, key string }{
		{"Edg/", "browser.edge"}, {"Firefox/", "browser.firefox"},
		{"iPhone", "browser.iphone"}, {"Android", "browser.android"},
		{"Chrome/", "browser.chrome"}, {"Safari/", "browser.safari"},
	} {
		if strings.Contains(userAgent, known.mark) {
			return known.key
		}
	}
	return "browser.other"
}

// fits says how much of a limit is used, for a meter: ok, near (80 %) or full.
func fits(used, limit int64) string {
	switch {
	case limit <= 0:
		return "ok"
	case used >= limit:
		return "full"
	case used*10 >= limit*8:
		return "near"
	}
	return "ok"
}

func supportText(r crm.Rights) string {
	if r.SupportEntitled {
		return "account.supportYes"
	}
	return "account.supportNo"
}
