package web

// entryRoutes: signing in and out.
var entryRoutes = []route{
	{"GET /sign-in", nobody, (*server).signInPage},
	{"POST /sign-in", nobody, (*server).signIn},
	{"POST /sign-out", nobody, (*server).signOut},
	{"GET /password", pending, (*server).newPasswordPage},
	{"POST /password", pending, (*server).changePassword},
}
