package standing

import (
	"fmt"
	"time"

	"github.com/grupobizopps/salexops/api/v1alpha1"
	"github.com/grupobizopps/salexops/contract"
	"github.com/grupobizopps/salexops/internal/datewords"
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
		Banners:            bannersOf(e),
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
// payment was due, that support has ended, and when access does (contract.md 4).
func bannersOf(e *evaluation) []license.Banner {
	s := &e.standing
	if s.Billing != contract.BillingGrace {
		return nil
	}
	due := s.DueDate
	es := fmt.Sprintf("El pago venció el %s. Todo sigue funcionando, sin soporte técnico", datewords.Spanish(due.Civil()))
	en := fmt.Sprintf("The payment was due on %s. Everything works on, without technical support", datewords.English(due.Civil()))
	if s.At.Before(s.Deadlines.Disable.At) { // Else it is held back, and nobody knows until when.
		disabled := e.account.Facts.Policy.Zone.DateOf(s.Deadlines.Disable.At)
		es += fmt.Sprintf("; si el pago no llega, el acceso queda en pausa el %s", datewords.Spanish(disabled.Civil()))
		en += fmt.Sprintf("; if the payment doesn’t arrive, access is paused on %s", datewords.English(disabled.Civil()))
	}
	return []license.Banner{{
		ID:    "grace-" + due.String(),
		Level: license.LevelWarning,
		Text:  map[string]string{"es": es + ".", "en": en + "."},
	}}
}
