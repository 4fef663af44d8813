package page

import "github.com/grupobizopps/salexops/crm"

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
