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
	{ID: "new-deal", Text: "deals.newTitle", Link: "/deals/new", Writes: true},
	{ID: "new-lead", Text: "leads.new", Link: "/leads/new", Writes: true},
	{ID: "new-task", Text: "tasks.new", Link: "/activities/new?type=task", Writes: true},
	{ID: "new-meeting", Text: "activity.newMeeting", Link: "/activities/new?type=meeting", Writes: true},
	{ID: "import", Text: "palette.import", Link: "/imports/new", Writes: true},
	{ID: "home", Text: "palette.home", Link: "/", Keys: "g h"},
	{ID: "deals", Text: "palette.deals", Link: "/deals", Keys: "g d"},
	{ID: "contacts", Text: "palette.contacts", Link: "/contacts", Keys: "g c"},
	{ID: "companies", Text: "palette.companies", Link: "/companies", Keys: "g e"},
	{ID: "leads", Text: "palette.leads", Link: "/leads", Keys: "g p"},
	{ID: "tasks", Text: "palette.tasks", Link: "/tasks", Keys: "g t"},
	{ID: "calendar", Text: "palette.calendar", Link: "/calendar", Keys: "g k"},
	{ID: "dashboard", Text: "palette.dashboard", Link: "/dashboard", Keys: "g i"},
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
	{Text: "palette.deals", Keys: "g d"},
	{Text: "palette.contacts", Keys: "g c"},
	{Text: "palette.companies", Keys: "g e"},
	{Text: "palette.leads", Keys: "g p"},
	{Text: "palette.tasks", Keys: "g t"},
	{Text: "palette.calendar", Keys: "g k"},
	{Text: "palette.dashboard", Keys: "g i"},
	{Text: "palette.profile", Keys: "g a"},
	{Text: "keys.close", Keys: "Esc"},
	{Text: "keys.title", Keys: "?"},
}
