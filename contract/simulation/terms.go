package simulation

import (
	"slices"
	"time"

	"github.com/grupobizopps/salexops/contract"
)

// beginTerms knows the revisions without what was recorded of their delivery.
func (l *life) beginTerms() {
	l.facts.Terms = slices.Clone(l.given.Terms)
	for i := range l.facts.Terms {
		l.facts.Terms[i].Mail = contract.Delivery{}
	}
}

func (l *life) announcedAt(terms *contract.Terms) time.Time {
	return l.given.Policy.Zone.StartOfDay(terms.AnnouncedOn)
}

func (l *life) termsInstants() []time.Time {
	var at []time.Time
	for i := range l.given.Terms {
		terms := &l.given.Terms[i]
		at = append(at, l.announcedAt(terms), terms.Mail.AcceptedAt, terms.Decision.At)
	}
	return at
}

// learnTerms takes the announcements that the ledger recorded as delivered.
func (l *life) learnTerms(now time.Time) {
	for i := range l.given.Terms {
		recorded := l.given.Terms[i].Mail
		if told, delivered := recorded.Delivered(); delivered && told.Equal(now) {
			l.facts.Terms[i].Mail = recorded
		}
	}
}

// actOnTerms mails what has been announced to a tenant whose contract runs.
func (l *life) actOnTerms(s *contract.Standing) bool {
	if s.Lifecycle != contract.LifecycleActive || !l.mailWorks(s.At) {
		return false
	}
	for i := range l.facts.Terms {
		terms := &l.facts.Terms[i]
		_, recorded := l.given.Terms[i].Mail.Delivered()
		_, told := terms.Mail.Delivered()
		if !recorded && !told && !l.announcedAt(terms).After(s.At) {
			terms.Mail = contract.Delivery{AcceptedAt: s.At}
			return true
		}
	}
	return false
}

// tellTerms tells of announcements and decisions.
func (l *life) tellTerms(now time.Time, before, s *contract.Standing) {
	for i := range s.Terms {
		terms, decision := &l.facts.Terms[i], l.decision(i, s)
		if l.announcedAt(terms).Equal(now) && s.Lifecycle == contract.LifecycleActive {
			l.add(now, TermsAnnounced, terms.Name)
		}
		decidedBefore := l.decision(i, before).Outcome != ""
		switch {
		case decidedBefore || !decision.At.Equal(now):
		case decision.Outcome == contract.TermsObjected:
			l.add(now, TermsObjected, terms.Name)
		case decision.Outcome == contract.TermsAccepted:
			l.add(now, TermsAccepted, terms.Name+", "+mode(decision.Mode))
		}
	}
}

// decision is that about a revision. Where the ledger recorded that the tenant
// spoke, its silence before that was none.
func (l *life) decision(revision int, s *contract.Standing) contract.Decision {
	if revision >= len(s.Terms) {
		return contract.Decision{}
	}
	decision, recorded := s.Terms[revision].Decision, l.given.Terms[revision].Decision
	if decision.Mode == contract.ModeSilence && recorded.Outcome != "" && recorded.Mode != contract.ModeSilence {
		return contract.Decision{}
	}
	return decision
}

func mode(m contract.DecisionMode) string {
	if m == contract.ModeSilence {
		return "by silence"
	}
	return "explicitly"
}
