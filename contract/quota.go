package contract

import "time"

// OverQuotaAction is what is done about a free tenant that stays full
// (contract.md 5.3).
type OverQuotaAction string

// The actions of contract.md 5.3.
const (
	// OverQuotaReadOnly deletes nothing: uploads stay refused.
	OverQuotaReadOnly OverQuotaAction = "ReadOnly"
	// OverQuotaOldestFirst deletes the oldest documents until usage is below
	// the quota.
	OverQuotaOldestFirst OverQuotaAction = "OldestFirst"
	// OverQuotaAll deletes all documents.
	OverQuotaAll OverQuotaAction = "All"
)

// deletes reports whether the action deletes anything.
func (a OverQuotaAction) deletes() bool { return a == OverQuotaOldestFirst || a == OverQuotaAll }

// Documents is how much a tenant stores, and what came of it.
type Documents struct {
	// Bytes is the size of all documents, in logical bytes, as last measured.
	Bytes int64
	// FullSince is when they were first seen to fill the quota; zero while they
	// don't.
	FullSince time.Time
	// Notice tells the owner so.
	Notice Delivery
	// ActStartedAt is when deleting documents passed its fence, ActedAt when it
	// was done.
	ActStartedAt, ActedAt time.Time
}

// latest is the last instant that the record speaks of.
func (d *Documents) latest() time.Time {
	latest := laterInstant(d.FullSince, d.Notice.AcceptedAt)
	return laterInstant(laterInstant(latest, d.ActStartedAt), d.ActedAt)
}

// OverQuotaActs is when something may be done about a free tenant that stays
// full: after whole days from the date its notice was delivered, and never
// while none was (contract.md 5.3).
func (p *Policy) OverQuotaActs(notice Delivery) (acts Deadline, ok bool) {
	told, delivered := notice.Delivered()
	if !delivered {
		return Deadline{}, false
	}
	return p.Zone.after(p.OverQuotaNoticeDays, p.Zone.DateOf(told)), true
}

// full reports whether the documents fill the quota of the plan.
func (f *Facts) full(agreement Agreement) bool {
	return agreement.DocumentQuota > 0 && f.Documents.Bytes >= agreement.DocumentQuota
}

// toldOfQuota is when some of the documents of a full tenant may be deleted, and
// whether its owner was told. A notice that was delivered on the plan before
// spoke of another quota, and of another right (contract.md 5.5).
func (f *Facts) toldOfQuota(agreement Agreement) (acts Deadline, told bool) {
	began := f.Policy.Zone.StartOfDay(agreement.From)
	if !began.After(f.Now) && f.Documents.Notice.AcceptedAt.Before(began) {
		return Deadline{}, false
	}
	return f.Policy.OverQuotaActs(f.Documents.Notice)
}

// overQuota is what is to be done about a tenant that is full, and when
// documents are deleted if it stays so; none where they never are: on a paid
// plan the owner is told, and nothing follows (contract.md 5.2 to 5.4).
func (f *Facts) overQuota(agreement Agreement) (due []Act, deletion Deadline) {
	d := &f.Documents
	if !f.full(agreement) || !d.ActedAt.IsZero() {
		return nil, Deadline{}
	}
	acts, told := f.toldOfQuota(agreement)
	switch {
	case !told:
		since := f.Policy.Zone.at(d.FullSince)
		return []Act{{Kind: ActOverQuotaNotice, Deadline: since}}, Deadline{}
	case agreement.Tier != TierFree || !f.Policy.OverQuota.deletes():
		return nil, Deadline{}
	case !acts.passed(f.Now):
		return nil, acts
	default:
		return []Act{{Kind: ActOverQuotaPurge, Deadline: acts, BlockedBy: f.overQuotaBlockers()}}, acts
	}
}
