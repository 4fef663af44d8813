package simulation

import (
	"time"

	"github.com/grupobizopps/salexops/contract"
)

// documentsSeen is when usage is first seen: at the beginning of what is told,
// since it is taken as constant, or when the ledger recorded that the owner was
// told of it, if that is earlier (contract.md 13).
func (l *life) documentsSeen() time.Time {
	if recorded := l.given.Documents.Notice.AcceptedAt; !recorded.IsZero() && recorded.Before(l.told) {
		return recorded
	}
	return l.told
}

func (l *life) documentInstants() []time.Time {
	d := &l.given.Documents
	return []time.Time{l.documentsSeen(), d.Notice.AcceptedAt, d.ActedAt}
}

// learnDocuments takes what was recorded at the very instant.
func (l *life) learnDocuments(now time.Time) {
	given, known := &l.given.Documents, &l.facts.Documents
	if now.Before(l.documentsSeen()) {
		return
	}
	known.Bytes = given.Bytes
	if told, delivered := given.Notice.Delivered(); delivered && told.Equal(now) {
		known.Notice = given.Notice
		l.add(now, OverQuotaNoticeDelivered, "")
	}
	if given.ActedAt.Equal(now) {
		known.ActedAt = now
	}
}

// actOnDocuments carries out what is due because a tenant is full (contract.md
// 5.2 and 5.3), unless the ledger recorded that it was done later. A tenant
// that has room again is told anew the next time.
func (l *life) actOnDocuments(s *contract.Standing) bool {
	known := &l.facts.Documents
	if !s.Full {
		*known = contract.Documents{Bytes: known.Bytes}
		return false
	}
	if known.FullSince.IsZero() {
		known.FullSince = s.At
	}
	for _, act := range s.Due {
		switch {
		case !act.Permitted():
		case act.Kind == contract.ActOverQuotaNotice && l.mailWorks(s.At) && !l.given.Documents.Notice.AcceptedAt.After(s.At):
			known.Notice = contract.Delivery{AcceptedAt: s.At}
			l.add(s.At, OverQuotaNoticeDelivered, "")
			return true
		case act.Kind == contract.ActOverQuotaPurge && !l.given.Documents.ActedAt.After(s.At):
			known.ActedAt = s.At
			l.add(s.At, OverQuotaPurged, string(l.facts.Policy.OverQuota))
			return true
		}
	}
	return false
}
