package report

import (
	"fmt"

	"github.com/grupobizopps/salexops/contract"
	"github.com/grupobizopps/salexops/internal/plugin/phrase"
)

// HoldReasonAnnotation says on a Tenant why it is on hold, for people.
const HoldReasonAnnotation = "crm.salexops.com/hold-reason"

// blocked says what holds back what takes from the tenant, and how that ends.
func (s *Subject) blocked() []string {
	var says []string
	for _, act := range s.Acts() {
		noun := map[contract.ActKind]string{
			contract.ActDisable: "the disabling", contract.ActPurge: "the deletion", actDelete: "the deletion of everything",
		}[act.Kind]
		switch {
		case !act.UnlessPaidBy.IsZero():
		case len(act.BlockedBy) > 0:
			for _, block := range act.BlockedBy {
				says = append(says, s.remedy(noun, &act, block))
			}
		case act.Kind == contract.ActDisable:
			says = append(says, "Nothing blocks the disabling; only a payment prevents it.")
		case act.Kind == contract.ActPurge && s.Standing.Billing != contract.BillingGrace:
			says = append(says, "Nothing blocks the deletion. To stop it: kubectl salexops hold "+s.Name())
		}
	}
	return says
}

// remedy says what a block is about, and how it ends.
func (s *Subject) remedy(noun string, act *Act, block Block) string {
	switch contract.Guard(block.Guard) {
	case contract.GuardFeedComplete:
		return fmt.Sprintf("The billing feed holds back %s until it is complete to %s (status.billingFeed.asOf of the PlatformPolicy).", noun, s.Moment(act.At))
	case contract.GuardBreakerClosed:
		return fmt.Sprintf("The circuit breaker holds back %s until somebody looks: kubectl salexops acknowledge", noun)
	case contract.GuardNoticeDelivered:
		return fmt.Sprintf("The notice holds back %s: %s.", noun, s.undelivered(s.notice()))
	case contract.GuardNotFrozen:
		return fmt.Sprintf("The freeze holds back %s: spec.freeze of the PlatformPolicy is true.", noun)
	case contract.GuardNotHeld:
		reason := ""
		if text := s.Objects.Tenant.Annotations[HoldReasonAnnotation]; text != "" {
			reason = " (" + phrase.Clean(text) + ")"
		}
		return fmt.Sprintf("A hold%s holds back %s. To lift it: kubectl salexops release %s", reason, noun, s.Name())
	case contract.GuardClockAgrees, contract.GuardReadLive:
		return fmt.Sprintf("The operator holds back %s: %s.", noun, block.Says)
	default:
		blocked := condition(s.Objects.Tenant.Status.Conditions, "DeletionBlocked")
		if blocked != nil {
			return phrase.MaskAll(blocked.Message)
		}
		return fmt.Sprintf("%s is held back: %s.", noun, block.Says)
	}
}
