package web

// settingsRoutes: what a user, the team and the owner decide.
var settingsRoutes = []route{
	{"GET /settings", reader, (*server).settings},
	{"GET /settings/profile", reader, (*server).profile},
	{"POST /settings/profile", reader, (*server).preferences},
	{"POST /settings/profile/identity", reader, (*server).identity},
	{"GET /settings/team", manager, (*server).team},
	{"POST /settings/team", manager, (*server).teamInvite},
	{"GET /settings/team/new", manager, (*server).teamInvitePage},
	{"POST /settings/team/handed-over", manager, (*server).teamHandedOver},
	{"POST /settings/team/{id}/reset", owner, (*server).teamReset},
	{"POST /settings/team/{id}/reset-second-factor", owner, (*server).teamResetSecondFactor},
	{"POST /settings/team/{id}/disable", owner, (*server).teamDisable},
	{"POST /settings/team/{id}/enable", owner, (*server).teamEnable},
	{"GET /settings/account", owner, (*server).account},
}
