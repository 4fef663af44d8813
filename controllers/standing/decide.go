package standing

import (
	"context"

	"github.com/grupobizopps/salexops/contract"
	"github.com/grupobizopps/salexops/internal/breaker"
)

// decide evaluates the facts. Disabling is carried out by the very standing
// that says so, so the circuit breaker is asked first; a standing that disables
// nobody costs no look at the fleet.
func (r *Reconciler) decide(ctx context.Context, e *evaluation) error {
	facts := &e.account.Facts
	facts.Assurances = contract.Assurances{
		DisableBreakerClosed: true,
		PurgeBreakerClosed:   !breaker.Holds(e.objects.Policy, contract.ActPurge),
		// What a purge needs beside, storage makes sure of right before it
		// destroys anything. Here it is taken for granted, so that the standing
		// names what else is missing.
		ClockAgrees: true, ReadLive: true,
	}
	e.standing = contract.Evaluate(*facts)
	if !disables(&e.standing) {
		return nil
	}
	permitted, err := r.Breaker.Permit(ctx, contract.ActDisable, e.objects.Tenant.Name, e.contractNow)
	if err != nil || permitted {
		return err
	}
	facts.Assurances.DisableBreakerClosed = false
	e.standing = contract.Evaluate(*facts)
	return nil
}

// disables reports whether recording the standing disables users.
func disables(s *contract.Standing) bool {
	for _, act := range s.Due {
		if act.Kind == contract.ActDisable && act.Permitted() {
			return true
		}
	}
	return false
}
