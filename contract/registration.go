package contract

import "time"

// Reason says what keeps a tenant from being registered, or what keeps its
// billing from being judged. The names are those of the condition Registered.
type Reason string

// The reasons, in the order in which they are mended.
const (
	// AddressUnconfirmed: nobody has answered from the owner's address.
	AddressUnconfirmed Reason = "AddressUnconfirmed"
	// AttestationMissing: the owner has not declared to be of age, or nobody
	// made sure that a human registered.
	AttestationMissing Reason = "AttestationMissing"
	// DocumentNotAccepted: one of the documents in force was not accepted.
	DocumentNotAccepted Reason = "DocumentNotAccepted"
	// SubscriptionMissing: no subscription refers to the tenant.
	SubscriptionMissing Reason = "SubscriptionMissing"
	// SubscriptionAmbiguous: more than one does.
	SubscriptionAmbiguous Reason = "SubscriptionAmbiguous"
	// PlanNotFound: the subscription's plan does not exist.
	PlanNotFound Reason = "PlanNotFound"
	// NeverPaid: the plan costs money, and no payment covers a day so far.
	NeverPaid Reason = "NeverPaid"
	// BillingDataLost: payments that were known are gone. Nothing is decided
	// about billing until they are back.
	BillingDataLost Reason = "BillingDataLost"
)

// DocumentKind is one of the documents that a tenant agrees to.
type DocumentKind string

// The documents of contract.md 2.3.
const (
	TermsOfService DocumentKind = "TermsOfService"
	PrivacyPolicy  DocumentKind = "PrivacyPolicy"
)

// Document is one text of one kind. Its digest says exactly which.
type Document struct {
	Kind    DocumentKind
	Version string
	Digest  string
}

// Registration is what an owner has shown and accepted (contract.md 2).
type Registration struct {
	// AddressConfirmedAt is when somebody answered from the owner's address.
	AddressConfirmedAt time.Time
	// AdultDeclaredAt is when the owner declared to be of age.
	AdultDeclaredAt time.Time
	// HumanVerified: it was verified that a human registered, with a method
	// and a reference.
	HumanVerified bool
	// Accepted are the documents that the owner accepted.
	Accepted []Document
	// InForce are the documents to accept, as far as they are known. Of a kind
	// that has none here, any version counts.
	InForce []Document
}

// missing lists what keeps the owner from being registered.
func (r Registration) missing() []Reason {
	var missing []Reason
	if r.AddressConfirmedAt.IsZero() {
		missing = append(missing, AddressUnconfirmed)
	}
	if r.AdultDeclaredAt.IsZero() || !r.HumanVerified {
		missing = append(missing, AttestationMissing)
	}
	if len(r.Unaccepted()) > 0 {
		missing = append(missing, DocumentNotAccepted)
	}
	return missing
}

// Unaccepted lists the documents that are still to be accepted: those in force,
// and by kind alone where it is not known which one is (contract.md 2.3).
func (r Registration) Unaccepted() []Document {
	var unaccepted []Document
	for _, kind := range []DocumentKind{TermsOfService, PrivacyPolicy} {
		wanted, known := Document{Kind: kind}, false
		for _, d := range r.InForce {
			if d.Kind == kind {
				wanted, known = d, true
			}
		}
		if !r.accepted(wanted, known) {
			unaccepted = append(unaccepted, wanted)
		}
	}
	return unaccepted
}

func (r Registration) accepted(wanted Document, exactly bool) bool {
	for _, d := range r.Accepted {
		if d == wanted || !exactly && d.Kind == wanted.Kind && d.Version != "" && d.Digest != "" {
			return true
		}
	}
	return false
}
