package report

import (
	"github.com/grupobizopps/salexops/contract"
	"github.com/grupobizopps/salexops/internal/plugin/phrase"
)

// Hold is what putting a tenant on hold changes, or lifting one.
type Hold struct {
	Tenant string `json:"tenant"`
	// OnHold is what it is now, Changed whether it was something else before.
	OnHold  bool `json:"onHold"`
	Changed bool `json:"changed"`
	// Reason for people; what was there before, of a hold that is lifted.
	Reason string `json:"reason,omitempty"`
	// Stops is what the hold stops, GoesOn what it does not.
	Stops  []string `json:"stops,omitempty"`
	GoesOn []string `json:"goesOn,omitempty"`
	// Follows is what comes once the hold is lifted.
	Follows []string `json:"follows,omitempty"`
}

// PutOnHold says what a hold on a tenant means. changed: it was not on hold
// before, or for another reason.
func PutOnHold(s *Subject, reason string, changed bool) Hold {
	hold := Hold{Tenant: s.Name(), OnHold: true, Changed: changed, Reason: phrase.Clean(reason)}
	stops := "the deletion of its documents"
	if purge := s.purge(); purge != nil && purge.UnlessPaidBy.IsZero() {
		stops += " on " + s.Moment(purge.At)
	}
	hold.Stops = []string{stops, "every other destruction of its data"}
	hold.GoesOn = []string{"access", "notices", "the days of a lapse"}
	if disable := s.disable(); disable != nil && disable.UnlessPaidBy.IsZero() {
		hold.GoesOn = append(hold.GoesOn, "the disabling of its users on "+s.Moment(disable.At))
	}
	return hold
}

// Release says what follows when the hold on a tenant is lifted.
func Release(s *Subject, changed bool) Hold {
	hold := Hold{Tenant: s.Name(), Changed: changed, Reason: phrase.Clean(s.Objects.Tenant.Annotations[HoldReasonAnnotation])}
	for _, act := range s.released().Acts() {
		if act.Kind == actDelete || act.UnlessPaidBy.IsZero() && act.Kind == contract.ActPurge {
			hold.Follows = append(hold.Follows, s.actSentence(&act))
		}
	}
	return hold
}

// DestroyedAtOnce reports whether nothing but the hold keeps data from being
// deleted right now.
func DestroyedAtOnce(s *Subject) bool {
	for _, act := range s.released().Acts() {
		if act.Overdue && len(act.BlockedBy) == 0 && act.Kind != contract.ActDisable {
			return true
		}
	}
	return false
}

// released is the tenant as it would be without its hold.
func (s *Subject) released() *Subject {
	objects := s.Objects
	objects.Tenant = objects.Tenant.DeepCopy()
	objects.Tenant.Spec.Hold = false
	without, err := Judge(objects, s.Now)
	if err != nil {
		return s // The same objects were read before: a hold makes none unreadable.
	}
	return without
}

// actSentence says an act and when it comes.
func (s *Subject) actSentence(act *Act) string {
	when := s.Moment(act.At) + " (" + s.Away(act.At) + ")"
	switch {
	case len(act.BlockedBy) > 0:
		return act.What + ", as soon as nothing holds it back any more (" + act.BlockedBy[0].Says + ")"
	case act.Overdue:
		return act.What + " now"
	default:
		return act.What + " " + when
	}
}
