package standing

import (
	"fmt"
	"time"

	"k8s.io/apimachinery/pkg/api/meta"
	metav1 "k8s.io/apimachinery/pkg/apis/meta/v1"

	"github.com/grupobizopps/salexops/api/v1alpha1"
	"github.com/grupobizopps/salexops/contract"
	"github.com/grupobizopps/salexops/internal/tenantstatus"
)

// Conditions that standing writes on a Tenant.
const (
	conditionRegistered = "Registered"
	// conditionEvaluated is present, and false, while an object of the ledger
	// can't be read.
	conditionEvaluated = "Evaluated"
	// conditionActsHeld is present, and true, while an act is due that a guard
	// of contract.md 4 holds back.
	conditionActsHeld = "ActsHeld"
	// conditionDocumentsPurged is present, and true, once documents have been
	// deleted for a lapse; its message says on which date.
	conditionDocumentsPurged = "DocumentsPurged"
)

// ownPart is what standing writes of a Tenant's status.
func ownPart(status v1alpha1.TenantStatus) v1alpha1.TenantStatus {
	return v1alpha1.TenantStatus{
		Standing: status.Standing,
		Conditions: tenantstatus.Conditions(status.Conditions,
			conditionRegistered, conditionEvaluated, conditionActsHeld, conditionDocumentsPurged),
	}
}

// describe writes an evaluation into standing's part of the status.
func describe(tenant *v1alpha1.Tenant, e *evaluation) {
	before := tenant.Status.Standing
	after := translate(e)
	after.ObservedGeneration = tenant.Generation
	if after.Plan == "" && before != nil && after.Lifecycle != v1alpha1.LifecyclePending {
		// The subscription can't be found any more. Which plan the tenant is on
		// stays as it was, until somebody says otherwise.
		after.Plan, after.PlanTier = before.Plan, before.PlanTier
	}
	after.Since = since(before, after.Summary, e.contractNow)
	tenant.Status.Standing = after

	meta.RemoveStatusCondition(&tenant.Status.Conditions, conditionEvaluated)
	if reason, message := e.account.Registered(e.standing); reason == "" {
		setCondition(tenant, conditionRegistered, metav1.ConditionTrue, "Complete", message, e.real)
	} else {
		setCondition(tenant, conditionRegistered, metav1.ConditionFalse, string(reason), message, e.real)
	}
	if message := purgedMessage(e); message != "" {
		setCondition(tenant, conditionDocumentsPurged, metav1.ConditionTrue, "PaymentLapsed", message, e.real)
	}
	if reason, message := held(e.standing.Due); reason == "" {
		meta.RemoveStatusCondition(&tenant.Status.Conditions, conditionActsHeld)
	} else {
		setCondition(tenant, conditionActsHeld, metav1.ConditionTrue, reason, message, e.real)
	}
}

// purgedMessage tells of the latest purge of documents, if there was one.
func purgedMessage(e *evaluation) string {
	if e.account.Subscription == nil {
		return ""
	}
	message := ""
	var latest time.Time
	for i := range e.account.Subscription.Status.Lapses {
		lapse := &e.account.Subscription.Status.Lapses[i]
		if lapse.Purge == nil || lapse.Purge.CompletedAt == nil || lapse.Purge.CompletedAt.Time.Before(latest) {
			continue
		}
		latest = lapse.Purge.CompletedAt.Time
		message = fmt.Sprintf("the documents were deleted on %s and can't be recovered: payment was due on %s and the owner had been told; the records are as they were (contract.md 4)",
			e.account.Facts.Policy.Zone.DateOf(latest), lapse.DueDate)
	}
	return message
}

// translate says in the API's words what the contract decided.
func translate(e *evaluation) *v1alpha1.Standing {
	s := &e.standing
	standing := &v1alpha1.Standing{
		Plan:            s.Agreement.Plan,
		PlanTier:        v1alpha1.PlanTier(s.Agreement.Tier),
		Billing:         v1alpha1.BillingState(s.Billing),
		Conduct:         v1alpha1.ConductState(s.Conduct),
		Lifecycle:       v1alpha1.LifecycleState(s.Lifecycle),
		Access:          v1alpha1.Access(s.Access),
		MayRun:          s.MayRun,
		SupportEntitled: s.SupportEntitled,
		PaidThrough:     v1alpha1.Date(s.PaidThrough.String()),
		Summary:         summary(s),
	}
	if !s.Next.At.IsZero() {
		standing.Next = &v1alpha1.NextStep{
			At:     metav1.NewTime(s.Next.At),
			When:   e.account.When(s.Next),
			What:   string(s.Next.What),
			Reason: s.Next.Why,
		}
	}
	return standing
}

// summary is the one word for a table: the state of billing, unless the
// lifecycle or the conduct has something more important to say.
func summary(s *contract.Standing) string {
	switch {
	case s.Lifecycle != contract.LifecycleActive:
		return string(s.Lifecycle)
	case s.Conduct != contract.ConductGood:
		return string(s.Conduct)
	default:
		return string(s.Billing)
	}
}

// since is the instant at which the summary last became another.
func since(before *v1alpha1.Standing, summary string, now time.Time) *metav1.Time {
	if before != nil && before.Since != nil && before.Summary == summary {
		return before.Since
	}
	at := toSecond(now)
	return &at
}

// held says which act is due and which guard of contract.md 4 holds it back.
func held(due []contract.Act) (reason, message string) {
	for _, act := range due {
		if act.Permitted() {
			continue
		}
		return string(act.BlockedBy[0]), fmt.Sprintf(
			"%s was due %s (counted from %s) and is held back until these guards hold: %v; until then nothing is taken from the tenant (contract.md 4)",
			act.Kind, act.Deadline.At.UTC().Format(time.RFC3339), act.Deadline.From, act.BlockedBy)
	}
	return "", ""
}

func setCondition(tenant *v1alpha1.Tenant, kind string, status metav1.ConditionStatus, reason, message string, now time.Time) {
	meta.SetStatusCondition(&tenant.Status.Conditions, metav1.Condition{
		Type: kind, Status: status, Reason: reason, Message: message,
		ObservedGeneration: tenant.Generation, LastTransitionTime: toSecond(now),
	})
}

// toSecond is the instant as the API server keeps it.
func toSecond(t time.Time) metav1.Time { return metav1.NewTime(t.UTC().Truncate(time.Second)) }
