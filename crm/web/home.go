package web

import (
	"cmp"
	"net/http"
	"slices"

	"github.com/grupobizopps/salexops/crm"
	"github.com/grupobizopps/salexops/crm/web/page"
)

// How much of each the first page lists.
const (
	recentShown      = 6
	lateShown        = 12
	comingShown      = 5
	mentionsOnTheDay = 5
	quietShown       = 5
)

// home is "my day".
func (s *server) home(v *visit) error {
	var d page.Day
	for _, read := range []func(*visit, *page.Day) error{s.dayTasks, s.dayMentions, s.dayQuiet, s.dayRecent} {
		if err := read(v, &d); err != nil {
			return err
		}
	}
	v.frame.Section, v.frame.Title = page.SectionHome, v.frame.T("nav.home")
	return v.render(http.StatusOK, page.Home(v.frame, d))
}

// dayTasks reads what is late, what is today and, when today is empty, what is next.
func (s *server) dayTasks(v *visit, d *page.Day) error {
	now := now(v)
	late, err := s.Services.Activities.Activities(v.ctx(), crm.ActivityFilter{
		State: crm.DueOverdue, Now: now, OwnerID: v.user.ID, Limit: lateShown,
	})
	if err != nil {
		return err
	}
	d.Overdue, d.MoreLate = late.Items, late.Next != ""
	agenda, err := s.Services.Activities.Agenda(v.ctx(), now.Day(), now.Day(), v.user.ID)
	if err != nil {
		return err
	}
	for _, a := range agenda {
		if a.Type == crm.ActivityMeeting || (a.Open() && !a.Overdue(now)) {
			d.Today = append(d.Today, a)
		}
	}
	if len(d.Today) > 0 {
		return nil
	}
	next, err := s.Services.Activities.Activities(v.ctx(), crm.ActivityFilter{
		State: crm.DueUpcoming, Now: now, OwnerID: v.user.ID, Limit: comingShown,
	})
	d.Coming = next.Items
	return err
}

func (s *server) dayMentions(v *visit, d *page.Day) error {
	unread, err := s.Services.Mentions.Mentions(v.ctx(), true, "", mentionsOnTheDay)
	if err != nil || len(unread.Items) == 0 {
		return err
	}
	d.Mentions = unread.Items
	d.Users, err = s.owners(v, v.user.ID)
	return err
}

// dayQuiet reads one's own deals about which nobody did anything for long.
func (s *server) dayQuiet(v *visit, d *page.Day) error {
	found, err := s.Services.Deals.Deals(v.ctx(), crm.DealFilter{
		Status: crm.StageOpen, OwnerID: v.user.ID, QuietBefore: s.Now().Add(-crm.QuietAfter), Sort: crm.SortQuiet, Limit: quietShown,
	})
	d.Quiet, d.MoreQuiet = found.Items, found.Next != ""
	return err
}

// dayRecent merges the records that changed lately, the last first.
func (s *server) dayRecent(v *visit, d *page.Day) error {
	contacts, err := s.Services.Contacts.Contacts(v.ctx(), crm.ContactFilter{Sort: crm.SortRecent, Limit: recentShown})
	if err != nil {
		return err
	}
	companies, err := s.Services.Companies.Companies(v.ctx(), crm.CompanyFilter{Sort: crm.SortRecent, Limit: recentShown})
	if err != nil {
		return err
	}
	d.Recent = newest(contacts.Items, companies.Items)
	d.Fresh = len(d.Recent) == 0
	return nil
}

func newest(contacts []*crm.Contact, companies []*crm.Company) []page.Recent {
	all := make([]page.Recent, 0, len(contacts)+len(companies))
	for _, c := range contacts {
		all = append(all, page.Recent{At: c.UpdatedAt, Hit: crm.Hit{
			Kind: crm.KindContact, ID: c.ID, Title: c.Title(), Subtitle: page.ContactSubtitle(c),
		}})
	}
	for _, c := range companies {
		all = append(all, page.Recent{At: c.UpdatedAt, Hit: crm.Hit{
			Kind: crm.KindCompany, ID: c.ID, Title: c.Name, Subtitle: c.Address.City,
		}})
	}
	slices.SortStableFunc(all, func(a, b page.Recent) int { return cmp.Compare(b.At.UnixNano(), a.At.UnixNano()) })
	return all[:min(len(all), recentShown)]
}
