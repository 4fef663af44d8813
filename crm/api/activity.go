package api

import (
	"context"
	"net/http"
	"time"

	"github.com/grupobizopps/salexops/crm"
)

// activity is a piece of work around a record, as JSON.
type activity struct {
	Record
	Type        string     `json:"type" enum:"task,call,meeting,note" doc:"What it is. Fields that the type does not have are cleared."`
	Subject     string     `json:"subject,omitempty" maxLength:"200" doc:"One line; tasks and meetings need it."`
	Body        string     `json:"body,omitempty" maxLength:"10000" doc:"Several lines; notes need it. An @ before a user's name tells them."`
	Starts      string     `json:"starts,omitempty" pattern:"^(\\d{4}-\\d\\d-\\d\\d(T\\d\\d:\\d\\d)?)?$" example:"2026-11-23T16:30" doc:"When a task is due (left out: some day), a call takes or took place, a meeting begins; notes have none. A day, or a day with a time on the team's clock: YYYY-MM-DD or YYYY-MM-DDTHH:MM, without a zone. Calls need it; meetings need it with a time."`
	Ends        string     `json:"ends,omitempty" pattern:"^(\\d{4}-\\d\\d-\\d\\dT\\d\\d:\\d\\d)?$" example:"2026-11-23T17:30" doc:"Of a meeting: after starts, at most 14 days later."`
	Place       string     `json:"place,omitempty" maxLength:"200" doc:"Of a meeting."`
	Reminder    string     `json:"reminder,omitempty" enum:"0,10m,1h,1d" doc:"How long before starts its owner is reminded: at the time itself, ten minutes, an hour, a day; left out: never. A whole day reminds at nine in the morning."`
	ContactID   int64      `json:"contactId,omitempty" minimum:"0" doc:"Id of the contact that it is about."`
	ContactName string     `json:"contactName,omitempty" readOnly:"true" doc:"The contact's name."`
	CompanyID   int64      `json:"companyId,omitempty" minimum:"0" doc:"Id of the company that it is about."`
	CompanyName string     `json:"companyName,omitempty" readOnly:"true" doc:"The company's name."`
	DealID      int64      `json:"dealId,omitempty" minimum:"0" doc:"Id of the deal that it is about."`
	DealName    string     `json:"dealName,omitempty" readOnly:"true" doc:"The deal's title."`
	LeadID      int64      `json:"leadId,omitempty" minimum:"0" doc:"Id of the lead that it is about. What is about a lead stays around what the lead became."`
	LeadName    string     `json:"leadName,omitempty" readOnly:"true" doc:"The lead's name."`
	DoneAt      *time.Time `json:"doneAt,omitempty" doc:"When a task or call was done, UTC; left out: still to be done."`
}

type activityList struct {
	Words
	OfOwner
	State string `query:"state" enum:"any,open,overdue,today,upcoming,done" default:"any" doc:"any: every activity, the last change first. Tasks and calls still to be done, by when they are due: open: all; overdue: their time has passed; today: later today or some time today; upcoming: from tomorrow on, and some day. done: tasks that were done, the last first. Days are those of the team's time zone."`
	Type  string `query:"type" enum:"task,call,meeting,note" doc:"Only activities of this type."`
	Paging
}

var activities = resource[crm.ActivityService, crm.Activity, activity, activityList]{
	one: "activity", many: "activities",
	list: func(s crm.ActivityService, ctx context.Context, l *activityList) (crm.Page[*crm.Activity], error) {
		return s.Activities(ctx, crm.ActivityFilter{
			Query: l.Q, OwnerID: l.Owner, State: crm.DueState(l.State), Type: crm.ActivityType(l.Type),
			After: crm.Cursor(l.After), Limit: l.Limit,
		})
	},
	get:    crm.ActivityService.Activity,
	create: crm.ActivityService.CreateActivity,
	update: crm.ActivityService.UpdateActivity,
	remove: crm.ActivityService.DeleteActivity,
	show:   showActivity,
	take:   takeActivity,
	id:     func(a *crm.Activity) *int64 { return &a.ID },
	notes: map[string]string{
		"list":   "Those of one record are at /contacts/{id}/activities, and so at companies, deals and leads.",
		"delete": "The activity goes to the bin for 30 days.",
	},
}

func showActivity(a *crm.Activity) activity {
	return activity{
		Record: Record{Stamp{a.ID, a.Version, &a.CreatedAt, &a.UpdatedAt}, a.OwnerID, a.OwnerName},
		Type:   string(a.Type), Subject: a.Subject, Body: a.Body, Starts: string(a.Starts), Ends: string(a.Ends),
		Place: a.Place, Reminder: string(a.Reminder), ContactID: a.ContactID, ContactName: a.ContactName,
		CompanyID: a.CompanyID, CompanyName: a.CompanyName, DealID: a.DealID, DealName: a.DealName,
		LeadID: a.LeadID, LeadName: a.LeadName, DoneAt: present(a.DoneAt),
	}
}

func takeActivity(j activity, a *crm.Activity) {
	a.Version, a.OwnerID = j.Version, j.OwnerID
	a.Type, a.Subject, a.Body = crm.ActivityType(j.Type), j.Subject, j.Body
	a.Starts, a.Ends, a.Place, a.Reminder = crm.Moment(j.Starts), crm.Moment(j.Ends), j.Place, crm.Reminder(j.Reminder)
	a.ContactID, a.CompanyID, a.DealID, a.LeadID, a.DoneAt = j.ContactID, j.CompanyID, j.DealID, j.LeadID, time.Time{}
	if j.DoneAt != nil {
		a.DoneAt = j.DoneAt.UTC().Truncate(time.Microsecond)
	}
}

type done struct {
	Done bool `json:"done" doc:"false: it is to be done after all."`
}

// registerDone adds the tick of a task or call.
func registerDone(s *server, service crm.ActivityService) {
	tick := operation("set-activity-done", http.MethodPost, "/activities/{id}/done", "Say that a task or call was done")
	tick.Description = "Needs no version: it was done, whoever else changed it."
	handle(s, tick, func(ctx context.Context, in *changeOf[done]) (Action, error) {
		id, err := service.SetActivityDone(ctx, in.ID, in.Body.Done)
		return Action{id}, err
	})
}
