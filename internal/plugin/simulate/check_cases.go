package simulate

import "github.com/grupobizopps/salexops/api/v1alpha1"

var causes = []v1alpha1.TerminationCause{
	v1alpha1.CauseOwnerRequest, v1alpha1.CauseProviderBreach, v1alpha1.CauseTermsObjection, v1alpha1.CausePermanentDisable,
}

func (c *checker) suspension(s *v1alpha1.Suspension) {
	c.required("spec.tenantRef.name", s.Spec.TenantRef.Name)
	if c.required("spec.action", string(s.Spec.Action)) {
		oneOf(c, "spec.action", s.Spec.Action,
			v1alpha1.SuspensionWarn, v1alpha1.SuspensionSuspend, v1alpha1.SuspensionDisable)
	}
	if c.required("spec.reason", string(s.Spec.Reason)) {
		oneOf(c, "spec.reason", s.Spec.Reason,
			v1alpha1.SuspensionUnlawfulOrBreach, v1alpha1.SuspensionCommitmentsNotMet, v1alpha1.SuspensionFraudOrMalice,
			v1alpha1.SuspensionIdentityUnverified, v1alpha1.SuspensionInterference)
	}
	oneOf(c, "spec.exceptionReason", s.Spec.ExceptionReason,
		v1alpha1.SuspensionExceptionHarm, v1alpha1.SuspensionExceptionLawOrCourt, v1alpha1.SuspensionExceptionPlatformSecurity)
	c.cureDays(s)
	opened := s.Spec.OpenedAt
	if opened == nil && !s.CreationTimestamp.IsZero() {
		opened = &s.CreationTimestamp
	}
	switch {
	case opened == nil:
		c.fail("spec.openedAt", "is missing: in a cluster it would be the object's creation, but a file has none")
	case s.Spec.ResolvedAt != nil && s.Spec.ResolvedAt.Time.Before(opened.Time):
		c.fail("spec.resolvedAt", "lies before openedAt")
	}
}

// cureDays: a case takes effect at once only with a reason that the contract
// allows (contract.md 8).
func (c *checker) cureDays(s *v1alpha1.Suspension) {
	spec, _ := c.object.raw["spec"].(map[string]any)
	if days, written := spec["cureDays"].(float64); written && days == 0 && s.Spec.ExceptionReason == "" {
		c.fail("spec.cureDays", "0 lies below 1: at once only with an exceptionReason: Harm, LawOrCourt or PlatformSecurity (contract.md 8)")
		return
	}
	if s.Spec.ExceptionReason == "" {
		c.between("spec.cureDays", 1, 365)
	}
}

func (c *checker) cancellation(k *v1alpha1.Cancellation) {
	c.required("spec.tenantRef.name", k.Spec.TenantRef.Name)
	if c.required("spec.cause", string(k.Spec.Cause)) {
		oneOf(c, "spec.cause", k.Spec.Cause, causes...)
	}
	switch {
	case k.Spec.ReceivedAt.IsZero():
		c.fail("spec.receivedAt", "is missing: deadlines are counted from it")
	case k.Status.VerifiedAt != nil && k.Status.VerifiedAt.Time.Before(k.Spec.ReceivedAt.Time):
		c.fail("status.verifiedAt", "lies before spec.receivedAt")
	case k.Spec.CorrectedAt != nil && k.Spec.CorrectedAt.Time.Before(k.Spec.ReceivedAt.Time):
		c.fail("spec.correctedAt", "lies before receivedAt")
	}
	if k.Spec.CorrectedAt != nil && k.Spec.Cause != v1alpha1.CauseProviderBreach {
		c.fail("spec.correctedAt", "only a ProviderBreach can be corrected")
	}
	objects := k.Spec.Cause == v1alpha1.CauseTermsObjection
	named := k.Spec.TermsRevisionRef != nil && k.Spec.TermsRevisionRef.Name != ""
	switch {
	case objects && !named:
		c.fail("spec.termsRevisionRef.name", "is missing: say which TermsRevision is objected to")
	case !objects && named:
		c.fail("spec.termsRevisionRef.name", "only a TermsObjection objects to a TermsRevision")
	}
}
