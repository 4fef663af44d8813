package simulate

import (
	"fmt"

	"github.com/grupobizopps/salexops/api/v1alpha1"
)

func (c *checker) tenant(t *v1alpha1.Tenant) {
	if usage := t.Status.Usage; usage != nil && usage.DocumentBytes < 0 {
		c.fail("status.usage.documentBytes", "%d is less than nothing", usage.DocumentBytes)
	}
	for i := range t.Status.Terms {
		terms := &t.Status.Terms[i]
		field := fmt.Sprintf("status.terms[%d].", i)
		c.required(field+"revision", terms.Revision)
		oneOf(c, field+"decision", terms.Decision, "Accepted", "Objected")
		oneOf(c, field+"mode", terms.Mode, "Explicit", "Silence")
		if terms.Decision != "" && terms.DecidedAt == nil {
			c.fail(field+"decidedAt", "is missing: a decision was made at an instant")
		}
	}
	if t.Status.Termination != nil {
		oneOf(c, "status.termination.cause", t.Status.Termination.Cause, causes...)
	}
}

func (c *checker) subscription(s *v1alpha1.Subscription) {
	c.required("spec.tenantRef.name", s.Spec.TenantRef.Name)
	c.required("spec.planRef.name", s.Spec.PlanRef.Name)
	if c.required("spec.interval", string(s.Spec.Interval)) {
		oneOf(c, "spec.interval", s.Spec.Interval, intervals...)
	}
	c.date("spec.anchorDate", s.Spec.AnchorDate)
	told := map[string]v1alpha1.Payment{}
	for i := range s.Status.Billing.Payments {
		p := s.Status.Billing.Payments[i]
		c.payment(i, &p)
		before, again := told[p.ID]
		if again && !sameMoney(before, p) {
			c.fail(fmt.Sprintf("status.billing.payments[%d].id", i), "payment %s is told twice, and not as the same", p.ID)
		}
		told[p.ID] = p
	}
	open := 0
	for i := range s.Status.Lapses {
		if s.Status.Lapses[i].ClosedAt == nil {
			open++
		}
	}
	if open > 1 {
		c.fail("status.lapses", "%d are open: at most one is at a time (contract.md 12.3)", open)
	}
}

func (c *checker) payment(i int, p *v1alpha1.Payment) {
	field := func(name string) string {
		return fmt.Sprintf("status.billing.payments[%d].%s", i, name)
	}
	c.required(field("id"), p.ID)
	c.amount(field("amount"), p.Amount)
	c.amount(field("amountUSD"), p.AmountUSD)
	c.required(field("currency"), string(p.Currency))
	from, to := c.date(field("periodFrom"), p.PeriodFrom), c.date(field("periodTo"), p.PeriodTo)
	if !from.IsZero() && !to.IsZero() && to.Before(from) {
		c.fail(field("periodTo"), "%s lies before periodFrom %s", to, from)
	}
	switch {
	case p.ReceivedAt.IsZero():
		c.fail(field("receivedAt"), "is missing: a payment counts from the instant the money was received")
	case p.ReversedAt != nil && p.ReversedAt.Time.Before(p.ReceivedAt.Time):
		c.fail(field("reversedAt"), "lies before receivedAt")
	}
}

// sameMoney reports whether two records with one id are the same payment: only
// the reversal may have come in between (contract.md 3.2).
func sameMoney(a, b v1alpha1.Payment) bool {
	return a.ReceivedAt.Time.Equal(b.ReceivedAt.Time) && a.Amount == b.Amount && a.Currency == b.Currency &&
		a.AmountUSD == b.AmountUSD && a.PeriodFrom == b.PeriodFrom && a.PeriodTo == b.PeriodTo
}
