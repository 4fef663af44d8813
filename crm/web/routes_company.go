package web

// companyRoutes: companies.
var companyRoutes = []route{
	{"POST /companies", seller, (*server).companyCreate},
	{"GET /companies/new", seller, (*server).companyNew},
	{"GET /companies/pick", seller, (*server).companyPick},
	{"GET /companies/{id}", reader, (*server).companyShow},
	{"POST /companies/{id}", seller, (*server).companyUpdate},
	{"GET /companies/{id}/edit", seller, (*server).companyEdit},
	{"GET /companies/{id}/contacts", reader, (*server).companyContacts},
	{"POST /companies/{id}/delete", seller, (*server).companyDelete},
}
