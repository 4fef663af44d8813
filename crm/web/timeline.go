package web

import (
	"net/http"

	"github.com/grupobizopps/salexops/crm"
	"github.com/grupobizopps/salexops/crm/web/page"
)

// How much of a timeline, and of what is next, a record's page shows at once.
const (
	timelineShown  = 20
	nextStepsShown = 6
)

// timeline reads what the page of a record shows of its work. Where a script
// asked for a part of it alone, it answers; done says so.
func (s *server) timeline(v *visit, on page.Linked) (t page.Timeline, done bool, err error) {
	q := v.r.URL.Query()
	t, err = s.timelineFrom(v, on, crm.TimelineShow(q.Get("show")), crm.Cursor(q.Get("older")))
	if err != nil {
		return t, false, err
	}
	switch {
	case v.htmx("timeline"):
		return t, true, v.render(http.StatusOK, page.TimelinePart(v.frame, t))
	case v.htmx("timeline-more"):
		return t, true, v.render(http.StatusOK, page.TimelineItems(v.frame, t))
	}
	t.Next, err = s.Services.Activities.NextSteps(v.ctx(), on.Kind, on.ID, now(v), nextStepsShown)
	return t, false, err
}

func (s *server) timelineFrom(v *visit, on page.Linked, show crm.TimelineShow, older crm.Cursor) (page.Timeline, error) {
	t := page.Timeline{On: on, Show: show}
	found, err := s.Services.Timelines.Timeline(v.ctx(), crm.TimelineFilter{
		Kind: on.Kind, ID: on.ID, Show: show, After: older, Limit: timelineShown,
	})
	if err != nil {
		return t, err
	}
	t.Items, t.Older = found.Items, found.Next
	if t.Users, err = s.owners(v, v.user.ID); err != nil {
		return t, err
	}
	t.Form = page.ActivityForm{
		Activity: crm.Activity{Type: crm.ActivityNote, OwnerID: v.user.ID}, On: on, Owners: t.Users, Next: page.RecordLink(on),
	}
	link(&t.Form.Activity, on)
	return t, nil
}

// now is the moment of the visit on the tenant's clock.
func now(v *visit) crm.Moment { return crm.MomentOf(v.frame.L.Now()) }

// link makes an activity one about a record.
func link(a *crm.Activity, to page.Linked) {
	switch to.Kind {
	case crm.KindContact:
		a.ContactID, a.ContactName = to.ID, to.Name
	case crm.KindCompany:
		a.CompanyID, a.CompanyName = to.ID, to.Name
	case crm.KindDeal:
		a.DealID, a.DealName = to.ID, to.Name
	case crm.KindLead:
		a.LeadID, a.LeadName = to.ID, to.Name
	default: // no activity is about another kind
	}
}

// linkOf reads a record by its kind, for its name and for the right to see it.
// Errors: crm.ErrNotFound.
func (s *server) linkOf(v *visit, kind crm.Kind, id int64) (page.Linked, error) {
	l := page.Linked{Kind: kind, ID: id}
	switch kind {
	case crm.KindContact:
		c, err := s.Services.Contacts.Contact(v.ctx(), id)
		if err != nil {
			return l, err
		}
		l.Field, l.Name = "contactId", c.Title()
	case crm.KindCompany:
		c, err := s.Services.Companies.Company(v.ctx(), id)
		if err != nil {
			return l, err
		}
		l.Field, l.Name = "companyId", c.Name
	case crm.KindDeal:
		d, err := s.Services.Deals.Deal(v.ctx(), id)
		if err != nil {
			return l, err
		}
		l.Field, l.Name = "dealId", d.Name
	case crm.KindLead:
		found, err := s.Services.Leads.Lead(v.ctx(), id)
		if err != nil {
			return l, err
		}
		l.Field, l.Name = "leadId", found.Title()
	default:
		return l, crm.ErrNotFound
	}
	return l, nil
}
