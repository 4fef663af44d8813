package web

import "net/http"

// need is what a visitor must be for a route to open.
type need int

// Needs, from the least to the most.
const (
	nobody  need = iota // open to all
	pending             // signed in, perhaps with a password still to be changed
	reader              // signed in, any role
	seller              // changes records
	manager             // sees and invites the team
	owner               // decides on the account
)

// route is one row of the table.
type route struct {
	pattern string
	need    need
	do      func(*server, *visit) error
}

// routes is every page and form of the CRM and who may use it. A test walks it
// with every role.
var routes = []route{
	{"GET /{$}", reader, (*server).home},

	{"GET /sign-in", nobody, (*server).signInPage},
	{"POST /sign-in", nobody, (*server).signIn},
	{"POST /sign-out", nobody, (*server).signOut},
	{"GET /password", pending, (*server).newPasswordPage},
	{"POST /password", pending, (*server).changePassword},

	{"GET /contacts", reader, (*server).contactList},
	{"POST /contacts", seller, (*server).contactCreate},
	{"GET /contacts/new", seller, (*server).contactNew},
	{"GET /contacts/{id}", reader, (*server).contactShow},
	{"POST /contacts/{id}", seller, (*server).contactUpdate},
	{"GET /contacts/{id}/edit", seller, (*server).contactEdit},
	{"POST /contacts/{id}/delete", seller, (*server).contactDelete},

	{"GET /companies", reader, (*server).companyList},
	{"POST /companies", seller, (*server).companyCreate},
	{"GET /companies/new", seller, (*server).companyNew},
	{"GET /companies/pick", seller, (*server).companyPick},
	{"GET /companies/{id}", reader, (*server).companyShow},
	{"POST /companies/{id}", seller, (*server).companyUpdate},
	{"GET /companies/{id}/edit", seller, (*server).companyEdit},
	{"GET /companies/{id}/contacts", reader, (*server).companyContacts},
	{"POST /companies/{id}/delete", seller, (*server).companyDelete},

	{"POST /undo", seller, (*server).undo},

	{"GET /search", reader, (*server).search},
	{"GET /search/suggest", reader, (*server).suggest},

	{"GET /settings", reader, (*server).settings},
	{"GET /settings/profile", reader, (*server).profile},
	{"POST /settings/profile", reader, (*server).preferences},
	{"POST /settings/sessions/{id}/end", reader, (*server).sessionEnd},
	{"GET /settings/team", manager, (*server).team},
	{"POST /settings/team", manager, (*server).teamInvite},
	{"GET /settings/team/new", manager, (*server).teamInvitePage},
	{"POST /settings/team/handed-over", manager, (*server).teamHandedOver},
	{"POST /settings/team/{id}/reset", owner, (*server).teamReset},
	{"POST /settings/team/{id}/disable", owner, (*server).teamDisable},
	{"POST /settings/team/{id}/enable", owner, (*server).teamEnable},
	{"GET /settings/account", owner, (*server).account},
}

func (s *server) newMux() *http.ServeMux {
	mux := http.NewServeMux()
	for _, r := range routes {
		mux.Handle(r.pattern, s.guard(r))
	}
	return mux
}
