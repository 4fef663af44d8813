package runtime

import "context"

// phase is one step of provisioning. A step that has nothing to do makes no
// request; one that fails ends the pass.
type phase struct {
	name string
	run  func(*Reconciler, context.Context, *attempt) error
}

// phases in order. The first four look and refuse before anything is made, so
// that bad input leaves nothing half created. The quota comes last but for the
// workload, because a new quota refuses everything until the cluster has counted
// what is there; one that exists is adjusted before what it must allow.
var phases = []phase{
	{"registered", (*Reconciler).requireRegistration},
	{"host free", (*Reconciler).requireHost},
	{"namespace free", (*Reconciler).requireNamespace},
	{"volumes grow", (*Reconciler).requireGrowth},
	{"finalizer", (*Reconciler).ensureFinalizer},
	{"namespace", (*Reconciler).ensureNamespace},
	{"isolation", (*Reconciler).ensureIsolation},
	{"quota grows", (*Reconciler).adjustQuota},
	{"identity", (*Reconciler).ensureServiceAccount},
	{"licence", (*Reconciler).ensureLicence},
	{"keys", (*Reconciler).ensureKeys},
	{"documents key", (*Reconciler).ensureDocumentsKey},
	{"initial password", (*Reconciler).ensureInitialPassword},
	{"claims", (*Reconciler).ensureClaims},
	{"service", (*Reconciler).ensureService},
	{"quota", (*Reconciler).ensureQuota},
	{"workload", (*Reconciler).ensureWorkload},
}

// provision runs the phases until one of them ends the pass.
func (r *Reconciler) provision(ctx context.Context, a *attempt) error {
	for _, phase := range phases {
		if err := phase.run(r, ctx, a); err != nil {
			return err
		}
	}
	return nil
}
