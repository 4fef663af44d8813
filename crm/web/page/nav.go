package page

// navEntry is one place of the main navigation.
type navEntry struct {
	section           Section
	href, icon, label string // label: a message
	near              bool   // on the bar of a phone, not behind "More"
}

// navEntries are the places, in their order. The settings stand apart, at the
// end.
var navEntries = []navEntry{
	{SectionHome, "/", "sun", "nav.home", true},
	{SectionDeals, "/deals", "layout-kanban", "deals.title", true},
	{SectionContacts, "/contacts", "users", "nav.contacts", true},
	{SectionCompanies, "/companies", "building", "nav.companies", false},
	{SectionLeads, "/leads", "user-search", "nav.leads", false},
	{SectionTasks, "/tasks", "list-check", "nav.tasks", true},
	{SectionCalendar, "/calendar", "calendar", "nav.calendar", false},
	{SectionDashboard, "/dashboard", "chart-bar", "nav.dashboard", false},
	navSettings,
}

var navSettings = navEntry{SectionSettings, "/settings", "settings", "nav.settings", false}

// navFar are the places that a phone shows behind "More".
func navFar() (far []navEntry) {
	for _, e := range navEntries {
		if !e.near {
			far = append(far, e)
		}
	}
	return far
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
