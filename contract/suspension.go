package contract

import "time"

// SuspensionAction is what a case of breach leads to (contract.md 8).
type SuspensionAction string

// The actions of contract.md 8.
const (
	ActionWarn    SuspensionAction = "Warn"
	ActionSuspend SuspensionAction = "Suspend"
	ActionDisable SuspensionAction = "Disable"
)

// Suspension is one case of breach (contract.md 8).
type Suspension struct {
	// Name of the case.
	Name   string
	Action SuspensionAction
	// Exception is true with one of the reasons that let it take effect at
	// once: harm, law or court, security of the platform.
	Exception bool
	OpenedAt  time.Time
	// CureDays is how many whole days the tenant has after the notice. Zero
	// means the policy's.
	CureDays int
	// Notice tells the tenant the reason and the cure date.
	Notice Delivery
	// ResolvedAt is when the breach was mended; zero while it is not.
	ResolvedAt time.Time
}

// Effective is when the case takes effect, and whether it ever will as far as
// is known: a notice that was not delivered leaves it open, and a breach mended
// before never takes effect.
func (s Suspension) Effective(policy *Policy) (Deadline, bool) {
	deadline := Deadline{At: s.OpenedAt, From: policy.Zone.DateOf(s.OpenedAt)}
	if s.Action != ActionWarn && !s.Exception {
		told, delivered := s.Notice.Delivered()
		if !delivered {
			return Deadline{}, false
		}
		days := s.CureDays
		if days == 0 {
			days = policy.CureDays
		}
		deadline = policy.Zone.after(days, policy.Zone.DateOf(told))
	}
	mended := !s.ResolvedAt.IsZero() && !s.ResolvedAt.After(deadline.At)
	return deadline, !mended
}

// conduct is what the case amounts to now.
func (s Suspension) conduct(policy *Policy, now time.Time) Conduct {
	deadline, will := s.Effective(policy)
	inEffect := will && deadline.passed(now)
	mended := !s.ResolvedAt.IsZero() && !s.ResolvedAt.After(now)
	switch {
	case inEffect && s.Action == ActionDisable:
		return ConductDisabled // For good: nothing mends it any more.
	case mended || s.OpenedAt.After(now):
		return ConductGood
	case inEffect && s.Action == ActionSuspend:
		return ConductSuspended
	case s.Action == ActionWarn:
		return ConductWarned
	default:
		_, told := s.Notice.Delivered()
		if told {
			return ConductWarned // The notice is a warning until it takes effect.
		}
		return ConductGood
	}
}

// conduct is the gravest of all cases (contract.md 11).
func (f *Facts) conduct() Conduct {
	gravest := ConductGood
	for _, s := range f.Suspensions {
		if c := s.conduct(&f.Policy, f.Now); c.gravity() > gravest.gravity() {
			gravest = c
		}
	}
	return gravest
}
