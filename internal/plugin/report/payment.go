package report

import (
	"cmp"
	"fmt"
	"time"

	metav1 "k8s.io/apimachinery/pkg/apis/meta/v1"

	"github.com/grupobizopps/salexops/api/v1alpha1"
	"github.com/grupobizopps/salexops/contract"
)

// Payment is what recording a payment changes.
type Payment struct {
	Tenant string `json:"tenant"`
	// Now is the contract's present.
	Now      time.Time `json:"now"`
	TimeZone string    `json:"timeZone"`
	// Payment as it is recorded.
	Payment v1alpha1.Payment `json:"payment"`
	// Recorded says that the ledger had it already.
	Recorded bool `json:"alreadyRecorded,omitempty"`
	// DryRun is client or server where nothing is kept.
	DryRun string `json:"dryRun,omitempty"`
	// Before and After are where the tenant stands without and with it.
	Before Position `json:"before"`
	After  Position `json:"after"`
	// Follows says what follows from it.
	Follows []string `json:"follows"`
}

// Position is where a tenant stands with its payments.
type Position struct {
	Billing     contract.Billing `json:"billing"`
	PaidThrough contract.Date    `json:"paidThrough,omitzero"`
	// Next is what happens next, and when.
	Next string    `json:"next,omitempty"`
	At   time.Time `json:"at,omitzero"`
}

// ComparePayment says what a payment changes: before without it, after with it.
func ComparePayment(before, after *Subject, payment v1alpha1.Payment, dryRun string) Payment {
	return Payment{
		Tenant: before.Name(), Now: before.local(before.Now), TimeZone: before.Zone.String(),
		Payment: payment, DryRun: dryRun,
		Before: before.position(), After: after.position(), Follows: follows(before, after, payment),
	}
}

func (s *Subject) position() Position {
	next := s.Standing.Next
	return Position{
		Billing: s.Standing.Billing, PaidThrough: s.Standing.PaidThrough,
		Next: string(next.What), At: s.local(next.At),
	}
}

// follows says what follows from a payment, in sentences.
func follows(before, after *Subject, payment v1alpha1.Payment) []string {
	var says []string
	was, is := &before.Standing, &after.Standing
	switch {
	case payment.ReceivedAt.After(after.Now):
		return []string{"It counts from " + after.Moment(payment.ReceivedAt.Time) + ", when the money is received."}
	case is.Billing == contract.BillingPurging:
		return []string{"The deletion of the documents has begun and runs to its end; then access is restored."}
	case is.Billing == was.Billing && is.Billing != contract.BillingCurrent && is.Billing != contract.BillingFree:
		return append(says, fmt.Sprintf("Today (%s) is still unpaid: it revives nobody.", after.Day(after.Today())))
	case is.Billing != contract.BillingCurrent || was.Billing == contract.BillingCurrent:
		return nil
	}
	if was.Billing == contract.BillingPending && is.MayRun {
		return append(says, "The CRM is provisioned, and its first users get in.")
	}
	if !was.MayRun && is.MayRun {
		says = append(says, "Users get in again within moments.")
	}
	if was.Billing == contract.BillingGrace {
		says = append(says, "The grace is over; technical support is back.")
	}
	if at := was.Deadlines.Purge.At; was.Billing == contract.BillingPurgeScheduled && !at.IsZero() {
		says = append(says, "The documents are kept: their deletion on "+before.Moment(at)+" is called off.")
	}
	if was.Billing == contract.BillingPurged {
		says = append(says, "The records are as they were; the documents volume is empty.")
	}
	return says
}

// NextUnpaid is the next billing period to pay for: the one in which the due
// date lies or, for a tenant that has never paid, the one in which today lies.
func (s *Subject) NextUnpaid() (contract.Period, error) {
	f := &s.Account.Facts
	from := s.Standing.DueDate
	if from.IsZero() {
		from = f.Anchor
		if s.Today().After(from) {
			from = s.Today()
		}
	}
	return s.PeriodAround(from)
}

// Price is what one period costs on the plan in force, or on the one asked for:
// amount and currency, or nothing where the plan has no price for it.
func (s *Subject) Price() (amount v1alpha1.Decimal, currency v1alpha1.Currency) {
	name := cmp.Or(s.Standing.Agreement.Plan, s.Account.Facts.Requested.Plan)
	interval := cmp.Or(s.Standing.Agreement.Interval, s.Account.Facts.Requested.Interval)
	for i := range s.Objects.Plans {
		if plan := &s.Objects.Plans[i]; plan.Name == name {
			return plan.Spec.Prices[v1alpha1.Interval(interval)], plan.Spec.Currency
		}
	}
	return "", ""
}

// SamePayment names the first field in which a payment differs from the one that
// is recorded under the same id; nothing where they are the same.
func SamePayment(recorded, given *v1alpha1.Payment) (field, was, wanted string) {
	amount := func(d v1alpha1.Decimal) string {
		a, err := contract.ParseAmount(string(d))
		if err != nil {
			return string(d)
		}
		return a.String()
	}
	instant := func(t metav1.Time) string { return t.UTC().Format(time.RFC3339) }
	for _, c := range [][3]string{
		{"amount", amount(recorded.Amount), amount(given.Amount)},
		{"currency", string(recorded.Currency), string(given.Currency)},
		{"amountUSD", amount(recorded.AmountUSD), amount(given.AmountUSD)},
		{"periodFrom", string(recorded.PeriodFrom), string(given.PeriodFrom)},
		{"periodTo", string(recorded.PeriodTo), string(given.PeriodTo)},
		{"receivedAt", instant(recorded.ReceivedAt), instant(given.ReceivedAt)},
		{"invoiceRef", recorded.InvoiceRef, given.InvoiceRef},
	} {
		if c[1] != c[2] {
			return c[0], c[1], c[2]
		}
	}
	return "", "", ""
}

// PeriodAround is the billing period in which a date lies.
func (s *Subject) PeriodAround(date contract.Date) (contract.Period, error) {
	interval := cmp.Or(s.Standing.Agreement.Interval, s.Account.Facts.Requested.Interval)
	return PeriodOf(s.Account.Facts.Anchor, interval, date)
}
