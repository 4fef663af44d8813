package web

// securityRoutes: what guards one's own account, and who tried to get in.
var securityRoutes = []route{
	{"GET /settings/security", reader, (*server).security},
	{"POST /settings/sessions/{id}/end", reader, (*server).sessionEnd},
	{"POST /settings/sessions/end-others", reader, (*server).sessionsEndOthers},
	{"GET /settings/passkeys/new", reader, (*server).passkeyNew},
	{"POST /settings/passkeys/begin", reader, (*server).passkeyBegin},
	{"POST /settings/passkeys", reader, (*server).passkeyCreate},
	{"POST /settings/passkeys/{id}", reader, (*server).passkeyRename},
	{"POST /settings/passkeys/{id}/delete", reader, (*server).passkeyRemove},
	{"GET /settings/two-step", reader, (*server).twoStep},
	{"POST /settings/two-step", reader, (*server).twoStepOn},
	{"POST /settings/two-step/off", reader, (*server).twoStepOff},
	{"GET /settings/two-step/codes", reader, (*server).recoveryCodes},
	{"POST /settings/two-step/codes", reader, (*server).recoveryNew},
	{"POST /settings/two-step/codes/stored", reader, (*server).recoveryStored},
	{"GET /settings/sign-ins", owner, (*server).attempts},
}
