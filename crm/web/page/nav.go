package page

// navEntry is one place of the main navigation.
type navEntry struct {
	section           Section
	href, icon, label string // label: a message
}

// navEntries are the places, in their order. The settings stand apart, at the
// end.
var navEntries = []navEntry{
	{SectionHome, "/", "sun", "nav.home"},
	{SectionContacts, "/contacts", "users", "nav.contacts"},
	{SectionCompanies, "/companies", "building", "nav.companies"},
	{SectionLeads, "/leads", "user-search", "nav.leads"},
	{SectionDeals, "/deals", "layout-kanban", "deals.title"},
	navSettings,
}

var navSettings = navEntry{SectionSettings, "/settings", "settings", "nav.settings"}

// navFits is how many places the bar of a phone has room for. With more, the
// last of them is "More", which holds the rest.
const navFits = 5

// navBar divides entries into those on the bar of a phone and those behind "More".
func navBar(entries []navEntry) (near, far []navEntry) {
	if len(entries) <= navFits {
		return entries, nil
	}
	return entries[:navFits-1], entries[navFits-1:]
}

// isHere says whether the page belongs to one of the entries.
func (f *Frame) isHere(entries []navEntry) bool {
	for _, e := range entries {
		if e.section == f.Section {
			return true
		}
	}
	return false
}
