package contract_test

import (
	"slices"

	"pgregory.net/rapid"

	. "github.com/grupobizopps/salexops/contract"
)

// endedInOrder are the properties of a contract that is over: nothing runs, and
// nothing is due but the deletion, or the rest of a purge past its fence.
func endedInOrder(t *rapid.T, s Standing, f Facts) {
	ended := s.Lifecycle == LifecycleExporting || s.Lifecycle == LifecycleDeleting || s.Lifecycle == LifecycleDeleted
	if ended && (s.MayRun || s.SupportEntitled || slices.ContainsFunc(s.Due, func(a Act) bool {
		return a.Kind != ActDelete && s.Billing != BillingPurging
	})) {
		t.Fatalf("%s, may run %t, support %t, due %+v", s.Lifecycle, s.MayRun, s.SupportEntitled, s.Due)
	}
	if slices.ContainsFunc(s.Due, func(a Act) bool { return a.Kind == ActDelete }) {
		deletionWasDue(t, s, f)
	}
}

// deletionWasDue is property 1 for the final deletion: the window has passed, or
// the owner wanted it and was verified.
func deletionWasDue(t *rapid.T, s Standing, f Facts) {
	window := hermosillo.StartOfDay(hermosillo.DateOf(s.Ending.Ends.At).AddDays(31))
	asked := slices.ContainsFunc(f.Cancellations, func(c Cancellation) bool {
		return c.Cause == CauseOwnerRequest && !c.VerifiedAt.After(s.At)
	})
	if s.Ending.Ends.At.IsZero() || s.At.Before(window) && !asked {
		t.Fatalf("property 1: everything is deleted at %s, ended %+v", s.At, s.Ending)
	}
}
