package facts

import (
	"cmp"
	"fmt"
	"slices"

	"github.com/grupobizopps/salexops/api/v1alpha1"
	"github.com/grupobizopps/salexops/contract"
)

// readSubscription finds the tenant's subscription and reads it. What can't be
// found becomes a gap.
func (a *Account) readSubscription() error {
	subscription := a.find()
	switch {
	case subscription != nil:
	case len(a.rivals) > 0:
		a.Facts.Gaps = append(a.Facts.Gaps, contract.SubscriptionAmbiguous)
		return nil
	default:
		a.Facts.Gaps = append(a.Facts.Gaps, contract.SubscriptionMissing)
		return nil
	}
	a.Subscription = subscription

	r := reader{object: "Subscription " + subscription.Name}
	f := &a.Facts
	f.Anchor = r.date("spec.anchorDate", string(subscription.Spec.AnchorDate))
	f.Requested = a.agreement(subscription.Spec.PlanRef.Name, subscription.Spec.Interval)
	f.Agreements = a.readAgreements(&r, subscription.Status.PlanPeriods)
	f.Payments = r.payments(subscription.Status.Billing.Payments)
	f.Feed.SubscriptionAsOf = instant(subscription.Status.Billing.AsOf)
	f.Lapse = r.openLapse(subscription.Status.Lapses)
	f.LapseClosedAt = closedAt(subscription.Status.Lapses)
	if f.Requested.Interval.Months() == 0 {
		r.fail("spec.interval", fmt.Errorf("%q is not a billing interval: use Monthly, Quarterly, SemiAnnual or Annual", f.Requested.Interval))
	}
	if a.missingPlan() != "" {
		f.Gaps = append(f.Gaps, contract.PlanNotFound)
	}
	return r.err
}

// missingPlan is the name of a plan that the subscription needs and that does
// not exist: the one it asks for, or the one that was in force last.
func (a *Account) missingPlan() string {
	needed := []string{a.Subscription.Spec.PlanRef.Name}
	if recorded := a.Facts.Agreements; len(recorded) > 0 {
		needed = append(needed, recorded[len(recorded)-1].Plan)
	}
	for _, name := range needed {
		if a.objects.plan(name) == nil {
			return name
		}
	}
	return ""
}

// find is the one subscription that refers to the tenant.
func (a *Account) find() *v1alpha1.Subscription {
	var found *v1alpha1.Subscription
	for i := range a.objects.Subscriptions {
		subscription := &a.objects.Subscriptions[i]
		if subscription.Spec.TenantRef.Name != a.objects.Tenant.Name ||
			subscription.Namespace != a.objects.Tenant.Namespace {
			continue
		}
		found = subscription
		a.rivals = append(a.rivals, subscription.Name)
	}
	slices.Sort(a.rivals)
	if len(a.rivals) != 1 {
		return nil
	}
	return found
}

// agreement is what a plan and an interval amount to. A plan that is gone has
// no tier and includes nothing.
func (a *Account) agreement(plan string, interval v1alpha1.Interval) contract.Agreement {
	agreement := contract.Agreement{Plan: plan, Interval: contract.Interval(interval)}
	if object := a.objects.plan(plan); object != nil {
		agreement.Tier = contract.Tier(object.Spec.Tier)
		agreement.Support = object.Spec.Support
		agreement.DocumentQuota = object.Spec.DocumentQuota.Value()
	}
	return agreement
}

func (a *Account) readAgreements(r *reader, periods []v1alpha1.PlanPeriod) []contract.Agreement {
	var agreements []contract.Agreement
	for i := range periods {
		agreement := a.agreement(periods[i].PlanRef.Name, periods[i].Interval)
		agreement.From = r.date(fmt.Sprintf("status.planPeriods[%d].from", i), string(periods[i].From))
		agreements = append(agreements, agreement)
	}
	slices.SortFunc(agreements, func(x, y contract.Agreement) int {
		return cmp.Or(x.From.Compare(y.From), cmp.Compare(x.Plan, y.Plan))
	})
	return agreements
}

func (r *reader) payments(objects []v1alpha1.Payment) []contract.Payment {
	payments := make([]contract.Payment, 0, len(objects))
	for i := range objects {
		object := &objects[i]
		field := func(name string) string {
			return fmt.Sprintf("status.billing.payments[%d].%s (payment %s)", i, name, object.ID)
		}
		payment := contract.Payment{
			ID:         object.ID,
			ReceivedAt: object.ReceivedAt.Time,
			ReversedAt: instant(object.ReversedAt),
			From:       r.date(field("periodFrom"), string(object.PeriodFrom)),
			To:         r.date(field("periodTo"), string(object.PeriodTo)),
			AmountUSD:  r.amount(field("amountUSD"), string(object.AmountUSD)),
		}
		switch {
		case payment.ReceivedAt.IsZero():
			r.fail(field("receivedAt"), fmt.Errorf("is missing: a payment counts from the instant the money was received"))
		case payment.To.Before(payment.From):
			r.fail(field("periodTo"), fmt.Errorf("%s lies before periodFrom %s", payment.To, payment.From))
		}
		payments = append(payments, payment)
	}
	return payments
}
