package facts

import (
	"fmt"

	"github.com/grupobizopps/salexops/api/v1alpha1"
	"github.com/grupobizopps/salexops/contract"
)

// readSuspension reads a case of breach by this tenant (contract.md 8).
func (a *Account) readSuspension(object *v1alpha1.Suspension) error {
	if !a.concerns(object.Namespace, object.Spec.TenantRef) {
		return nil
	}
	r := reader{object: "Suspension " + object.Name}
	suspension := contract.Suspension{
		Name:       object.Name,
		Action:     contract.SuspensionAction(object.Spec.Action),
		Exception:  object.Spec.ExceptionReason != "",
		OpenedAt:   instant(object.Spec.OpenedAt),
		CureDays:   int(object.Spec.CureDays),
		Notice:     contract.Delivery{AcceptedAt: instant(object.Status.NoticeDeliveredAt)},
		ResolvedAt: instant(object.Spec.ResolvedAt),
	}
	if suspension.OpenedAt.IsZero() {
		suspension.OpenedAt = object.CreationTimestamp.Time
	}
	switch suspension.Action {
	case contract.ActionWarn, contract.ActionSuspend, contract.ActionDisable:
	default:
		r.fail("spec.action", fmt.Errorf("%q is not an action: write Warn, Suspend or Disable", object.Spec.Action))
	}
	switch {
	case suspension.OpenedAt.IsZero():
		r.fail("spec.openedAt", fmt.Errorf("is missing, and so is metadata.creationTimestamp: a case is opened at an instant"))
	case !suspension.ResolvedAt.IsZero() && suspension.ResolvedAt.Before(suspension.OpenedAt):
		r.fail("spec.resolvedAt", fmt.Errorf("lies before openedAt"))
	}
	a.Facts.Suspensions = append(a.Facts.Suspensions, suspension)
	return r.err
}
