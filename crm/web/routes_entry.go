package web

// entryRoutes: signing in and out, and what was kept in between.
var entryRoutes = []route{
	{"GET /sign-in", nobody, (*server).signInPage},
	{"POST /sign-in", nobody, (*server).signIn},
	{"GET /sign-in/code", nobody, (*server).codePage},
	{"POST /sign-in/code", nobody, (*server).signInCode},
	{"POST /sign-in/passkey/begin", nobody, (*server).passkeyAsk},
	{"POST /sign-in/passkey", nobody, (*server).signInPasskey},
	{"POST /sign-out", nobody, (*server).signOut},
	{"GET /password", pending, (*server).newPasswordPage},
	{"POST /password", pending, (*server).changePassword},
	{"GET /kept", reader, (*server).keptPage},
	{"POST /kept", reader, (*server).keptSend},
	{"POST /kept/discard", reader, (*server).keptDiscard},
}
