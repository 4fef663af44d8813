package web

// contactRoutes: people.
var contactRoutes = []route{
	{"POST /contacts", seller, (*server).contactCreate},
	{"GET /contacts/new", seller, (*server).contactNew},
	{"GET /contacts/{id}", reader, (*server).contactShow},
	{"POST /contacts/{id}", seller, (*server).contactUpdate},
	{"GET /contacts/{id}/edit", seller, (*server).contactEdit},
	{"POST /contacts/{id}/delete", seller, (*server).contactDelete},
}
