package web

// dashboardRoutes: figures, and the lists behind them.
var dashboardRoutes = []route{
	{"GET /dashboard", reader, (*server).dashboard},
	{"GET /dashboard/deals", reader, (*server).dealsBehind},
	{"GET /dashboard/activities", reader, (*server).workBehind},
}
