package controlplane

import (
	"time"

	"k8s.io/apimachinery/pkg/api/resource"
	metav1 "k8s.io/apimachinery/pkg/apis/meta/v1"

	"github.com/grupobizopps/salexops/api/v1alpha1"
)

// Now is the instant at which tests begin: acme's first month is paid.
var Now = time.Date(2027, 1, 15, 18, 0, 0, 0, time.UTC)

// Policy is the platform's policy with its test clock set to Now: payments of
// that time are no payments of the future then, whatever the machine's date.
func Policy() *v1alpha1.PlatformPolicy {
	return &v1alpha1.PlatformPolicy{
		ObjectMeta: metav1.ObjectMeta{Name: v1alpha1.PlatformPolicyName},
		Spec:       v1alpha1.PlatformPolicySpec{TestClock: &v1alpha1.TestClock{Now: metav1.NewTime(Now)}},
	}
}

// Tenant returns a Tenant of whom nothing is missing.
func Tenant(name string) *v1alpha1.Tenant {
	at := metav1.NewTime(time.Date(2026, 12, 31, 16, 0, 0, 0, time.UTC))
	digest := v1alpha1.Digest("sha256:9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08")
	return &v1alpha1.Tenant{
		ObjectMeta: metav1.ObjectMeta{Namespace: Accounts, Name: name},
		Spec: v1alpha1.TenantSpec{
			DisplayName: "Ferretería " + name,
			Locale:      v1alpha1.LocaleSpanish,
			Owner: v1alpha1.Owner{
				PersonID: "person-" + name, Type: v1alpha1.OwnerOrganization, Name: "Lucía Moreno",
				Email: v1alpha1.Email("lucia@" + name + ".example"), EmailConfirmedAt: &at, AdultDeclaredAt: &at,
				HumanVerification: &v1alpha1.HumanVerification{Method: "altcha", Reference: "01JGEM", VerifiedAt: &at},
			},
			AcceptedDocuments: []v1alpha1.AcceptedDocument{
				{Kind: v1alpha1.TermsOfService, Version: "2026-01", Digest: digest, AcceptedAt: at},
				{Kind: v1alpha1.PrivacyPolicy, Version: "2026-01", Digest: digest, AcceptedAt: at},
			},
		},
	}
}

// Subscription returns a Tenant's Subscription to a plan.
func Subscription(tenant, plan string) *v1alpha1.Subscription {
	return &v1alpha1.Subscription{
		ObjectMeta: metav1.ObjectMeta{Namespace: Accounts, Name: tenant},
		Spec: v1alpha1.SubscriptionSpec{
			TenantRef: v1alpha1.TenantReference{Name: tenant}, PlanRef: v1alpha1.PlanReference{Name: plan},
			Interval: v1alpha1.IntervalMonthly, AnchorDate: "2026-12-31",
		},
	}
}

// FirstMonth is a JSON patch of a Subscription's status, as the billing system
// sends it: a payment for 31 December to 30 January.
const FirstMonth = `[{"op":"add","path":"/status/billing/payments/-","value":{` +
	`"id":"pay-0001","receivedAt":"2026-12-31T18:00:00Z","amount":"499.00","currency":"MXN","amountUSD":"27.10",` +
	`"periodFrom":"2026-12-31","periodTo":"2027-01-30"}}]`

// FreePlan costs nothing.
func FreePlan(name string) *v1alpha1.Plan {
	return &v1alpha1.Plan{ObjectMeta: metav1.ObjectMeta{Name: name}, Spec: v1alpha1.PlanSpec{
		DisplayName: "Free", Tier: v1alpha1.TierFree, Seats: 2, SessionsPerUser: 1,
		DocumentQuota: resource.MustParse("512Mi"), RecordsSize: resource.MustParse("512Mi"),
	}}
}

// PaidPlan costs 499 MXN a month.
func PaidPlan(name string) *v1alpha1.Plan {
	return &v1alpha1.Plan{ObjectMeta: metav1.ObjectMeta{Name: name}, Spec: v1alpha1.PlanSpec{
		DisplayName: "Team", Tier: v1alpha1.TierPaid, Currency: "MXN",
		Prices: map[v1alpha1.Interval]v1alpha1.Decimal{v1alpha1.IntervalMonthly: "499.00"},
		Seats:  10, SessionsPerUser: 1, Support: true,
		DocumentQuota: resource.MustParse("10Gi"), RecordsSize: resource.MustParse("2Gi"),
	}}
}
