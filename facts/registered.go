package facts

import (
	"fmt"
	"strings"

	"github.com/grupobizopps/salexops/contract"
)

// Registered gives reason and message for the tenant's condition Registered:
// no reason when nothing is missing, else the first thing to mend and how.
func (a *Account) Registered(standing contract.Standing) (reason contract.Reason, message string) {
	if len(standing.Missing) == 0 {
		return "", "Everything that registration asks for is there."
	}
	first := standing.Missing[0]
	return first, a.remedy(first, &standing)
}

// remedy says what to do about a reason, in words that name object and field.
func (a *Account) remedy(reason contract.Reason, standing *contract.Standing) string {
	tenant := a.objects.Tenant
	switch reason {
	case contract.AddressUnconfirmed:
		return fmt.Sprintf("Nobody has answered from %s yet: set spec.owner.emailConfirmedAt of Tenant %s to the time somebody does.",
			tenant.Spec.Owner.Email, tenant.Name)
	case contract.AttestationMissing:
		return fmt.Sprintf("Set %s of Tenant %s.", strings.Join(a.missingAttestations(), " and "), tenant.Name)
	case contract.DocumentNotAccepted:
		return fmt.Sprintf("The owner has not accepted %s: when they do, add it to spec.acceptedDocuments of Tenant %s.",
			a.unaccepted(), tenant.Name)
	case contract.SubscriptionMissing:
		return fmt.Sprintf("No Subscription in namespace %s has spec.tenantRef.name %s: create one.", tenant.Namespace, tenant.Name)
	case contract.SubscriptionAmbiguous:
		return fmt.Sprintf("Subscriptions %s all have spec.tenantRef.name %s: delete all but one.",
			strings.Join(a.rivals, ", "), tenant.Name)
	case contract.PlanNotFound:
		return fmt.Sprintf("Plan %s does not exist: create it, or change spec.planRef.name of Subscription %s%s.",
			a.missingPlan(), a.Subscription.Name, a.plansToChoose())
	case contract.NeverPaid:
		return a.neverPaid(standing)
	case contract.BillingDataLost:
		return fmt.Sprintf("Subscription %s was paid through %s, but its status.billing.payments no longer say so: write the missing payments again. Until then its standing stays as it is.",
			a.Subscription.Name, a.Facts.Recorded.PaidThrough)
	default:
		return string(reason)
	}
}

func (a *Account) missingAttestations() []string {
	var missing []string
	if a.Facts.Registration.AdultDeclaredAt.IsZero() {
		missing = append(missing, "spec.owner.adultDeclaredAt (the owner declares to be of age)")
	}
	if !a.Facts.Registration.HumanVerified {
		missing = append(missing, "spec.owner.humanVerification (method and reference of the proof that a human registered)")
	}
	return missing
}

func (a *Account) unaccepted() string {
	var names []string
	for _, d := range a.Facts.Registration.Unaccepted() {
		name := "the " + string(d.Kind)
		if d.Version != "" {
			name += fmt.Sprintf(" of version %s with digest %s", d.Version, d.Digest)
		}
		names = append(names, name)
	}
	return strings.Join(names, " and ")
}

// plansToChoose lists the plans there are, as far as they fit in a sentence.
func (a *Account) plansToChoose() string {
	if len(a.objects.Plans) == 0 || len(a.objects.Plans) > 10 {
		return ""
	}
	var names []string
	for i := range a.objects.Plans {
		names = append(names, a.objects.Plans[i].Name)
	}
	return " to one of " + strings.Join(names, ", ")
}

func (a *Account) neverPaid(standing *contract.Standing) string {
	name := a.Subscription.Name
	if next := standing.Next; next.What == contract.EventPaidPeriod || next.What == contract.EventPaymentKnown {
		return fmt.Sprintf("Subscription %s has a payment in status.billing.payments, and what it pays for begins on %s: nothing to do but wait.", name, next.Date)
	}
	return fmt.Sprintf("Plan %s costs money and Subscription %s has no payment that covers today: the billing system adds one to status.billing.payments when the money comes.",
		a.Subscription.Spec.PlanRef.Name, name)
}
