package sqlite

import (
	"testing"
	"time"

	"github.com/grupobizopps/salexops/crm"
)

func TestOnlyWhatWasDoneCounts(t *testing.T) {
	o := newOffice(t)
	today := crm.DayOf(o.clock.Now())
	for _, a := range []crm.Activity{
		{Type: crm.ActivityNote, Body: "note"},
		{Type: crm.ActivityTask, Subject: "open", Starts: today},
		{Type: crm.ActivityTask, Subject: "done", DoneAt: o.clock.Now()},
		{Type: crm.ActivityCall, Subject: "planned", Starts: today},
		{Type: crm.ActivityCall, Subject: "made", Starts: today, DoneAt: o.clock.Now()},
		{Type: crm.ActivityMeeting, Subject: "held", Starts: today + "T08:00"},
		{Type: crm.ActivityMeeting, Subject: "to come", Starts: today.AddDays(2) + "T08:00"},
	} {
		if err := o.CreateActivity(o.owner, &a); err != nil {
			t.Fatal(err)
		}
	}
	d := o.dashboard(crm.DashboardFilter{})
	if len(d.People) != 1 || d.People[0].Total() != 4 || len(d.People[0].Counts) != 4 {
		t.Errorf("activity: %+v", d.People)
	}
	for of := range d.People[0].Counts {
		page, err := o.ActivitiesBehind(o.owner, crm.ActivitySlice{OwnerID: 1, Type: of, Span: crm.PeriodMonth.Around(o.clock.Now())})
		if err != nil || len(page.Items) != 1 || page.Items[0].Type != of || page.Items[0].At.IsZero() {
			t.Errorf("%s: %+v, %v", of, page.Items, err)
		}
	}
}

// tallied fails when the tally is not what counting the activities gives.
func (o *office) tallied(after string) {
	o.t.Helper()
	const wrong = `SELECT count(*) FROM (
			SELECT owner_id, type, happened_at / ` + week + ` AS week, count(*) AS count FROM activity AS r
			WHERE ` + wasDone + ` AND r.deleted_at IS NULL GROUP BY 1, 2, 3) AS w
		FULL JOIN (SELECT * FROM activity_tally WHERE count <> 0) AS t ON t.owner_id = w.owner_id AND t.type = w.type AND t.week = w.week
		WHERE t.count IS NOT w.count`
	faults := 0
	if err := o.queries.queryRow(o.t.Context(), wrong).Scan(&faults); err != nil || faults > 0 {
		o.t.Errorf("after %s: %d numbers are wrong, %v", after, faults, err)
	}
}

func TestTheTallyFollowsTheActivities(t *testing.T) {
	o := newOffice(t)
	_, seller, _ := o.hire(crm.RoleSeller, "seller@acme.example")
	must := func(_ any, err error) {
		t.Helper()
		if err != nil {
			t.Fatal(err)
		}
	}
	task := o.activity(o.owner, crm.Activity{Type: crm.ActivityTask, Subject: "Visit", Starts: crm.DayOf(o.clock.Now())})
	note := o.activity(o.owner, crm.Activity{Type: crm.ActivityNote, Body: "Wants another quote"})
	o.tallied("creating")
	for _, change := range []func(*crm.Activity){
		func(a *crm.Activity) { a.DoneAt = o.clock.Now() },
		func(a *crm.Activity) { a.OwnerID = seller.ID },
		func(a *crm.Activity) { a.Type = crm.ActivityCall },
		func(a *crm.Activity) { a.DoneAt = o.clock.Now().Add(-30 * 24 * time.Hour) },
		func(a *crm.Activity) { a.DoneAt = time.Time{} },
		func(a *crm.Activity) { a.DoneAt = o.clock.Now() },
	} {
		fresh, err := o.Activity(o.owner, task.ID)
		must(fresh, err)
		change(fresh)
		must(nil, o.UpdateActivity(o.owner, fresh))
		o.tallied("changing")
	}
	action, err := o.DeleteActivity(o.owner, task.ID)
	must(action, err)
	o.tallied("deleting")
	must(o.UndoAction(o.owner, action))
	o.tallied("undoing")
	must(o.DeleteActivity(o.owner, note.ID))
	o.clock.Advance(crm.BinTime + time.Hour)
	must(nil, o.tidy(t.Context()))
	o.tallied("emptying the bin")
	if d := o.dashboard(crm.DashboardFilter{Period: crm.PeriodTwelve}); len(d.People) != 1 || d.People[0].UserID != seller.ID || d.People[0].Counts[crm.ActivityCall] != 1 {
		t.Errorf("the dashboard counts %+v", d.People)
	}
}

// Whole weeks come out of the tally, what is before and after them does not:
// however the two ends of a stretch lie, nothing is counted twice or left out.
func TestAStretchIsCountedAsTheListBehindIt(t *testing.T) {
	o := newOffice(t)
	const day = 24 * time.Hour
	end := time.Date(2026, 12, 31, 12, 0, 0, 0, time.UTC)
	for i := range 40 {
		o.activity(o.owner, crm.Activity{Type: crm.ActivityTask, Subject: "Call", DoneAt: end.Add(-time.Duration(i) * 11 * time.Hour)})
	}
	types, seen := `["task"]`, map[int]bool{}
	for from := range 20 {
		for lasts := range 16 {
			span := crm.Span{From: end.Add(-time.Duration(from) * day), To: end.Add(time.Duration(lasts-from) * day)}
			want, err := o.CountActivities(o.owner, crm.ActivitySlice{Span: span})
			if err != nil {
				t.Fatal(err)
			}
			got, id, name, kind := 0, 0, "", ""
			if err := o.queries.queryRow(t.Context(), countWork, 1, span.From.UnixMicro(), span.To.UnixMicro(), types).Scan(&id, &name, &kind, &got); err != nil || got != want {
				t.Errorf("%v to %v: %d, not %d, %v", span.From, span.To, got, want, err)
			}
			seen[got] = true
		}
	}
	if len(seen) < 10 {
		t.Errorf("too few different counts to tell: %v", seen)
	}
}
