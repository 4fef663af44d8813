package report

import (
	"github.com/grupobizopps/salexops/api/v1alpha1"
	"github.com/grupobizopps/salexops/contract"
)

// actDelete is the deletion of everything: no act of a lapse, so the contract
// names no ActKind for it.
const actDelete contract.ActKind = "Delete"

// deletion is the deletion of everything, if somebody asked for it or the
// contract has ended.
func (s *Subject) deletion() *Act {
	tenant := s.Objects.Tenant
	act := &Act{Kind: actDelete, What: "everything is deleted"}
	switch ending := tenant.Status.Termination; {
	case tenant.DeletionTimestamp != nil:
		act.At, act.Overdue = tenant.DeletionTimestamp.Time, true
		act.Because = "the Tenant was deleted"
	case tenant.Status.Standing != nil && tenant.Status.Standing.Lifecycle == v1alpha1.LifecycleDeleted:
		return nil
	case ending != nil && ending.Delete != nil && ending.Delete.At != nil:
		act.At, act.Because = ending.Delete.At.Time, "the contract ended"
		act.Overdue = !act.At.After(s.Now)
	default:
		return nil
	}
	if blocked := condition(tenant.Status.Conditions, "DeletionBlocked"); blocked != nil && blocked.Status == "True" {
		act.BlockedBy = append(act.BlockedBy, Block{Guard: blocked.Reason, Says: saysDeletionBlocked(blocked.Reason)})
	}
	return act
}

func saysDeletionBlocked(reason string) string {
	switch reason {
	case "NotConfirmed":
		return "not confirmed"
	case "Frozen":
		return "freeze"
	case "OnHold":
		return "hold"
	case "NamespaceReplaced":
		return "namespace was replaced"
	case "VolumeRetained":
		return "a volume was kept"
	default:
		return reason
	}
}
