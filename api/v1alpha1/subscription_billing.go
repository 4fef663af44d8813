package v1alpha1

import metav1 "k8s.io/apimachinery/pkg/apis/meta/v1"

// MaxPayments is how many payments a subscription can hold: fifty years of
// monthly ones. The schema's own bound (maxItems) lies above it, so that who
// passes this one reads words about payments. The rule that no payment is
// removed compares each with all others; its form keeps that, at this size,
// within what the API server lets a rule cost.
const MaxPayments = 600

// Billing is the billing system's part of a subscription. It may be written
// with a JSON patch that appends, with a merge patch or by server-side apply;
// the last two carry the full list.
type Billing struct {
	// AsOf is the instant up to which the billing system has told everything
	// about this subscription. The later of this and
	// PlatformPolicy.status.billingFeed.asOf counts (contract.md 4).
	// +optional
	// +kubebuilder:validation:XValidation:rule="self >= timestamp('2000-01-01T00:00:00Z')",message="must be an instant of this century, such as 2027-01-31T18:00:00Z, with a capital T and a capital Z or an offset"
	AsOf *metav1.Time `json:"asOf,omitempty"`

	// Payments received. A payment is never removed and never edited; to undo
	// one, set its `reversedAt` (contract.md 3.2). Their order says nothing.
	// There may be 600: fifty years of monthly ones.
	// +optional
	// +kubebuilder:default={}
	// +listType=map
	// +listMapKey=id
	// +kubebuilder:validation:MaxItems=640
	// +kubebuilder:validation:XValidation:rule="self.size() <= 600",message="a subscription holds at most 600 payments, fifty years of monthly ones; nothing was changed. Let one payment cover more than a month long before (docs/billing.md)",reason=FieldValueForbidden
	// +kubebuilder:validation:XValidation:rule="[self.map(n, n.id)].all(ids, oldSelf.all(o, o.id in ids))",messageExpression="'a payment is never removed (missing: ' + [self.map(n, n.id)].map(ids, oldSelf.map(o, !(o.id in ids), o.id)[0])[0] + (oldSelf.size() - self.size() > 1 ? ' and others' : '') + '); to undo one, set its reversedAt'",reason=FieldValueForbidden
	Payments []Payment `json:"payments,omitempty"`
}

// Payment is money received for a span of dates (contract.md 3.2). All its
// fields are fixed once it is written, except that `reversedAt` may be set
// once.
//
// +kubebuilder:validation:XValidation:rule="has(self.receivedAt)",messageExpression="'payment ' + self.id + ' has no receivedAt: there is no invoice for money that was not received; tell of it once the money is there, with the instant at which it came'",reason=FieldValueRequired,fieldPath=".receivedAt"
// +kubebuilder:validation:XValidation:rule="self.periodTo >= self.periodFrom",messageExpression="'payment ' + self.id + ' ends before it begins: its periodTo lies before its periodFrom; they are the last and the first date paid for'",reason=FieldValueForbidden,fieldPath=".periodTo"
// +kubebuilder:validation:XValidation:rule="!has(self.reversedAt) || !has(self.receivedAt) || self.reversedAt >= self.receivedAt",messageExpression="'payment ' + self.id + ' is reversed before it was received: its reversedAt lies before its receivedAt; a chargeback has its own instant, on or after that of the money'",reason=FieldValueForbidden,fieldPath=".reversedAt"
// +kubebuilder:validation:XValidation:rule="has(self.receivedAt) && self.receivedAt == oldSelf.receivedAt && self.amount == oldSelf.amount && self.currency == oldSelf.currency && self.amountUSD == oldSelf.amountUSD && self.periodFrom == oldSelf.periodFrom && self.periodTo == oldSelf.periodTo && has(self.invoiceRef) == has(oldSelf.invoiceRef) && (!has(self.invoiceRef) || self.invoiceRef == oldSelf.invoiceRef)",messageExpression="'a payment is never edited (' + self.id + '); to undo it, set its reversedAt, and add the correct one under a new id'",reason=FieldValueForbidden
// +kubebuilder:validation:XValidation:rule="!has(oldSelf.reversedAt) || (has(self.reversedAt) && self.reversedAt == oldSelf.reversedAt)",messageExpression="'reversedAt of payment ' + self.id + ' has been set and stays; a payment that comes again is a new one, under a new id'",reason=FieldValueForbidden
type Payment struct {
	// ID of the payment in the billing system.
	// +required
	// +kubebuilder:validation:MinLength=1
	// +kubebuilder:validation:MaxLength=64
	// +kubebuilder:validation:XValidation:rule="self.matches('^[^\\\\pZ\\\\pC]+( [^\\\\pZ\\\\pC]+)*$')",message="must be without control characters, and without spaces at its ends"
	ID string `json:"id"`

	// ReceivedAt is the instant at which the money was received. Every payment
	// has one, and so every invoice: there is none for money not received. A
	// rule asks for it rather than the schema, so that the refusal can say why.
	// +optional
	// +kubebuilder:validation:XValidation:rule="self >= timestamp('2000-01-01T00:00:00Z')",message="must be an instant of this century, such as 2027-01-31T18:00:00Z, with a capital T and a capital Z or an offset"
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
	// +kubebuilder:validation:XValidation:rule="self >= timestamp('2000-01-01T00:00:00Z')",message="must be an instant of this century, such as 2027-01-31T18:00:00Z, with a capital T and a capital Z or an offset"
	ReversedAt *metav1.Time `json:"reversedAt,omitempty"`
}
