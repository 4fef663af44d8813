// Package ics writes activities as a calendar that other programs subscribe to
// (RFC 5545).
package ics

import (
	"fmt"
	"net/url"
	"strings"
	"time"

	ical "github.com/arran4/golang-ical"

	"github.com/grupobizopps/salexops/crm"
)

// How long something takes of which no end is known.
const (
	meetingLength = time.Hour
	callLength    = 30 * time.Minute
	taskLength    = 30 * time.Minute
)

// refresh is how often programs are asked to look again.
const refresh = "PT15M"

// Calendar is whose activities are written, and where they are at home.
type Calendar struct {
	Name    string         // as programs show it
	Tenant  string         // makes ids differ from those of other instances
	Zone    *time.Location // of the tenant
	Address string         // of the instance, "https://acme.crm.example"
}

// Write writes what has a date. Times are in UTC, so that no program needs to
// know the tenant's zone; whole days are days, wherever they are read. What was
// done is left out, and comes back when it is to be done again.
func (c Calendar) Write(all []*crm.Activity) []byte {
	calendar := ical.NewCalendarFor("SaleXops")
	calendar.SetMethod(ical.MethodPublish)
	calendar.SetXWRCalName(c.Name)
	calendar.SetName(c.Name)
	calendar.SetXPublishedTTL(refresh)
	calendar.SetRefreshInterval(refresh)
	for _, a := range all {
		if a.Starts.Valid() && !a.Done() {
			c.add(calendar, a)
		}
	}
	return []byte(calendar.Serialize(ical.WithNewLineWindows))
}

func (c Calendar) add(calendar *ical.Calendar, a *crm.Activity) {
	event := calendar.AddEvent(fmt.Sprintf("activity-%d@%s.salexops", a.ID, c.Tenant))
	event.SetDtStampTime(a.UpdatedAt)
	event.SetCreatedTime(a.CreatedAt)
	event.SetModifiedAt(a.UpdatedAt)
	event.SetSequence(int(a.Version) - 1)
	event.SetSummary(plain(summary(a)))
	if text := plain(a.Body); text != "" {
		event.SetDescription(text)
	}
	if place := plain(a.Place); place != "" {
		event.SetLocation(place)
	}
	if address, err := url.Parse(c.Address + fmt.Sprintf("/activities/%d", a.ID)); err == nil {
		event.SetURL(address.String())
	}
	if a.Starts.IsDay() {
		event.SetAllDayStartAt(a.Starts.In(time.UTC))
		event.SetAllDayEndAt(a.Starts.AddDays(1).In(time.UTC))
	} else {
		event.SetStartAt(a.Starts.In(c.Zone))
		event.SetEndAt(c.end(a))
	}
	if a.Type == crm.ActivityTask {
		event.SetTimeTransparency(ical.TransparencyTransparent) // a task keeps no time free
	}
}

func (c Calendar) end(a *crm.Activity) time.Time {
	switch {
	case a.Ends != "":
		return a.Ends.In(c.Zone)
	case a.Type == crm.ActivityMeeting:
		return a.Starts.In(c.Zone).Add(meetingLength)
	case a.Type == crm.ActivityCall:
		return a.Starts.In(c.Zone).Add(callLength)
	}
	return a.Starts.In(c.Zone).Add(taskLength)
}

// summary says what and with whom.
func summary(a *crm.Activity) string {
	title := a.Title()
	for _, name := range []string{a.ContactName, a.CompanyName, a.DealName, a.LeadName} {
		if name != "" && name != title {
			return title + " · " + name
		}
	}
	return title
}

// plain takes out what a calendar cannot hold: control characters, which no
// stored text has but for line breaks and tabs.
func plain(text string) string {
	return strings.Map(func(r rune) rune {
		if r < ' ' && r != '\n' {
			return ' '
		}
		return r
	}, text)
}
