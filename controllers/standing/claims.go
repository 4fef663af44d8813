package standing

import (
	"strings"
	"time"

	"github.com/grupobizopps/salexops/api/v1alpha1"
	"github.com/grupobizopps/salexops/contract"
	"github.com/grupobizopps/salexops/license"
)

// claimsOf is what the licence says, without serial and time of signing. ok is
// false for a tenant that has no right to one.
func claimsOf(e *evaluation) (claims license.Claims, ok bool) {
	s := &e.standing
	plan := e.account.Plan(*s)
	if plan == nil || !s.Licence.Granted || s.Lifecycle == contract.LifecyclePending {
		return license.Claims{}, false
	}
	tenant := e.objects.Tenant
	validFrom := s.Licence.From
	if validFrom.IsZero() {
		// A free account begins when it is opened.
		validFrom = tenant.CreationTimestamp.Time
		if e.contractNow.Before(validFrom) {
			validFrom = e.contractNow.Truncate(time.Second)
		}
	}
	claims = license.Claims{
		Issuer:             license.DefaultIssuer,
		Tenant:             tenant.Name,
		DisplayName:        tenant.Spec.DisplayName,
		Holder:             tenant.Spec.Owner.PersonID,
		Locale:             string(tenant.Spec.Locale),
		TimeZone:           e.account.Facts.Policy.Zone.String(),
		Plan:               plan.Name,
		PlanDisplayName:    plan.Spec.DisplayName,
		Tier:               license.Tier(plan.Spec.Tier),
		Interval:           intervalOf(s.Agreement),
		Seats:              int(plan.Spec.Seats),
		SessionsPerUser:    int(max(plan.Spec.SessionsPerUser, 1)),
		DocumentQuotaBytes: plan.Spec.DocumentQuota.Value(),
		Access:             license.Access(s.Access),
		SupportEntitled:    s.SupportEntitled,
		ChangeAtFirstLogin: changeAtFirstLogin(e.objects.Policy),
		PaidThrough:        s.PaidThrough.String(),
		ValidFrom:          validFrom,
		ValidUntil:         s.Licence.Until,
		Banners:            bannersOf(s),
	}
	if e.testing {
		claims.TestClock = e.contractNow
	}
	return claims, true
}

func intervalOf(agreement contract.Agreement) string {
	if agreement.Tier == contract.TierFree {
		return ""
	}
	return string(agreement.Interval)
}

// changeAtFirstLogin is on unless the policy says otherwise (contract.md 2.4).
func changeAtFirstLogin(policy *v1alpha1.PlatformPolicy) bool {
	if policy == nil || policy.Spec.Passwords.ChangeAtFirstLogin == nil {
		return true
	}
	return *policy.Spec.Passwords.ChangeAtFirstLogin
}

// bannersOf is what every page of the CRM has to say: in grace, that the
// payment is due and support has ended (contract.md 4).
func bannersOf(s *contract.Standing) []license.Banner {
	if s.Billing != contract.BillingGrace {
		return nil
	}
	due := s.DueDate.String()
	date := strings.NewReplacer("{due}", due)
	return []license.Banner{{
		ID:    "grace-" + due,
		Level: license.LevelWarning,
		Text: map[string]string{
			"es": date.Replace("El pago venció el {due}. Todo sigue funcionando, sin soporte técnico, hasta que se registre el pago."),
			"en": date.Replace("The payment was due on {due}. Everything works on, without technical support, until the payment arrives."),
		},
	}}
}
