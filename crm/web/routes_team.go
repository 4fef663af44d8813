package web

// teamRoutes: what was done and deleted, and what the owner decides on it.
var teamRoutes = []route{
	{"GET /settings/log", manager, (*server).auditLog},
	{"GET /settings/log/{id}", manager, (*server).auditParts},
	{"POST /restore-value", seller, (*server).restoreValue},
	{"GET /settings/bin", seller, (*server).bin},
	{"POST /settings/bin/restore", seller, (*server).binRestore},
	{"GET /settings/bin/purge", owner, (*server).binPurgePage},
	{"POST /settings/bin/purge", owner, (*server).binPurge},
	{"GET /settings/data", manager, (*server).data},
	{"POST /settings/sample", manager, (*server).sampleAdd},
	{"POST /settings/export", owner, (*server).exportAll},
	{"POST /settings/account/terms", owner, (*server).termsDecide},
	{"GET /settings/account/support", owner, (*server).supportPage},
	{"POST /settings/account/support", owner, (*server).supportAsk},
	{"GET /settings/account/cancel", owner, (*server).cancelPage},
	{"POST /settings/account/cancel", owner, (*server).cancel},
	{"POST /settings/visibility", owner, (*server).visibility},
	{"GET /settings/team/{id}", owner, (*server).member},
	{"POST /settings/team/{id}/role", owner, (*server).memberRole},
	{"POST /settings/team/{id}/hand-over", owner, (*server).memberHandOver},
}
