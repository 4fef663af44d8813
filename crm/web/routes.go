package web

import (
	"net/http"
	"slices"
)

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
var routes = slices.Concat(
	entryRoutes, homeRoutes, contactRoutes, companyRoutes, searchRoutes, settingsRoutes, viewsRoutes, securityRoutes, peopleRoutes, importRoutes, dealRoutes, workRoutes, contactRecords.routes(), companyRecords.routes(), dealRecords.routes(), leadRecords.routes(), teamRoutes, apiRoutes, dashboardRoutes,
)

func (s *server) newMux() *http.ServeMux {
	mux := http.NewServeMux()
	for _, r := range routes {
		mux.Handle(r.pattern, s.guard(r))
	}
	return mux
}
