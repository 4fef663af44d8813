package report

import (
	"fmt"

	"github.com/grupobizopps/salexops/contract"
	"github.com/grupobizopps/salexops/internal/plugin/phrase"
)

// headline is the state of a tenant in one sentence.
func (s *Subject) headline() string {
	may := s.Name() + " may not run: "
	if s.Standing.MayRun {
		may = s.Name() + " may run: "
	}
	switch {
	case s.Objects.Tenant.DeletionTimestamp != nil:
		return s.Name() + " is being deleted."
	case s.Standing.Lifecycle == contract.LifecyclePending:
		return may + "its registration is not complete."
	case s.Standing.Lifecycle != contract.LifecycleActive:
		return may + "the contract has ended."
	case s.Standing.Conduct == contract.ConductSuspended || s.Standing.Conduct == contract.ConductDisabled:
		return may + "it is suspended for a breach."
	}
	return may + s.billingWords()
}

func (s *Subject) billingWords() string {
	standing := &s.Standing
	switch standing.Billing {
	case contract.BillingFree:
		return fmt.Sprintf("its plan %s costs nothing.", standing.Agreement.Plan)
	case contract.BillingCurrent:
		if standing.DueDate == s.Today() {
			return "its payment is due today, and on time if it comes today."
		}
		return "it is paid through " + s.FullDay(standing.PaidThrough) + "."
	case contract.BillingGrace:
		return "it is in grace, without technical support; its payment was due " + s.FullDay(standing.DueDate) + "."
	case contract.BillingDisabled, contract.BillingPurgeScheduled:
		return "its payment has lapsed."
	case contract.BillingPurging:
		return "its payment has lapsed, and its documents are being deleted."
	case contract.BillingPurged:
		return "its payment has lapsed, and its documents have been deleted."
	case contract.BillingPending:
		return "it has never paid."
	default:
		return string(standing.Billing) + "."
	}
}

// change is what would change the state.
func (s *Subject) change() string {
	if s.Objects.Tenant.DeletionTimestamp != nil {
		return ""
	}
	if reason, message := s.Account.Registered(s.Standing); reason != "" {
		return phrase.MaskAll(message)
	}
	switch s.Standing.Billing {
	case contract.BillingGrace:
		return fmt.Sprintf("a payment that covers today (%s) ends the grace, and support is back.", s.Day(s.Today()))
	case contract.BillingDisabled, contract.BillingPurgeScheduled:
		text := "a payment that covers today restores everything at once"
		if at := s.Standing.Deadlines.Purge.At; at.After(s.Now) {
			text += "; before " + s.Moment(at) + " the documents too"
		}
		return text + "."
	case contract.BillingPurging:
		return "nothing stops the deletion any more; a payment that covers today restores access when it is done, with the records and without the documents."
	case contract.BillingPurged:
		return "a payment that covers today restores access, with the records and an empty documents volume."
	case contract.BillingCurrent:
		return s.renewal()
	case contract.BillingFree:
		return "another plan; a paid one begins with the first day paid for."
	default:
		return ""
	}
}

// renewal is the payment that keeps a tenant where it is.
func (s *Subject) renewal() string {
	period, ok := s.nextPeriod()
	if !ok {
		return ""
	}
	payment := "a payment for " + s.Days(period.From, period.To)
	if period.From != s.Standing.DueDate {
		payment = "a payment that covers " + s.Day(s.Standing.DueDate)
	}
	return payment + " keeps it so; without one, grace begins " + s.Moment(s.Standing.Deadlines.Grace.At) + "."
}

// nextPeriod is the billing period in which the due date lies.
func (s *Subject) nextPeriod() (contract.Period, bool) {
	f := &s.Account.Facts
	period, err := PeriodOf(f.Anchor, s.Standing.Agreement.Interval, s.Standing.DueDate)
	return period, err == nil && !s.Standing.Deadlines.Grace.At.IsZero()
}
