package web

// workRoutes: tasks, calls, meetings, notes; the calendar and its private
// address, whose secret is the permission; mentions and reminders.
var workRoutes = []route{
	{"GET /tasks", reader, (*server).taskList},
	{"GET /calendar", reader, (*server).calendar},
	{"GET /calendar/feed/{token}", nobody, (*server).calendarFeed},
	{"POST /activities", seller, (*server).activityCreate},
	{"GET /activities/new", seller, (*server).activityNew},
	{"GET /activities/about", seller, (*server).activityAbout},
	{"GET /activities/{id}", reader, (*server).activityShow},
	{"POST /activities/{id}", seller, (*server).activityUpdate},
	{"GET /activities/{id}/edit", seller, (*server).activityEdit},
	{"POST /activities/{id}/delete", seller, (*server).activityDelete},
	{"POST /activities/{id}/done", seller, (*server).activityDone},
	{"GET /mentions", reader, (*server).mentionList},
	{"POST /mentions/{id}/read", reader, (*server).mentionRead},
	{"GET /reminders", reader, (*server).reminderPoll},
	{"POST /reminders/{id}/seen", reader, (*server).reminderSeen},
	{"POST /settings/feed", reader, (*server).feedCreate},
	{"POST /settings/feed/revoke", reader, (*server).feedRevoke},
}
