package web

// viewsRoutes: custom fields and tags.
var viewsRoutes = []route{
	{"GET /settings/fields", manager, (*server).customFields},
	{"POST /settings/fields", manager, (*server).customFieldCreate},
	{"GET /settings/fields/new", manager, (*server).customFieldNew},
	{"GET /settings/fields/{id}", manager, (*server).customFieldEdit},
	{"POST /settings/fields/{id}", manager, (*server).customFieldUpdate},
	{"POST /settings/fields/{id}/move", manager, (*server).customFieldMove},
	{"GET /tags/pick", reader, (*server).tagPick},
	{"GET /settings/tags", manager, (*server).tags},
	{"POST /settings/tags", manager, (*server).tagChange},
	{"GET /keys", reader, (*server).shortcuts},
}
