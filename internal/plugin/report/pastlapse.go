package report

import (
	"github.com/grupobizopps/salexops/api/v1alpha1"
	"github.com/grupobizopps/salexops/internal/plugin/phrase"
)

// lapsed is what happened in the course of a lapse, open or closed.
func (s *Subject) lapsed(h *history, lapse *v1alpha1.Lapse) {
	h.add(lapse.GraceAt, "4", "grace began, support ended")
	h.add(lapse.RemindedAt, "4", "owner was reminded")
	h.add(lapse.DisabledAt, "4", "users were disabled")
	h.add(lapse.NoticeDeliveredAt, "4", "owner was told of the deletion%s", s.toldAddress(lapse.NoticeName))
	if purge := lapse.Purge; purge != nil {
		h.add(purge.IntentAt, "4", "deletion of the documents began")
		h.add(purge.CompletedAt, "4", "documents were deleted")
	}
	switch {
	case lapse.ClosedAt == nil:
	case lapse.ClosedBy != "" && lapse.DisabledAt != nil:
		h.add(lapse.ClosedAt, "4", "access was restored by payment %s", phrase.Clean(lapse.ClosedBy))
	case lapse.ClosedBy != "":
		h.add(lapse.ClosedAt, "4", "grace ended by payment %s", phrase.Clean(lapse.ClosedBy))
	default:
		h.add(lapse.ClosedAt, "4", "the lapse ended")
	}
}

// toldAddress is the masked address that a notice went to.
func (s *Subject) toldAddress(name string) string {
	notice := s.noticeNamed(name)
	if notice == nil {
		return ""
	}
	return " (" + phrase.Mask(string(addressOf(notice))) + ")"
}

// addressOf is the address that took a notice, or else the registered one.
func addressOf(notice *v1alpha1.Notice) v1alpha1.Email {
	address := notice.Spec.Recipient.Email
	for i := range notice.Status.Attempts {
		if notice.Status.Attempts[i].AcceptedAt != nil {
			address = notice.Status.Attempts[i].Address
		}
	}
	return address
}

// told is what went wrong with a notice. That it was delivered, the lapse says.
func told(h *history, notice *v1alpha1.Notice) {
	purpose := purposeWords(notice.Spec.Purpose)
	for i := range notice.Status.Attempts {
		attempt := &notice.Status.Attempts[i]
		h.add(attempt.FailedAt, "4", "%s was not taken by %s (%s)", purpose, phrase.Mask(string(attempt.Address)), phrase.MaskAll(attempt.Error))
	}
	h.add(notice.Status.BouncedAt, "4", "%s came back", purpose)
}

// decided is what the tenant was told of new terms, and what it decided.
func (s *Subject) decided(h *history) {
	for i := range s.Objects.Tenant.Status.Terms {
		t := &s.Objects.Tenant.Status.Terms[i]
		of := documentWords(t.Kind) + " " + t.Version
		force := ""
		if t.EffectiveAt != nil {
			force = " (in force " + s.DayOf(t.EffectiveAt.Time) + ")"
		}
		h.add(t.AnnouncedAt, "10", "told of the new %s%s", of, force)
		switch {
		case t.Decision == "Objected":
			h.add(t.DecidedAt, "10", "objected to the %s", of)
		case t.Mode == "Silence":
			h.add(t.DecidedAt, "10", "accepted the %s by silence", of)
		case t.Decision == "Accepted":
			h.add(t.DecidedAt, "10", "accepted the %s", of)
		}
	}
}

// ended is how the contract ended, and what was deleted.
func (s *Subject) ended(h *history) {
	status := &s.Objects.Tenant.Status
	if ending := status.Termination; ending != nil && ending.Ends != nil {
		h.add(ending.Ends.At, "9", "the contract ended")
	}
	if deletion := status.Deletion; deletion != nil {
		h.add(deletion.IntentAt, "9", "deletion of everything began")
		h.add(deletion.CompletedAt, "9", "everything was deleted")
	}
	if quota := status.OverQuota; quota != nil {
		h.add(quota.Since, "5.3", "the documents filled the quota")
		h.add(quota.NoticeDeliveredAt, "5.3", "owner was told that the quota is full")
		h.add(quota.ActedAt, "5.3", "documents over the quota were deleted")
	}
}
