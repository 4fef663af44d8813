package simulate

import (
	"fmt"

	"github.com/grupobizopps/salexops/api/v1alpha1"
)

// days are the figures of the policy that count days, months or percent, each
// with its bounds (contract.md 4, 5, 8, 9, 10 and 3.8).
var figures = []struct {
	field     string
	low, high float64
}{
	{"spec.lapse.disableAfterDays", 1, 365},
	{"spec.lapse.purgeNoticeAfterDays", 1, 3650},
	{"spec.lapse.purgeNoticeDays", 1, 3650},
	{"spec.overQuota.noticeDays", 1, 365},
	{"spec.terms.announceDays", 15, 365},
	{"spec.terms.objectionDays", 10, 365},
	{"spec.suspension.cureDays", 1, 365},
	{"spec.providerBreach.businessDays", 1, 30},
	{"spec.termination.exportDays", 1, 365},
	{"spec.liability.percent", 125, 1000},
	{"spec.liability.months", 12, 120},
}

// policy looks at a PlatformPolicy. Its zone, its calendar and its amounts are
// read with the facts.
func (c *checker) policy(p *v1alpha1.PlatformPolicy) {
	if p.Name != v1alpha1.PlatformPolicyName {
		c.fail("metadata.name", "%q is not %q: there is one PlatformPolicy, of that name", p.Name, v1alpha1.PlatformPolicyName)
	}
	for _, f := range figures {
		c.between(f.field, f.low, f.high)
	}
	oneOf(c, "spec.overQuota.policy", p.Spec.OverQuota.Policy,
		v1alpha1.OverQuotaReadOnly, v1alpha1.OverQuotaOldestFirst, v1alpha1.OverQuotaAll)

	disable := p.Spec.Lapse.DisableAfterDays
	if disable == 0 {
		disable = 3
	}
	for _, interval := range intervals {
		days, set := p.Spec.Lapse.PurgeAfterDays[interval]
		field := fmt.Sprintf("spec.lapse.purgeAfterDays.%s", interval)
		switch {
		case !set:
		case days < 1 || days > 3650:
			c.fail(field, "%d does not lie between 1 and 3650", days)
		case days <= disable:
			c.fail(field, "%d is not greater than disableAfterDays (%d): documents are never deleted while users still work", days, disable)
		}
	}
	for interval := range p.Spec.Lapse.PurgeAfterDays {
		oneOf(c, "spec.lapse.purgeAfterDays", interval, intervals...)
	}
}

var intervals = []v1alpha1.Interval{
	v1alpha1.IntervalMonthly, v1alpha1.IntervalQuarterly, v1alpha1.IntervalSemiAnnual, v1alpha1.IntervalAnnual,
}

func (c *checker) plan(p *v1alpha1.Plan) {
	if c.required("spec.tier", string(p.Spec.Tier)) {
		oneOf(c, "spec.tier", p.Spec.Tier, v1alpha1.TierFree, v1alpha1.TierPaid)
	}
	if p.Spec.DocumentQuota.Sign() < 0 {
		c.fail("spec.documentQuota", "%s is less than nothing", p.Spec.DocumentQuota.String())
	}
	for _, interval := range intervals {
		if price, priced := p.Spec.Prices[interval]; priced {
			c.amount(fmt.Sprintf("spec.prices.%s", interval), price)
		}
	}
	for interval := range p.Spec.Prices {
		oneOf(c, "spec.prices", interval, intervals...)
	}
}

func (c *checker) revision(r *v1alpha1.TermsRevision) {
	if c.required("spec.kind", string(r.Spec.Kind)) {
		oneOf(c, "spec.kind", r.Spec.Kind, v1alpha1.TermsOfService, v1alpha1.PrivacyPolicy)
	}
	c.date("spec.announcedOn", r.Spec.AnnouncedOn)
	c.date("spec.postedOn", r.Spec.PostedOn)
	oneOf(c, "spec.exception", r.Spec.Exception,
		v1alpha1.TermsExceptionNewService, v1alpha1.TermsExceptionEmergency, v1alpha1.TermsExceptionLegal)
}
