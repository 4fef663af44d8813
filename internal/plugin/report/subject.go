package report

import (
	"time"

	"github.com/grupobizopps/salexops/api/v1alpha1"
	"github.com/grupobizopps/salexops/contract"
	"github.com/grupobizopps/salexops/facts"
	"github.com/grupobizopps/salexops/internal/plugin/phrase"
)

// Subject is one tenant as the contract sees it at one instant.
type Subject struct {
	phrase.Phrases

	// Objects is what the ledger holds about the tenant.
	Objects facts.Objects
	// Account is what the objects state.
	Account facts.Account
	// Standing is what the contract makes of it.
	Standing contract.Standing
}

// Judge reads the objects and evaluates them. The error names the object and
// the field that can't be read.
func Judge(objects facts.Objects, now time.Time) (*Subject, error) {
	account, err := facts.From(objects, now)
	if err != nil {
		return nil, err
	}
	account.Facts.Assurances = assurances(objects.Policy)
	s := &Subject{Objects: objects, Account: account, Standing: contract.Evaluate(account.Facts)}
	s.Phrases = phrase.Phrases{Zone: account.Facts.Policy.Zone, Now: now}
	return s, nil
}

// Zone is the contract's zone by a policy; the contract's own where the policy
// names none that exists.
func Zone(policy *v1alpha1.PlatformPolicy) contract.Zone {
	if policy != nil {
		if zone, err := contract.LoadZone(policy.Spec.TimeZone); err == nil {
			return zone
		}
	}
	return contract.DefaultPolicy().Zone
}

// Name is the tenant's.
func (s *Subject) Name() string { return s.Objects.Tenant.Name }

// recorded is the open lapse as the ledger has it; nil when none is open.
func (s *Subject) recorded() *contract.Lapse { return s.Account.Facts.Lapse }

// due is the act of a kind that is due now; nil when none is.
func (s *Subject) due(kind contract.ActKind) *contract.Act {
	return dueOf(&s.Standing, kind)
}

func dueOf(standing *contract.Standing, kind contract.ActKind) *contract.Act {
	for i := range standing.Due {
		if standing.Due[i].Kind == kind {
			return &standing.Due[i]
		}
	}
	return nil
}

// notice is the Notice of the deletion that the open lapse speaks of; nil when
// there is none, or when it can't be read.
func (s *Subject) notice() *v1alpha1.Notice {
	if s.Account.Subscription == nil {
		return nil
	}
	lapse := facts.OpenLapse(s.Account.Subscription)
	if lapse == nil || lapse.NoticeName == "" {
		return nil
	}
	return s.noticeNamed(lapse.NoticeName)
}

func (s *Subject) noticeNamed(name string) *v1alpha1.Notice {
	for i := range s.Objects.Notices {
		if s.Objects.Notices[i].Name == name {
			return &s.Objects.Notices[i]
		}
	}
	return nil
}

// asOrNothing is an instant in the contract's zone, for -o json.
func (s *Subject) local(t time.Time) time.Time {
	if t.IsZero() {
		return t
	}
	return s.Zone.Local(t)
}

// toldOf is when the owner was told of the deletion; nobody was without a lapse.
func toldOf(lapse *contract.Lapse) (time.Time, bool) {
	if lapse == nil {
		return time.Time{}, false
	}
	return lapse.PurgeNotice.Delivered()
}

// summary is the one word for a table: the state of billing, unless the
// lifecycle or the conduct has something more important to say.
func (s *Subject) summary() string {
	switch {
	case s.Standing.Lifecycle != contract.LifecycleActive:
		return string(s.Standing.Lifecycle)
	case s.Standing.Conduct != contract.ConductGood:
		return string(s.Standing.Conduct)
	default:
		return string(s.Standing.Billing)
	}
}
