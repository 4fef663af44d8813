package standing

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"

	"k8s.io/apimachinery/pkg/api/equality"
	apierrors "k8s.io/apimachinery/pkg/api/errors"
	"k8s.io/apimachinery/pkg/api/meta"
	metav1 "k8s.io/apimachinery/pkg/apis/meta/v1"
	"k8s.io/apimachinery/pkg/types"
	"sigs.k8s.io/controller-runtime/pkg/client"

	"github.com/grupobizopps/salexops/api/v1alpha1"
	acv1 "github.com/grupobizopps/salexops/api/v1alpha1/applyconfiguration/api/v1alpha1"
	"github.com/grupobizopps/salexops/contract"
	"github.com/grupobizopps/salexops/internal/index"
)

// conditionSettled says whether a Subscription is one that counts.
const conditionSettled = "Settled"

func (r *Reconciler) subscriptionsOf(ctx context.Context, tenant types.NamespacedName) ([]v1alpha1.Subscription, error) {
	var list v1alpha1.SubscriptionList
	err := r.Client.List(ctx, &list, client.InNamespace(tenant.Namespace), client.MatchingFields{index.SubscriptionByTenant: tenant.Name})
	if err != nil {
		return nil, fmt.Errorf("listing the Subscriptions of Tenant %s: %w", tenant.Name, err)
	}
	return list.Items, nil
}

// errStale says that the Subscription has changed since it was evaluated.
var errStale = errors.New("the Subscription has changed since it was evaluated")

// recordSubscription writes what follows for the tenant's Subscription. It
// never touches status.billing, which is the billing system's (contract.md
// 12.17): that field isn't even in what is sent.
func (r *Reconciler) recordSubscription(ctx context.Context, e *evaluation) error {
	before := e.account.Subscription
	if before == nil {
		return nil
	}
	wanted := subscriptionStatus(before, e)
	was := operatorsPart(&before.Status)
	if equality.Semantic.DeepEqual(was, wanted) {
		return nil
	}
	status := acv1.SubscriptionStatus()
	data, err := json.Marshal(wanted)
	if err != nil {
		return fmt.Errorf("encoding the status of Subscription %s: %w", before.Name, err)
	}
	if err := json.Unmarshal(data, status); err != nil {
		return fmt.Errorf("decoding the status of Subscription %s: %w", before.Name, err)
	}
	// What is sent has the whole list of lapses, whatever has changed: from an
	// old cache it would undo what was recorded a moment ago.
	configuration := acv1.Subscription(before.Name, before.Namespace).
		WithUID(before.UID).WithResourceVersion(before.ResourceVersion).WithStatus(status)
	err = r.Client.Status().Apply(ctx, configuration, client.FieldOwner(v1alpha1.StandingFieldOwner), client.ForceOwnership)
	if apierrors.IsConflict(err) {
		return errStale
	}
	if err != nil {
		return fmt.Errorf("applying the status of Subscription %s: %w", before.Name, err)
	}
	measureDisabling(was.Lapses, wanted.Lapses)
	return nil
}

// operatorsPart is everything of the status but what the billing system and
// storage write.
func operatorsPart(status *v1alpha1.SubscriptionStatus) v1alpha1.SubscriptionStatus {
	part := *status
	part.Billing = v1alpha1.Billing{}
	part.Lapses = withoutFences(status.Lapses)
	return part
}

// subscriptionStatus is the operator's part as the standing has it.
func subscriptionStatus(subscription *v1alpha1.Subscription, e *evaluation) v1alpha1.SubscriptionStatus {
	s := &e.standing
	status := v1alpha1.SubscriptionStatus{
		ObservedGeneration: subscription.Generation,
		PaidThrough:        v1alpha1.Date(s.PaidThrough.String()),
		DueDate:            v1alpha1.Date(s.DueDate.String()),
		LiabilityCapUSD:    v1alpha1.Decimal(s.LiabilityCapUSD.String()),
		Lapses:             lapsesOf(subscription, e),
		Conditions:         append([]metav1.Condition(nil), subscription.Status.Conditions...),
	}
	for _, agreement := range s.Agreements {
		status.PlanPeriods = append(status.PlanPeriods, v1alpha1.PlanPeriod{
			From:     v1alpha1.Date(agreement.From.String()),
			PlanRef:  v1alpha1.PlanReference{Name: agreement.Plan},
			Interval: v1alpha1.Interval(agreement.Interval),
		})
	}
	meta.SetStatusCondition(&status.Conditions, metav1.Condition{
		Type: conditionSettled, Status: settled(s), Reason: string(s.Billing), Message: settlement(s),
		ObservedGeneration: subscription.Generation, LastTransitionTime: toSecond(e.real),
	})
	return status
}

// settled tells whether nothing is owed for today.
func settled(s *contract.Standing) metav1.ConditionStatus {
	if s.Billing == contract.BillingFree || s.Billing == contract.BillingCurrent {
		return metav1.ConditionTrue
	}
	return metav1.ConditionFalse
}

func settlement(s *contract.Standing) string {
	switch {
	case s.Billing == contract.BillingFree:
		return "the plan is free"
	case s.PaidThrough.IsZero():
		return "no payment covers a day so far"
	default:
		return fmt.Sprintf("paid through %s, the next payment is due on %s", s.PaidThrough, s.DueDate)
	}
}
