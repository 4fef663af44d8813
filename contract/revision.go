package contract

import "time"

// Revision is when new terms were made known (contract.md 10).
type Revision struct {
	// AnnouncedOn and PostedOn are A and P.
	AnnouncedOn, PostedOn Date
	// Exception is true with one of the reasons that let it take effect without
	// the days of announcement: a new service, an emergency, the law.
	Exception bool
	// AffectsPersonalData: each affected tenant needs an e-mail delivered, and
	// ten days after it.
	AffectsPersonalData bool
}

// RevisionEffective is when a revision takes effect for a tenant: 15 whole days
// after it was announced and 10 after it was posted, whichever is later. Where
// personal data are affected, also 10 whole days after the tenant's own mail
// was delivered, and not at all before there is one: ok is false then. An
// exception spares the days of announcement, and leaves those to object
// (contract.md 10).
func (p *Policy) RevisionEffective(r Revision, mail Delivery) (effective Deadline, ok bool) {
	announced := p.Zone.after(p.AnnounceDays, r.AnnouncedOn)
	if r.Exception {
		announced = p.Zone.onDay(0, r.AnnouncedOn)
	}
	effective = laterDeadline(announced, p.Zone.after(p.ObjectionDays, r.PostedOn))
	if !r.AffectsPersonalData {
		return effective, true
	}
	told, delivered := mail.Delivered()
	if !delivered {
		return Deadline{}, false
	}
	return laterDeadline(effective, p.Zone.after(p.ObjectionDays, p.Zone.DateOf(told))), true
}

// ObjectionCounts reports whether an objection received at an instant is in
// time: through the last moment of the tenth day after the text was posted
// (contract.md 10).
func (p *Policy) ObjectionCounts(r Revision, receivedAt time.Time) bool {
	return receivedAt.Before(p.Zone.after(p.ObjectionDays, r.PostedOn).At)
}
