package facts

import (
	"github.com/grupobizopps/salexops/api/v1alpha1"
	"github.com/grupobizopps/salexops/contract"
)

// registrationOf reads what the owner has shown and accepted.
func registrationOf(tenant *v1alpha1.Tenant) contract.Registration {
	owner := &tenant.Spec.Owner
	verification := owner.HumanVerification
	registration := contract.Registration{
		AddressConfirmedAt: instant(owner.EmailConfirmedAt),
		AdultDeclaredAt:    instant(owner.AdultDeclaredAt),
		HumanVerified:      verification != nil && verification.Method != "" && verification.Reference != "",
	}
	for i := range tenant.Spec.AcceptedDocuments {
		d := &tenant.Spec.AcceptedDocuments[i]
		registration.Accepted = append(registration.Accepted, contract.Document{
			Kind:    contract.DocumentKind(d.Kind),
			Version: d.Version,
			Digest:  string(d.Digest),
		})
	}
	return registration
}

// recordedOf reads what the last evaluation left in the tenant's status.
func recordedOf(tenant *v1alpha1.Tenant) contract.Recorded {
	standing := tenant.Status.Standing
	if standing == nil {
		return contract.Recorded{}
	}
	// A date that the operator itself wrote and that can't be read is as good
	// as none: it only ever adds caution.
	paidThrough, err := contract.ParseDate(string(standing.PaidThrough))
	if err != nil {
		paidThrough = contract.Date{}
	}
	return contract.Recorded{
		Billing:     contract.Billing(standing.Billing),
		Lifecycle:   contract.Lifecycle(standing.Lifecycle),
		PaidThrough: paidThrough,
	}
}
