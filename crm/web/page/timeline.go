package page

import (
	"net/url"

	"github.com/grupobizopps/salexops/crm"
)

// Timeline is what happened around a record, newest first, and what is next.
type Timeline struct {
	On    Linked
	Items []crm.TimelineItem
	Show  crm.TimelineShow
	Older crm.Cursor // empty: there is no more
	Next  []*crm.Activity
	Form  ActivityForm
	Users []*crm.User
}

// timelineFilters are what a timeline may be narrowed to.
var timelineFilters = []struct {
	show crm.TimelineShow
	text string
}{
	{crm.ShowAll, "timeline.all"}, {crm.TimelineShow(crm.ActivityNote), "timeline.notes"},
	{crm.TimelineShow(crm.ActivityCall), "timeline.calls"}, {crm.TimelineShow(crm.ActivityTask), "timeline.tasks"},
	{crm.TimelineShow(crm.ActivityMeeting), "timeline.meetings"}, {crm.ShowChanges, "timeline.changes"},
}

// link is the record's address with a filter and a place in the timeline.
func (t Timeline) link(show crm.TimelineShow, older crm.Cursor) string {
	q := url.Values{}
	if show != crm.ShowAll {
		q.Set("show", string(show))
	}
	if older != "" {
		q.Set("older", string(older))
	}
	if len(q) == 0 {
		return t.On.link()
	}
	return t.On.link() + "?" + q.Encode()
}

// told are the entries without the parts that a whole action on the same record
// tells of.
func (t Timeline) told() []crm.TimelineItem {
	here := map[int64]bool{}
	for _, item := range t.Items {
		if item.Action != nil {
			here[item.Action.ID] = true
		}
	}
	told := make([]crm.TimelineItem, 0, len(t.Items))
	for _, item := range t.Items {
		if item.Action == nil || !here[item.Action.PartOf] {
			told = append(told, item)
		}
	}
	return told
}
