//go:build e2e

package e2e

import (
	"context"
	"strings"
	"time"

	. "github.com/onsi/ginkgo/v2"
	. "github.com/onsi/gomega"
	corev1 "k8s.io/api/core/v1"
	"k8s.io/apimachinery/pkg/api/meta"
	"k8s.io/apimachinery/pkg/api/resource"
	metav1 "k8s.io/apimachinery/pkg/apis/meta/v1"
	"sigs.k8s.io/controller-runtime/pkg/client"

	"github.com/grupobizopps/salexops/api/v1alpha1"
)

// zone is the contract's; the tests ask it for today as the operator does.
var zone = func() *time.Location {
	z, err := time.LoadLocation("America/Hermosillo")
	if err != nil {
		panic(err)
	}
	return z
}()

// paidPlan and freePlan are small, so that a test can fill their volumes.
func paidPlan() *v1alpha1.Plan {
	return &v1alpha1.Plan{
		ObjectMeta: metav1.ObjectMeta{Name: "e2e-team"},
		Spec: v1alpha1.PlanSpec{
			DisplayName: "Team", Tier: v1alpha1.TierPaid, Currency: "MXN",
			Prices:        map[v1alpha1.Interval]v1alpha1.Decimal{"Monthly": "499.00"},
			DocumentQuota: resource.MustParse("20Mi"), RecordsSize: resource.MustParse("64Mi"),
			Seats: 10, SessionsPerUser: 1, SleepAfter: &metav1.Duration{Duration: 4 * time.Hour}, Support: true,
		},
	}
}

func freePlan() *v1alpha1.Plan {
	return &v1alpha1.Plan{
		ObjectMeta: metav1.ObjectMeta{Name: "e2e-free"},
		Spec: v1alpha1.PlanSpec{
			DisplayName: "Free", Tier: v1alpha1.TierFree,
			DocumentQuota: resource.MustParse("20Mi"), RecordsSize: resource.MustParse("64Mi"),
			Seats: 2, SessionsPerUser: 1, SleepAfter: &metav1.Duration{Duration: 30 * time.Minute},
		},
	}
}

// registered is a tenant of whom everything that section 2 of the contract
// asks for is known.
func registered(name string) *v1alpha1.Tenant {
	confirmed := metav1.NewTime(time.Now().Add(-time.Hour).Truncate(time.Second))
	digest := v1alpha1.Digest("sha256:" + strings.Repeat("0a", 32))
	return &v1alpha1.Tenant{
		ObjectMeta: metav1.ObjectMeta{Name: name, Namespace: accounts},
		Spec: v1alpha1.TenantSpec{
			DisplayName: "Ferretería " + name, Host: name + ".localhost", Locale: v1alpha1.LocaleSpanish,
			Owner: v1alpha1.Owner{
				PersonID: "person-" + name, Type: v1alpha1.OwnerOrganization,
				Name: "Lucía Moreno", Email: v1alpha1.Email("owner@" + name + ".example"),
				EmailConfirmedAt: &confirmed, AdultDeclaredAt: &confirmed,
				HumanVerification: &v1alpha1.HumanVerification{Method: "altcha", Reference: "01JGEM", VerifiedAt: &confirmed},
			},
			AcceptedDocuments: []v1alpha1.AcceptedDocument{
				{Kind: "TermsOfService", Version: "2026-01", Digest: digest, AcceptedAt: confirmed},
				{Kind: "PrivacyPolicy", Version: "2026-01", Digest: digest, AcceptedAt: confirmed},
			},
		},
	}
}

func subscription(tenant, plan string) *v1alpha1.Subscription {
	return &v1alpha1.Subscription{
		ObjectMeta: metav1.ObjectMeta{Name: tenant, Namespace: accounts},
		Spec: v1alpha1.SubscriptionSpec{
			TenantRef: v1alpha1.TenantReference{Name: tenant}, PlanRef: v1alpha1.PlanReference{Name: plan},
			Interval: "Monthly", AnchorDate: v1alpha1.Date(time.Now().In(zone).Format(time.DateOnly)),
		},
	}
}

// pay records a payment as the billing system does: a JSON patch that appends.
func pay(ctx context.Context, name string) {
	GinkgoHelper()
	now := time.Now()
	mustKubectl(ctx, "", "-n", accounts, "patch", "subscription", name, "--subresource=status", "--type=json", "-p",
		`[{"op":"add","path":"/status/billing/payments/-","value":{"id":"pay-0001","receivedAt":"`+now.UTC().Format(time.RFC3339)+
			`","amount":"499.00","currency":"MXN","amountUSD":"27.10","periodFrom":"`+now.In(zone).Format(time.DateOnly)+
			`","periodTo":"`+now.In(zone).AddDate(0, 0, 27).Format(time.DateOnly)+`"}}]`)
}

// ensure creates what is not there yet; what is there stays as it is.
func ensure(ctx context.Context, objects ...client.Object) {
	GinkgoHelper()
	for _, object := range objects {
		Expect(client.IgnoreAlreadyExists(k8s.Create(ctx, object))).To(Succeed())
	}
}

// rentedOut makes the two customers that the specs share, and waits for them.
func rentedOut(ctx context.Context) {
	GinkgoHelper()
	ensure(ctx, paidPlan(), freePlan(),
		registered("acme"), subscription("acme", "e2e-team"),
		registered("globex"), subscription("globex", "e2e-free"))
	var acme v1alpha1.Subscription
	Expect(k8s.Get(ctx, client.ObjectKey{Namespace: accounts, Name: "acme"}, &acme)).To(Succeed())
	if len(acme.Status.Billing.Payments) == 0 {
		pay(ctx, "acme")
	}
	eventuallyReady(ctx, "acme")
	eventuallyReady(ctx, "globex")
}

func eventuallyReady(ctx context.Context, name string) {
	GinkgoHelper()
	eventuallyCondition(ctx, name, "Ready", metav1.ConditionTrue, "")
}

// eventuallyCondition waits for a condition of a Tenant; reason "" is any.
func eventuallyCondition(ctx context.Context, name, condition string, status metav1.ConditionStatus, reason string) *metav1.Condition {
	GinkgoHelper()
	var found *metav1.Condition
	Eventually(func(g Gomega) {
		var tenant v1alpha1.Tenant
		g.Expect(k8s.Get(ctx, client.ObjectKey{Namespace: accounts, Name: name}, &tenant)).To(Succeed())
		found = meta.FindStatusCondition(tenant.Status.Conditions, condition)
		g.Expect(found).NotTo(BeNil(), "tenant %s has no condition %s: %+v", name, condition, tenant.Status.Conditions)
		g.Expect(found.Status).To(Equal(status), "%s of %s: %+v", condition, name, tenant.Status.Conditions)
		if reason != "" {
			g.Expect(found.Reason).To(Equal(reason))
		}
	}).Should(Succeed())
	return found
}

// firstPassword is the owner's, as the Secret delivers it once.
func firstPassword(ctx context.Context, tenant string) string {
	GinkgoHelper()
	var secret corev1.Secret
	Expect(k8s.Get(ctx, client.ObjectKey{Namespace: "crm-" + tenant, Name: "crm-initial-password"}, &secret)).To(Succeed())
	return string(secret.Data["password"])
}
