package web

// searchRoutes: the search box.
var searchRoutes = []route{
	{"GET /search", reader, (*server).search},
	{"GET /search/suggest", reader, (*server).suggest},
}
