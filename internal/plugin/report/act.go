package report

import (
	"fmt"
	"time"

	"github.com/grupobizopps/salexops/contract"
)

// Act is something that takes from a tenant, and when it comes.
type Act struct {
	// At is when it is done, or was due.
	At time.Time `json:"at"`
	// Tenant it is done to.
	Tenant string `json:"tenant"`
	// Kind is Disable, Purge or Delete.
	Kind contract.ActKind `json:"kind"`
	// What happens, in a few words.
	What string `json:"what"`
	// Because says which dates it follows from.
	Because string `json:"because"`
	// BlockedBy is what holds it back, or would as things are now.
	BlockedBy []Block `json:"blockedBy,omitempty"`
	// Overdue says that its time has come.
	Overdue bool `json:"overdue,omitempty"`
	// Earliest says that it can't come before At, and may come later.
	Earliest bool `json:"earliest,omitempty"`
	// UnlessPaidBy is the last date on which a payment that is not due yet
	// prevents it. Absent: the payment is overdue already.
	UnlessPaidBy contract.Date `json:"unlessPaidBy,omitzero"`
}

// Acts lists what will be done to a tenant unless somebody pays, soonest first.
func (s *Subject) Acts() []Act {
	var acts []Act
	for _, act := range []*Act{s.disable(), s.purge(), s.deletion()} {
		if act != nil {
			act.Tenant = s.Name()
			act.At = s.local(act.At)
			acts = append(acts, *act)
		}
	}
	return acts
}

// disable is the disabling of users, if it is ahead.
func (s *Subject) disable() *Act {
	lapse, at := s.Standing.Lapse, s.Standing.Deadlines.Disable.At
	act := &Act{Kind: contract.ActDisable, What: "users are disabled", At: at, Because: s.because()}
	if due := s.due(contract.ActDisable); due != nil {
		act.Overdue, act.BlockedBy = true, s.blocks(due.BlockedBy)
		return act
	}
	if at.IsZero() || lapse != nil && !lapse.DisabledAt.IsZero() || !s.calledFor(contract.ActDisable, at) {
		return nil
	}
	act.BlockedBy = s.blocks(s.standingGuards(contract.ActDisable))
	act.UnlessPaidBy = s.unlessPaidBy()
	return act
}

// purge is the deletion of documents, if it is ahead.
func (s *Subject) purge() *Act {
	lapse, at := s.Standing.Lapse, s.Standing.Deadlines.Purge.At
	act := &Act{Kind: contract.ActPurge, What: "documents are deleted", At: at, Because: s.because()}
	switch {
	case s.Standing.Billing == contract.BillingPurging:
		act.What, act.Overdue = "documents are being deleted", true
	case lapse != nil && !lapse.PurgedAt.IsZero():
		return nil
	}
	if due := s.due(contract.ActPurge); due != nil {
		act.Overdue, act.BlockedBy = true, s.blocks(due.BlockedBy)
		return act
	}
	if s.noticeOverdue() {
		act.At, act.Earliest = s.earliestPurge(), true
	}
	if act.At.IsZero() || !s.calledFor(contract.ActPurge, act.At) {
		return nil
	}
	act.BlockedBy = s.blocks(s.standingGuards(contract.ActPurge))
	act.UnlessPaidBy = s.unlessPaidBy()
	return act
}

// unlessPaidBy is the date by which a payment that is not due yet prevents a
// lapse; none in a lapse.
func (s *Subject) unlessPaidBy() contract.Date {
	if s.Standing.Lapse != nil {
		return contract.Date{}
	}
	return s.Standing.DueDate
}

// because says which dates the acts of a lapse follow from.
func (s *Subject) because() string {
	lapse := s.Standing.Lapse
	if lapse == nil {
		return fmt.Sprintf("if what is due %s stays unpaid", s.Day(s.Standing.DueDate))
	}
	why := "due " + s.Day(s.Standing.DueDate)
	if lapse.CountsFrom != s.Standing.DueDate {
		why = "reversed " + s.Day(lapse.CountsFrom)
	}
	if told, delivered := lapse.PurgeNotice.Delivered(); delivered {
		return why + ", told " + s.DayOf(told)
	}
	if s.noticeOverdue() {
		return why + ", owner not told yet"
	}
	return why + ", unpaid"
}
