package web

// peopleRoutes: leads, and records that are the same.
var peopleRoutes = []route{
	{"POST /leads", seller, (*server).leadCreate},
	{"GET /leads/new", seller, (*server).leadNew},
	{"GET /leads/{id}", reader, (*server).leadShow},
	{"POST /leads/{id}", seller, (*server).leadUpdate},
	{"GET /leads/{id}/edit", seller, (*server).leadEdit},
	{"POST /leads/{id}/status", seller, (*server).leadStatus},
	{"GET /leads/{id}/convert", seller, (*server).leadConvertPage},
	{"POST /leads/{id}/convert", seller, (*server).leadConvert},
	{"POST /leads/{id}/delete", seller, (*server).leadDelete},
	{"GET /contacts/duplicates", reader, (*server).contactDuplicates},
	{"GET /contacts/{id}/merge", seller, (*server).contactMergePage},
	{"POST /contacts/{id}/merge", seller, (*server).contactMerge},
	{"GET /companies/duplicates", reader, (*server).companyDuplicates},
	{"GET /companies/{id}/merge", seller, (*server).companyMergePage},
	{"POST /companies/{id}/merge", seller, (*server).companyMerge},
	{"GET /companies/{id}/subsidiaries", reader, (*server).companySubsidiaries},
}
