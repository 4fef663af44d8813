package standing

import (
	"strings"
	"testing"
	"time"

	"k8s.io/apimachinery/pkg/api/meta"
	metav1 "k8s.io/apimachinery/pkg/apis/meta/v1"
	"k8s.io/apimachinery/pkg/types"

	"github.com/grupobizopps/salexops/api/v1alpha1"
	"github.com/grupobizopps/salexops/contract"
	"github.com/grupobizopps/salexops/license"
)

func TestSerialsRiseOverAllLicencesOfATenant(t *testing.T) {
	tenant := &v1alpha1.Tenant{}
	if got := nextSerial(nil, tenant); got != 1 {
		t.Errorf("the first serial is %d", got)
	}
	all := []v1alpha1.License{{Status: v1alpha1.LicenseStatus{Serial: 4}}, {Status: v1alpha1.LicenseStatus{Serial: 2}}}
	if got := nextSerial(all, tenant); got != 5 {
		t.Errorf("after 4 and 2 comes %d", got)
	}
	tenant.Status.Instance = &v1alpha1.InstanceStatus{LicenceSerial: 9}
	if got := nextSerial(nil, tenant); got != 10 {
		t.Errorf("an instance with 9 in force, whose Licenses were deleted, gets %d", got)
	}
}

func TestALicenceIsCurrent(t *testing.T) {
	claims := license.Claims{Tenant: "acme", Plan: "team"}
	licence := v1alpha1.License{
		ObjectMeta: metav1.ObjectMeta{Name: "acme-team"},
		Status:     v1alpha1.LicenseStatus{Token: "t", Serial: 3, ClaimsDigest: "sha256:aa", KeyID: "k"},
	}
	older := v1alpha1.License{ObjectMeta: metav1.ObjectMeta{Name: "acme-free"}, Status: v1alpha1.LicenseStatus{Token: "o", Serial: 2}}
	if !current([]v1alpha1.License{licence, older}, claims, "sha256:aa", "k") {
		t.Error("the newest one says what it should and isn't current")
	}
	older.Status.Serial = 7
	for name, is := range map[string]bool{
		"another digest":         current([]v1alpha1.License{licence}, claims, "sha256:bb", "k"),
		"another key":            current([]v1alpha1.License{licence}, claims, "sha256:aa", "l"),
		"none":                   current(nil, claims, "sha256:aa", "k"),
		"another plan was newer": current([]v1alpha1.License{licence, older}, claims, "sha256:aa", "k"),
	} {
		if is {
			t.Errorf("%s: it counts as current", name)
		}
	}
}

func TestSummary(t *testing.T) {
	for want, s := range map[string]contract.Standing{
		"Current":   {Lifecycle: contract.LifecycleActive, Conduct: contract.ConductGood, Billing: contract.BillingCurrent},
		"Suspended": {Lifecycle: contract.LifecycleActive, Conduct: contract.ConductSuspended, Billing: contract.BillingCurrent},
		"Pending":   {Lifecycle: contract.LifecyclePending, Conduct: contract.ConductGood, Billing: contract.BillingFree},
	} {
		if got := summary(&s); got != want {
			t.Errorf("got %q, want %q", got, want)
		}
	}
}

func TestWhatIsHeldBackIsNamed(t *testing.T) {
	if reason, _ := held(nil); reason != "" {
		t.Errorf("nothing is due, and %q holds it back", reason)
	}
	reason, message := held([]contract.Act{{Kind: contract.ActDisable, BlockedBy: []contract.Guard{contract.GuardBreakerClosed}}})
	if reason != "BreakerClosed" || !strings.Contains(message, "Disable") {
		t.Errorf("got %q: %s", reason, message)
	}
}

func TestOnlyGraceHasABanner(t *testing.T) {
	due, err := contract.ParseDate("2027-01-31")
	if err != nil {
		t.Fatal(err)
	}
	e := &evaluation{standing: contract.Standing{Billing: contract.BillingCurrent, DueDate: due}}
	e.account.Facts.Policy = contract.DefaultPolicy()
	e.standing.Deadlines.Disable.At = e.account.Facts.Policy.Zone.StartOfDay(due.AddDays(4))
	if banners := bannersOf(e); len(banners) > 0 {
		t.Errorf("a tenant that has paid is told %v", banners)
	}
	e.standing.Billing = contract.BillingGrace
	banners := bannersOf(e)
	if len(banners) != 1 || !strings.Contains(banners[0].Text["es"], "31 de enero de 2027") ||
		!strings.Contains(banners[0].Text["es"], "4 de febrero de 2027") || !strings.Contains(banners[0].Text["en"], "4 February 2027") {
		t.Errorf("got %+v", banners)
	}
}

func TestJitterOnlyDelaysAndIsTheSameEveryTime(t *testing.T) {
	different := map[time.Duration]bool{}
	for _, uid := range []types.UID{"a", "b", "c", "d"} {
		delay := SpreadBy(time.Minute)(uid)
		if delay < 0 || delay >= time.Minute || delay != SpreadBy(time.Minute)(uid) {
			t.Errorf("a delay of %s", delay)
		}
		different[delay] = true
	}
	if len(different) < 2 {
		t.Error("nothing is spread")
	}
	if SpreadBy(0)("a") != 0 {
		t.Error("no jitter delays")
	}
}

func TestATestClockIsRefusedWithoutTheFlag(t *testing.T) {
	policy := &v1alpha1.PlatformPolicy{Spec: v1alpha1.PlatformPolicySpec{
		TestClock: &v1alpha1.TestClock{Now: metav1.NewTime(time.Date(2030, 1, 1, 0, 0, 0, 0, time.UTC))},
	}}
	now := time.Date(2027, 1, 1, 0, 0, 0, 0, time.UTC)
	refused := func(allowed bool) bool {
		status := policyStatus(policy, v1alpha1.TenantCounts{}, allowed, now)
		policy.Status = status
		return meta.IsStatusConditionTrue(status.Conditions, "TestClockRefused")
	}
	if !refused(false) {
		t.Error("without the flag nobody is told that the clock is ignored")
	}
	if refused(true) {
		t.Error("with the flag the clock counts")
	}
	refused(false)
	policy.Spec.TestClock = nil
	if refused(false) {
		t.Error("there is no clock to refuse any more")
	}
}

func TestTheFleetIsCounted(t *testing.T) {
	running := func(tier v1alpha1.PlanTier, may bool) v1alpha1.Tenant {
		return v1alpha1.Tenant{Status: v1alpha1.TenantStatus{Standing: &v1alpha1.Standing{PlanTier: tier, MayRun: may}}}
	}
	got := countTenants([]v1alpha1.Tenant{
		running(v1alpha1.TierPaid, true), running(v1alpha1.TierFree, true), running(v1alpha1.TierPaid, false), {},
	})
	if want := (v1alpha1.TenantCounts{Total: 4, Running: 2, RunningPaid: 1}); got != want {
		t.Errorf("got %+v, want %+v", got, want)
	}
}
