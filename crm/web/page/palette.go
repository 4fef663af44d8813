package page

// Command is something that the search box does: a page to go to.
type Command struct {
	ID, Text, Link string // Text is a message
	Keys           string // that do the same; empty: none
	Writes, Manage bool   // for those who may change records, or manage the team
}

// commands are all of them, in the order in which they are offered.
var commands = []Command{
	{ID: "new-contact", Text: "palette.newContact", Link: "/contacts/new", Writes: true},
	{ID: "new-company", Text: "palette.newCompany", Link: "/companies/new", Writes: true},
	{ID: "home", Text: "palette.home", Link: "/", Keys: "g h"},
	{ID: "contacts", Text: "palette.contacts", Link: "/contacts", Keys: "g c"},
	{ID: "companies", Text: "palette.companies", Link: "/companies", Keys: "g e"},
	{ID: "leads", Text: "palette.leads", Link: "/leads", Keys: "g p"},
	{ID: "theme", Text: "palette.theme", Link: "/settings/profile#prefs-title"},
	{ID: "profile", Text: "palette.profile", Link: "/settings/profile", Keys: "g a"},
	{ID: "fields", Text: "palette.fields", Link: "/settings/fields", Manage: true},
	{ID: "tags", Text: "palette.tags", Link: "/settings/tags", Manage: true},
	{ID: "team", Text: "palette.team", Link: "/settings/team", Manage: true},
	{ID: "keys", Text: "keys.title", Link: "/keys", Keys: "?"},
}

// Commands are those that the reader may use.
func Commands(f *Frame) []Command {
	var all []Command
	for _, c := range commands {
		if (c.Writes && !f.CanWrite()) || (c.Manage && !f.CanManage()) {
			continue
		}
		all = append(all, c)
	}
	return all
}

// shortcuts are the keys that do something, for the page about them.
var shortcuts = []Command{
	{Text: "keys.search", Keys: "/  ·  Ctrl K"},
	{Text: "keys.commands", Keys: "/  >"},
	{Text: "keys.new", Keys: "n"},
	{Text: "keys.rows", Keys: "j  ·  k"},
	{Text: "keys.filter", Keys: "f"},
	{Text: "palette.home", Keys: "g h"},
	{Text: "palette.contacts", Keys: "g c"},
	{Text: "palette.companies", Keys: "g e"},
	{Text: "palette.leads", Keys: "g p"},
	{Text: "palette.profile", Keys: "g a"},
	{Text: "keys.close", Keys: "Esc"},
	{Text: "keys.title", Keys: "?"},
}
