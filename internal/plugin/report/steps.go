package report

import (
	"fmt"
	"strings"
	"time"

	"github.com/grupobizopps/salexops/api/v1alpha1"
	"github.com/grupobizopps/salexops/contract"
	"github.com/grupobizopps/salexops/facts"
	"github.com/grupobizopps/salexops/internal/plugin/phrase"
)

// lapseRules are the steps of contract.md 4: what was done, and what follows.
// As long as data are missing none is taken.
func (s *Subject) lapseRules() []Rule {
	steps := s.Standing.Deadlines
	if steps.Grace.At.IsZero() || s.doubtful() {
		return nil
	}
	rules := []Rule{s.graceRule(steps.Grace), s.disableRule(steps.Disable)}
	if steps.PurgeNotice.At.IsZero() {
		return append(rules, Rule{
			What: "documents", Section: "4",
			Says: fmt.Sprintf("kept: a subscription billed %s has none deleted", phrase.Interval(s.Standing.Agreement.Interval)),
		})
	}
	return append(rules, s.noticeRule(steps.PurgeNotice), s.purgeRule(steps.Purge))
}

// terms are those of the open lapse, or of the one that would open.
func (s *Subject) terms() contract.LapseTerms {
	if s.Standing.Lapse != nil {
		return s.Standing.Lapse.Terms
	}
	return s.Account.Facts.Policy.Lapse.For(s.Standing.Agreement.Interval)
}

// ahead says how far away a deadline is, and by which sum.
func (s *Subject) ahead(at time.Time, sum string) string { return s.Away(at) + ": " + sum }

// plus is a sum such as 31 Jan + 31. "After n days" leaves n whole ones, so the
// act falls on the day after them (contract.md 1).
func (s *Subject) plus(date contract.Date, days int) string {
	return fmt.Sprintf("%s + %d", s.Day(date), days)
}

func (s *Subject) graceRule(grace contract.Deadline) Rule {
	rule := Rule{What: "support ends", At: grace.At, Section: "4"}
	if grace.At.After(s.Now) {
		rule.Says = s.ahead(grace.At, s.plus(grace.From, 1))
		return rule
	}
	rule.What, rule.Done = "support ended", true
	if lapse := s.Standing.Lapse; lapse != nil && !lapse.RemindedAt.IsZero() {
		rule.Says = "owner reminded " + s.Exact(lapse.RemindedAt)
	} else if lapse != nil {
		reminder := facts.NoticeName(s.Name(), v1alpha1.NoticePaymentReminder, s.Zone.DateOf(lapse.OpenedAt))
		rule.Says = "reminder: " + s.undelivered(s.noticeNamed(reminder))
	}
	return rule
}

func (s *Subject) disableRule(disable contract.Deadline) Rule {
	rule := Rule{What: "users disabled", At: disable.At, Section: "4"}
	recorded := s.recorded()
	switch due := s.due(contract.ActDisable); {
	case due != nil && due.Permitted():
		rule.Says = "due now, nothing holds it back"
	case due != nil:
		rule.Says = s.heldBack(due)
	case recorded != nil && !recorded.DisabledAt.IsZero():
		rule.Done, rule.Says = true, "done "+s.Exact(recorded.DisabledAt)
	default:
		rule.Says = s.ahead(disable.At, s.plus(disable.From, s.terms().DisableAfterDays+1))
	}
	return rule
}

func (s *Subject) noticeRule(notice contract.Deadline) Rule {
	rule := Rule{What: "owner told", At: notice.At, Section: "4"}
	told, delivered := toldOf(s.Standing.Lapse)
	switch {
	case delivered:
		rule.Done, rule.Says = true, "delivered "+s.Exact(told)+s.deliveredTo()
	case notice.At.After(s.Now):
		rule.Says = s.ahead(notice.At, s.plus(notice.From, s.terms().PurgeNoticeAfterDays))
	default:
		rule.Says = s.undelivered(s.notice())
	}
	return rule
}

func (s *Subject) purgeRule(purge contract.Deadline) Rule {
	rule := Rule{What: "documents", At: purge.At, Section: "4"}
	lapse := s.Standing.Lapse
	switch due := s.due(contract.ActPurge); {
	case lapse != nil && !lapse.PurgedAt.IsZero():
		rule.Done, rule.Says = true, "deleted "+s.Exact(lapse.PurgedAt)
	case due != nil && !due.Permitted() && s.Standing.Billing == contract.BillingPurging:
		rule.Says = "begun " + s.Exact(lapse.PurgeStartedAt) + ", " + s.heldBack(due)
	case due != nil && !due.Permitted():
		rule.Says = s.heldBack(due)
	case s.Standing.Billing == contract.BillingPurging:
		rule.Says = "being deleted since " + s.Exact(lapse.PurgeStartedAt)
	case due != nil:
		rule.Says = "to be deleted now, nothing holds it back"
	case purge.At.IsZero():
		rule.At = s.earliestPurge()
		rule.Says = "at the earliest; the owner has to be told first"
	default:
		rule.Says = s.ahead(purge.At, s.purgeSum())
	}
	return rule
}

// purgeSum is the sum of contract.md 4 by which documents are deleted.
func (s *Subject) purgeSum() string {
	terms, steps := s.terms(), s.Standing.Deadlines
	told := s.Zone.DateOf(steps.PurgeNotice.At)
	if delivered, is := toldOf(s.Standing.Lapse); is {
		told = s.Zone.DateOf(delivered)
	}
	return fmt.Sprintf("max(%s, %s)",
		s.plus(steps.PurgeNotice.From, terms.PurgeAfterDays+1), s.plus(told, terms.PurgeNoticeDays+1))
}

// heldBack says which guards hold an act back that is due.
func (s *Subject) heldBack(act *contract.Act) string {
	var by []string
	for _, block := range s.blocks(act.BlockedBy) {
		by = append(by, block.Says)
	}
	return "held back: " + strings.Join(by, ", ")
}

// deliveredTo is the masked address that took the notice of the deletion.
func (s *Subject) deliveredTo() string {
	notice := s.notice()
	if notice == nil {
		return ""
	}
	return " to " + phrase.Mask(string(addressOf(notice)))
}

// undelivered says why a notice that is due has not been delivered.
func (s *Subject) undelivered(notice *v1alpha1.Notice) string {
	switch {
	case notice == nil:
		return "due, not sent yet"
	case notice.Status.BouncedAt != nil:
		return "came back " + s.Moment(notice.Status.BouncedAt.Time) + s.retry(notice)
	case notice.Status.State == v1alpha1.NoticeInDoubt:
		return "in doubt: the operator stopped while sending" + s.retry(notice)
	case len(notice.Status.Attempts) > 0:
		last := notice.Status.Attempts[len(notice.Status.Attempts)-1]
		return fmt.Sprintf("not delivered, %s (%s)%s",
			phrase.Count(int(max(notice.Status.AttemptCount, 1)), "try", "tries"), phrase.MaskAll(last.Error), s.retry(notice))
	default:
		return "due, not sent yet"
	}
}

func (s *Subject) retry(notice *v1alpha1.Notice) string {
	if notice.Status.NextAttemptAt == nil {
		return ""
	}
	return ", again " + s.Moment(notice.Status.NextAttemptAt.Time)
}
