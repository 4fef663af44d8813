package report

import (
	"slices"
	"strings"
	"time"

	"github.com/grupobizopps/salexops/contract"
	"github.com/grupobizopps/salexops/contract/simulation"
	"github.com/grupobizopps/salexops/internal/plugin/phrase"
)

// next is what will happen until an instant by what is known now: what is
// overdue, then what a simulation with these facts tells.
func (s *Subject) next(until time.Time) []Entry {
	entries := s.overdue()
	entries = append(entries, s.paymentDue(until)...)
	unless := s.unless()
	for _, event := range s.simulate(until) {
		if from, err := contract.ParseDate(strings.TrimPrefix(event.Detail, "due ")); err == nil && event.Kind == simulation.GraceStarted {
			unless = "unless a payment covers " + s.Day(from)
		}
		if event.At.After(s.Now) && !event.At.After(until) {
			entries = append(entries, s.entryOf(event, unless))
		}
	}
	return append(entries, s.planChange(until)...)
}

// overdue is what is due and not done. The simulation, in which everything is
// done in time, has it behind.
func (s *Subject) overdue() []Entry {
	var entries []Entry
	for _, act := range s.Acts() {
		if act.Overdue {
			entries = append(entries, Entry{At: act.At, What: act.What, Section: "4", BlockedBy: act.BlockedBy})
		}
	}
	if s.due(contract.ActPurgeNotice) != nil {
		entries = append(entries, Entry{
			At: s.Standing.Deadlines.PurgeNotice.At, What: "owner is told of the deletion (" + s.undelivered(s.notice()) + ")", Section: "4",
		})
	}
	return entries
}

// paymentDue is the next payment, with its price.
func (s *Subject) paymentDue(until time.Time) []Entry {
	at := s.Zone.StartOfDay(s.Standing.DueDate)
	period, due := s.nextPeriod()
	if !due || s.Standing.Lapse != nil || !at.After(s.Now) || at.After(until) {
		return nil
	}
	what := "payment is due"
	if amount, currency := s.Price(); amount != "" {
		what += ": " + string(amount) + " " + string(currency)
	}
	if period.From == s.Standing.DueDate {
		what += " for " + s.Days(period.From, period.To)
	}
	return []Entry{{At: at, What: what, Section: "3.4"}}
}

// planChange is a change of plan that was agreed.
func (s *Subject) planChange(until time.Time) []Entry {
	agreements := s.Standing.Agreements
	if len(agreements) < 2 {
		return nil
	}
	last := agreements[len(agreements)-1]
	at := s.Zone.StartOfDay(last.From)
	if !at.After(s.Now) || at.After(until) {
		return nil
	}
	what := "plan " + last.Plan + " begins, billed " + phrase.Interval(last.Interval)
	if last.Tier == contract.TierFree {
		what = "plan " + last.Plan + " begins, which costs nothing"
	}
	return []Entry{{At: at, Section: "3.6", What: what}}
}

// simulate lives the tenant's life on, with nothing holding anything back. A
// notice that is overdue counts as delivered today. As long as data are missing
// nothing is decided, and so nothing comes.
func (s *Subject) simulate(until time.Time) []simulation.Event {
	if s.doubtful() {
		return nil
	}
	f := s.Account.Facts
	f.Policy.Freeze, f.Hold = false, false
	var assume simulation.Assumptions
	if s.noticeOverdue() {
		assume.NoticeOutages = []contract.Period{{
			From: s.Zone.DateOf(s.Standing.Deadlines.PurgeNotice.At), To: s.Today().AddDays(-1),
		}}
	}
	return simulation.Run(s.Name(), f, s.Today(), s.Zone.DateOf(until).AddDays(1), assume)
}

// doubtful reports whether the ledger is too incomplete to judge billing by.
func (s *Subject) doubtful() bool {
	return len(s.Account.Facts.Gaps) > 0 || slices.Contains(s.Standing.Missing, contract.BillingDataLost)
}

// entryOf says an event in words.
func (s *Subject) entryOf(event simulation.Event, unless string) Entry {
	entry := Entry{At: event.At, Section: "4"}
	switch event.Kind {
	case simulation.GraceStarted:
		entry.What, entry.Unless = "grace begins, support ends", unless
	case simulation.UsersDisabled:
		entry.What, entry.Unless = "users are disabled", unless
		entry.BlockedBy = s.blocks(s.standingGuards(contract.ActDisable))
	case simulation.PurgeNoticeDelivered:
		entry.What, entry.Unless = "owner is told of the deletion", unless
	case simulation.DocumentsPurged:
		entry.What, entry.Unless = "documents are deleted", unless
		entry.BlockedBy = s.blocks(s.standingGuards(contract.ActPurge))
	case simulation.AccessRestored:
		entry.What = "access is restored"
	default:
		entry.What, entry.Section = otherEvent(event)
	}
	return entry
}

// unless is the payment that prevents a lapse, or ends it.
func (s *Subject) unless() string {
	if s.Standing.Lapse != nil {
		return "unless a payment covers today"
	}
	return "unless a payment covers " + s.Day(s.Standing.DueDate)
}
