package v1alpha1

import metav1 "k8s.io/apimachinery/pkg/apis/meta/v1"

// SubscriptionStatus has two writers: `billing` is the billing system's and
// nobody else's, the rest is the operator's (`standing`; `storage` for the
// fence of a purge).
type SubscriptionStatus struct {
	// ObservedGeneration is the generation of the spec that the operator has
	// taken into account.
	// +optional
	ObservedGeneration int64 `json:"observedGeneration,omitempty"`

	// Billing is what the billing system tells: every payment, and up to when
	// it has told everything.
	// +optional
	// +kubebuilder:default={}
	Billing Billing `json:"billing,omitempty,omitzero"`

	// PaidThrough is the last date of the unbroken run of paid dates that
	// reaches today, or of the last run before it (contract.md 3.3), inclusive.
	// Absent: never paid.
	// +optional
	PaidThrough Date `json:"paidThrough,omitempty"`

	// DueDate is the day after `paidThrough`: what comes next is due then, and
	// money received on that day is on time (contract.md 3.4).
	// +optional
	DueDate Date `json:"dueDate,omitempty"`

	// LiabilityCapUSD is what the provider is liable for at most, in US dollars
	// (contract.md 3.8).
	// +optional
	LiabilityCapUSD Decimal `json:"liabilityCapUSD,omitempty"`

	// PlanPeriods are the plans and intervals that have been in force, oldest
	// first: a change of the spec adds one that begins with the next period
	// (contract.md 3.6).
	// +optional
	// +listType=map
	// +listMapKey=from
	// +kubebuilder:validation:MaxItems=240
	PlanPeriods []PlanPeriod `json:"planPeriods,omitempty"`

	// Lapses are the times when a due payment failed to come (contract.md 4).
	// At most one is open. The policy in force when one opened stays pinned to
	// it.
	// +optional
	// +listType=map
	// +listMapKey=openedOn
	// +kubebuilder:validation:MaxItems=240
	// +kubebuilder:validation:XValidation:rule="self.filter(l, !has(l.closedAt)).size() <= 1",message="at most one lapse is open at a time (contract 12.3)"
	Lapses []Lapse `json:"lapses,omitempty"`

	// Conditions of the subscription.
	// +optional
	// +listType=map
	// +listMapKey=type
	// +kubebuilder:validation:MaxItems=32
	Conditions []metav1.Condition `json:"conditions,omitempty"`
}

// Billing is the billing system's part of a subscription. It may be written
// with a JSON patch that appends, with a merge patch or by server-side apply;
// the last two carry the full list.
type Billing struct {
	// AsOf is the instant up to which the billing system has told everything
	// about this subscription. The later of this and
	// PlatformPolicy.status.billingFeed.asOf counts (contract.md 4).
	// +optional
	AsOf *metav1.Time `json:"asOf,omitempty"`

	// Payments received. A payment is never removed and never edited; to undo
	// one, set its `reversedAt` (contract.md 3.2). Their order says nothing.
	// +optional
	// +kubebuilder:default={}
	// +listType=map
	// +listMapKey=id
	// +kubebuilder:validation:MaxItems=240
	// +kubebuilder:validation:XValidation:rule="oldSelf.all(o, self.exists(n, n.id == o.id))",messageExpression="'a payment is never removed (missing: ' + oldSelf.map(o, !self.exists(n, n.id == o.id), o.id)[0] + (oldSelf.size() - self.size() > 1 ? ' and others' : '') + '); to undo one, set its reversedAt'",reason=FieldValueForbidden
	Payments []Payment `json:"payments,omitempty"`
}

// Payment is money received for a span of dates (contract.md 3.2). All its
// fields are fixed once it is written, except that `reversedAt` may be set
// once.
//
// +kubebuilder:validation:XValidation:rule="self.periodTo >= self.periodFrom",messageExpression="'periodTo of payment ' + self.id + ' lies before its periodFrom'",fieldPath=".periodTo"
// +kubebuilder:validation:XValidation:rule="!has(self.reversedAt) || self.reversedAt >= self.receivedAt",messageExpression="'payment ' + self.id + ' is reversed before it was received'",fieldPath=".reversedAt"
// +kubebuilder:validation:XValidation:rule="self.receivedAt == oldSelf.receivedAt && self.amount == oldSelf.amount && self.currency == oldSelf.currency && self.amountUSD == oldSelf.amountUSD && self.periodFrom == oldSelf.periodFrom && self.periodTo == oldSelf.periodTo && has(self.invoiceRef) == has(oldSelf.invoiceRef) && (!has(self.invoiceRef) || self.invoiceRef == oldSelf.invoiceRef)",messageExpression="'a payment is never edited (' + self.id + '); to undo it, set its reversedAt, and add the correct one under a new id'",reason=FieldValueForbidden
// +kubebuilder:validation:XValidation:rule="!has(oldSelf.reversedAt) || (has(self.reversedAt) && self.reversedAt == oldSelf.reversedAt)",messageExpression="'reversedAt of payment ' + self.id + ' has been set and stays; a payment that comes again is a new one, under a new id'",reason=FieldValueForbidden
type Payment struct {
	// ID of the payment in the billing system.
	// +required
	// +kubebuilder:validation:MinLength=1
	// +kubebuilder:validation:MaxLength=64
	ID string `json:"id"`

	// ReceivedAt is the instant at which the money was received. Every payment
	// has one, and so every invoice: there is none for money not received.
	// +required
	ReceivedAt metav1.Time `json:"receivedAt"`

	// Amount received, in `currency`.
	// +required
	Amount Decimal `json:"amount"`

	// Currency of the amount.
	// +required
	Currency Currency `json:"currency"`

	// AmountUSD is the same amount in US dollars on the day it was received;
	// the liability cap is computed from it (contract.md 3.8).
	// +required
	AmountUSD Decimal `json:"amountUSD"`

	// PeriodFrom is the first date paid for.
	// +required
	PeriodFrom Date `json:"periodFrom"`

	// PeriodTo is the last date paid for, inclusive.
	// +required
	PeriodTo Date `json:"periodTo"`

	// InvoiceRef is the invoice issued for the money.
	// +optional
	// +kubebuilder:validation:MaxLength=64
	InvoiceRef string `json:"invoiceRef,omitempty"`

	// ReversedAt is the instant at which the money was taken back
	// (chargeback). It may be set once. The lapse it causes never counts from
	// an earlier date than its own (contract.md 3.5).
	// +optional
	ReversedAt *metav1.Time `json:"reversedAt,omitempty"`
}

// PlanPeriod is a plan and an interval, from a date on.
type PlanPeriod struct {
	// From is the date on which they take effect.
	// +required
	From Date `json:"from"`

	// PlanRef is the plan in force from then on.
	// +required
	PlanRef PlanReference `json:"planRef"`

	// Interval in force from then on.
	// +required
	Interval Interval `json:"interval"`
}
