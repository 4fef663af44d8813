package web

// homeRoutes: the first page, and taking back what was done.
var homeRoutes = []route{
	{"GET /{$}", reader, (*server).home},
	{"POST /undo", seller, (*server).undo},
}
