package seed

import (
	"strings"
	"time"

	"github.com/grupobizopps/salexops/crm"
)

// Work makes something that is done at a moment of the tenant's clock, or that
// is to be done after it. What would be done after the last moment is still
// open. Its links are the caller's.
func (m *Maker) Work(at, last time.Time) crm.Activity {
	switch of := m.dice.IntN(100); {
	case of < 38:
		return crm.Activity{Type: crm.ActivityNote, Body: m.told()}
	case of < 68:
		return m.call(at, last)
	case of < 88:
		return m.task(at, last)
	default:
		return m.meeting(at)
	}
}

func (m *Maker) call(at, last time.Time) crm.Activity {
	a := crm.Activity{Type: crm.ActivityCall, Subject: pick(m, callSubjects), Starts: crm.MomentOf(at)}
	if m.chance(20) {
		a.Starts = crm.MomentOf(m.workday(at, 7))
	}
	zone := at.Location()
	if begin := a.Starts.In(zone); begin.Before(last) && !m.forgotten() {
		a.DoneAt = begin.Add(time.Duration(2+m.dice.IntN(25)) * time.Minute)
		a.Body = m.told()
	}
	return a
}

func (m *Maker) task(at, last time.Time) crm.Activity {
	a := crm.Activity{Type: crm.ActivityTask, Subject: pick(m, taskSubjects)}
	due := m.workday(at, 14)
	if m.chance(90) {
		a.Starts = crm.DayOf(due)
	}
	if m.chance(25) && a.Starts != "" {
		a.Reminder = crm.RemindDay
	}
	if due.Before(last) && !m.forgotten() {
		a.DoneAt = due.Add(-time.Duration(m.dice.IntN(300)) * time.Minute)
		if a.DoneAt.Before(at) {
			a.DoneAt = at
		}
	}
	return a
}

func (m *Maker) meeting(at time.Time) crm.Activity {
	begin := m.workday(at, 10).Truncate(30 * time.Minute)
	a := crm.Activity{
		Type: crm.ActivityMeeting, Subject: pick(m, meetingSubjects), Place: pick(m, meetingPlaces),
		Starts: crm.MomentOf(begin), Ends: crm.MomentOf(begin.Add(time.Duration(1+m.dice.IntN(3)) * 30 * time.Minute)),
	}
	if m.chance(60) {
		a.Body = pick(m, agreed)
	}
	return a
}

// forgotten is true for the few things that nobody ever does.
func (m *Maker) forgotten() bool { return m.dice.IntN(400) == 0 }

// workday is a moment in the office hours of one of the next days.
func (m *Maker) workday(at time.Time, within int) time.Time {
	date := at.AddDate(0, 0, 1+m.dice.IntN(within))
	if date.Weekday() == time.Sunday {
		date = date.AddDate(0, 0, 1)
	}
	return time.Date(date.Year(), date.Month(), date.Day(), 9, 5*m.dice.IntN(12*9), 0, 0, at.Location())
}

// told is what somebody writes down after a talk.
func (m *Maker) told() string {
	said := []string{pick(m, heard)}
	if m.chance(70) {
		said = append(said, pick(m, agreed))
	}
	if m.chance(25) {
		said = append(said, pick(m, besides))
	}
	return strings.Join(said, " ")
}
