package notices

import (
	"fmt"
	"time"

	"k8s.io/apimachinery/pkg/api/meta"
	metav1 "k8s.io/apimachinery/pkg/apis/meta/v1"

	"github.com/grupobizopps/salexops/api/v1alpha1"
	"github.com/grupobizopps/salexops/internal/attempts"
	"github.com/grupobizopps/salexops/internal/tenantstatus"
	"github.com/grupobizopps/salexops/mail"
)

// conditionDelivered is true when the owner counts as told.
const conditionDelivered = "Delivered"

// Reasons of the condition.
const (
	reasonAccepted     = "Accepted"
	reasonNotDue       = "NotDue"
	reasonNoMailServer = "NoMailServer"
	reasonUnreadable   = "Unreadable"
	reasonFailed       = "Failed"
	reasonRefused      = "Refused"
	reasonBounced      = "Bounced"
	reasonInDoubt      = "InDoubt"
	reasonClosed       = "Closed"
)

// ownPart is what notices writes of a Notice's status. The reports are the mail
// gateway's, and the closing is standing's.
func ownPart(status *v1alpha1.NoticeStatus) v1alpha1.NoticeStatus {
	own := *status
	own.Reports, own.ClosedAt, own.ClosedBecause = nil, nil, ""
	own.Conditions = tenantstatus.Conditions(status.Conditions, conditionDelivered)
	return own
}

// describe writes what has become of the notice into its status.
func (s *scene) describe(v verdict) *v1alpha1.NoticeStatus {
	status := s.notice.Status.DeepCopy()
	tries := attempts.Of(status)
	if taken := tries.Taken(); taken != nil {
		status.AcceptedAt, status.BouncedAt = toSecond(taken.AcceptedAt), nil
		if taken.Outcome == attempts.Bounced {
			status.BouncedAt = toSecond(taken.At)
		}
		if named, err := mail.NamedDate(s.notice, s.zone.DateOf(taken.StartedAt)); err == nil {
			status.NamedDate = v1alpha1.Date(named.String())
		}
	}
	status.State = stateOf(tries, status)
	status.NextAttemptAt = nil
	if v.action == wait && len(tries) > 0 {
		status.NextAttemptAt = toSecondUp(v.until)
	}
	reason, message := s.explain(tries, v)
	value := metav1.ConditionFalse
	if tries.Delivered() {
		value = metav1.ConditionTrue
	}
	meta.SetStatusCondition(&status.Conditions, metav1.Condition{
		Type: conditionDelivered, Status: value, Reason: reason, Message: message,
		ObservedGeneration: s.notice.Generation, LastTransitionTime: *toSecond(s.real),
	})
	return status
}

func stateOf(tries attempts.History, status *v1alpha1.NoticeStatus) v1alpha1.NoticeState {
	last := tries.Last()
	switch {
	case tries.Delivered():
		return v1alpha1.NoticeAccepted
	case status.ClosedAt != nil:
		return v1alpha1.NoticeClosed
	case last != nil && last.Outcome == attempts.InDoubt:
		return v1alpha1.NoticeInDoubt
	case status.BouncedAt != nil:
		return v1alpha1.NoticeBounced
	default:
		return v1alpha1.NoticePending
	}
}

// explain says how it stands, and what to do about it.
func (s *scene) explain(tries attempts.History, v verdict) (reason, message string) {
	last, next := tries.Last(), s.plan(v)
	switch {
	case tries.Delivered():
		return reasonAccepted, fmt.Sprintf("the mail server took it at %s, and it has not come back", instant(tries.Taken().AcceptedAt))
	case s.notice.Status.ClosedAt != nil:
		return reasonClosed, "it needs nothing any more: " + s.notice.Status.ClosedBecause
	case s.unreadable != nil:
		return reasonUnreadable, s.unreadable.Error() + "; nobody is told by this notice, and nothing is deleted on its account"
	case !s.served:
		return reasonNoMailServer, "no mail server is set, so nobody is told and nothing is deleted: start the manager with --smtp-server and --smtp-from"
	case last == nil:
		return reasonNotDue, "it is due at " + instant(v.until)
	case last.Outcome == attempts.InDoubt:
		return reasonInDoubt, fmt.Sprintf("handing it to %s was begun at %s and nobody knows whether the mail server took it; "+
			"it is not repeated at once, lest it comes twice; %s", mask(last.Address), instant(last.StartedAt), next)
	case last.Outcome == attempts.Bounced:
		return reasonBounced, fmt.Sprintf("it came back from %s at %s%s; %s%s", mask(last.Address), instant(last.At), said(last), next, s.advice())
	case last.Outcome == attempts.Refused:
		return reasonRefused, fmt.Sprintf("the mail server refused it for %s at %s%s; %s%s", mask(last.Address), instant(last.At), said(last), next, s.advice())
	default:
		return reasonFailed, fmt.Sprintf("it could not be handed over for %s at %s%s; %s", mask(last.Address), instant(last.At), said(last), next)
	}
}

// plan says what comes next.
func (s *scene) plan(v verdict) string {
	switch v.action {
	case wait:
		return fmt.Sprintf("%s is tried at %s", mask(v.address), instant(toSecondUp(v.until).Time))
	case send:
		return mask(v.address) + " is tried now"
	case rest:
		return "nothing follows"
	}
	return ""
}

// said is what the server said about a try, in brackets.
func said(t *attempts.Try) string {
	if t.Said == "" {
		return ""
	}
	return " (" + scrub(t.Said) + ")"
}

// advice says what a person can do about an address that takes nothing.
func (s *scene) advice() string {
	return fmt.Sprintf("; a right address in spec.owner.email or spec.owner.alternateEmail of Tenant %s is tried at once", s.notice.Spec.TenantRef.Name)
}

func instant(t time.Time) string { return t.UTC().Format(time.RFC3339) }

// toSecond is the instant as the API server keeps it; toSecondUp the first such
// instant that is not earlier: nothing is due before its time.
func toSecond(t time.Time) *metav1.Time {
	at := metav1.NewTime(t.UTC().Truncate(time.Second))
	return &at
}

func toSecondUp(t time.Time) *metav1.Time { return toSecond(t.Add(time.Second - time.Nanosecond)) }
