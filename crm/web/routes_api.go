package web

// apiRoutes: keys for programs, and what a program may ask for.
var apiRoutes = []route{
	{"GET /settings/api", reader, (*server).apiPage},
	{"POST /settings/api", reader, (*server).apiKeyCreate},
	{"POST /settings/api/noted", reader, (*server).apiKeyNoted},
	{"POST /settings/api/{id}/revoke", reader, (*server).apiKeyRevoke},
}
