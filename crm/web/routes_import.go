package web

// importRoutes: tables that become records. The upload is the one form that is
// larger than others; see limitOf.
var importRoutes = []route{
	{"GET /imports", seller, (*server).importList},
	{"GET /imports/new", seller, (*server).importNew},
	{"POST /imports", seller, (*server).importUpload},
	{"GET /imports/{id}", seller, (*server).importShow},
	{"POST /imports/{id}/preview", seller, (*server).importPreview},
	{"POST /imports/{id}/start", seller, (*server).importStart},
	{"POST /imports/{id}/continue", seller, (*server).importContinue},
	{"POST /imports/{id}/stop", seller, (*server).importStop},
	{"POST /imports/{id}/undo", seller, (*server).importUndo},
	{"POST /imports/{id}/again", seller, (*server).importAgain},
	{"POST /imports/{id}/discard", seller, (*server).importDiscard},
	{"GET /imports/{id}/rejected", seller, (*server).importRejected},
}
