package facts

import (
	"fmt"

	"github.com/grupobizopps/salexops/api/v1alpha1"
	"github.com/grupobizopps/salexops/contract"
)

// readCancellation reads somebody's word that this tenant's contract is to end
// (contract.md 9).
func (a *Account) readCancellation(object *v1alpha1.Cancellation, revisions []v1alpha1.TermsRevision) error {
	if !a.concerns(object.Namespace, object.Spec.TenantRef) {
		return nil
	}
	r := reader{object: "Cancellation " + object.Name}
	cancellation := contract.Cancellation{
		Cause:       contract.Cause(object.Spec.Cause),
		ReceivedAt:  object.Spec.ReceivedAt.Time,
		VerifiedAt:  instant(object.Status.VerifiedAt),
		CorrectedAt: instant(object.Spec.CorrectedAt),
	}
	if ref := object.Spec.TermsRevisionRef; ref != nil {
		cancellation.Revision = ref.Name
	}
	switch cancellation.Cause {
	case contract.CauseOwnerRequest, contract.CauseProviderBreach, contract.CauseTermsObjection, contract.CausePermanentDisable:
	default:
		r.fail("spec.cause", fmt.Errorf("%q is not a cause: write OwnerRequest, ProviderBreach, TermsObjection or PermanentDisable", object.Spec.Cause))
	}
	switch {
	case cancellation.ReceivedAt.IsZero():
		r.fail("spec.receivedAt", fmt.Errorf("is missing: deadlines are counted from it"))
	case !cancellation.VerifiedAt.IsZero() && cancellation.VerifiedAt.Before(cancellation.ReceivedAt):
		r.fail("status.verifiedAt", fmt.Errorf("lies before spec.receivedAt"))
	case !cancellation.CorrectedAt.IsZero() && cancellation.Cause != contract.CauseProviderBreach:
		r.fail("spec.correctedAt", fmt.Errorf("only a ProviderBreach can be corrected"))
	}
	r.objection(cancellation, revisions)
	a.Facts.Cancellations = append(a.Facts.Cancellations, cancellation)
	return r.err
}

// objection: a TermsObjection names the revision that it objects to, and nothing
// else does.
func (r *reader) objection(cancellation contract.Cancellation, revisions []v1alpha1.TermsRevision) {
	const field = "spec.termsRevisionRef.name"
	objects := cancellation.Cause == contract.CauseTermsObjection
	switch {
	case objects && cancellation.Revision == "":
		r.fail(field, fmt.Errorf("is missing: say which TermsRevision is objected to"))
	case !objects && cancellation.Revision != "":
		r.fail(field, fmt.Errorf("only a TermsObjection objects to a TermsRevision"))
	case objects:
		for i := range revisions {
			if revisions[i].Name == cancellation.Revision {
				return
			}
		}
		r.fail(field, fmt.Errorf("there is no TermsRevision %s", cancellation.Revision))
	}
}
