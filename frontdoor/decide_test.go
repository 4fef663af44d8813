package frontdoor

import (
	"testing"

	"github.com/grupobizopps/salexops/api/v1alpha1"
)

func TestDecide(t *testing.T) {
	const here, nowhere = "10.0.0.7:8080", ""
	with := func(f func(*Tenant)) Tenant {
		tenant := running("acme")
		f(&tenant)
		return tenant
	}
	closedBy := func(billing v1alpha1.BillingState, conduct v1alpha1.ConductState, lifecycle v1alpha1.LifecycleState) Tenant {
		return with(func(t *Tenant) {
			t.Access, t.Billing, t.Conduct, t.Lifecycle = v1alpha1.AccessClosed, billing, conduct, lifecycle
		})
	}
	active, good := v1alpha1.LifecycleActive, v1alpha1.ConductGood
	cases := []struct {
		name   string
		tenant Tenant
		addr   string
		want   Verdict
	}{
		{"runs", running("acme"), here, Verdict{Act: ActRoute}},
		{"answers before its status says so", with(func(t *Tenant) { t.Instance = v1alpha1.InstanceStarting }), here, Verdict{Act: ActRoute}},
		{"being set up", with(func(t *Tenant) { t.Instance = v1alpha1.InstanceProvisioning }), nowhere, Verdict{ActHold, PageSettingUp}},
		{"nothing known of the instance", with(func(t *Tenant) { t.Instance = "" }), nowhere, Verdict{ActHold, PageSettingUp}},
		{"starting", with(func(t *Tenant) { t.Instance = v1alpha1.InstanceStarting }), nowhere, Verdict{ActHold, PageStarting}},
		{"asleep", with(func(t *Tenant) { t.Instance = v1alpha1.InstanceAsleep }), nowhere, Verdict{ActHold, PageStarting}},
		{"its pod was killed", running("acme"), nowhere, Verdict{ActHold, PageStarting}},
		{"unreachable", with(func(t *Tenant) { t.Instance = v1alpha1.InstanceUnreachable }), nowhere, Verdict{ActHold, PageUnreachable}},
		{"export window", with(func(t *Tenant) {
			t.Access, t.Lifecycle = v1alpha1.AccessExportOnly, v1alpha1.LifecycleExporting
		}), here, Verdict{Act: ActRoute}},
		{"export window of a disabled tenant", with(func(t *Tenant) {
			t.Access, t.Lifecycle, t.Conduct = v1alpha1.AccessExportOnly, v1alpha1.LifecycleExporting, v1alpha1.ConductDisabled
		}), nowhere, Verdict{ActHold, PageStarting}},
		{"waiting for its first payment", closedBy(v1alpha1.BillingPending, good, v1alpha1.LifecyclePending), nowhere, Verdict{ActExplain, PagePending}},
		{"in arrears", closedBy(v1alpha1.BillingDisabled, good, active), nowhere, Verdict{ActExplain, PagePayment}},
		{"in arrears, still stopping", closedBy(v1alpha1.BillingDisabled, good, active), here, Verdict{ActExplain, PagePayment}},
		{"purge announced", closedBy(v1alpha1.BillingPurgeScheduled, good, active), nowhere, Verdict{ActExplain, PagePaymentNotice}},
		{"purging", closedBy(v1alpha1.BillingPurging, good, active), nowhere, Verdict{ActExplain, PagePaymentPurged}},
		{"purged", closedBy(v1alpha1.BillingPurged, good, active), nowhere, Verdict{ActExplain, PagePaymentPurged}},
		{"suspended though paid", closedBy(v1alpha1.BillingCurrent, v1alpha1.ConductSuspended, active), nowhere, Verdict{ActExplain, PageSuspended}},
		{"suspended and in arrears", closedBy(v1alpha1.BillingDisabled, v1alpha1.ConductSuspended, active), nowhere, Verdict{ActExplain, PageSuspended}},
		{"deleting", closedBy(v1alpha1.BillingCurrent, good, v1alpha1.LifecycleDeleting), here, Verdict{ActExplain, PageEnded}},
		{"deleted", closedBy(v1alpha1.BillingCurrent, good, v1alpha1.LifecycleDeleted), nowhere, Verdict{ActExplain, PageEnded}},
		{"its Tenant is on its way out", with(func(t *Tenant) { t.Deleting = true }), here, Verdict{ActExplain, PageEnded}},
		{"nobody has judged it yet", Tenant{Name: "acme"}, nowhere, Verdict{ActExplain, PageSettingUp}},
		{"its status was lost and it runs", Tenant{Name: "acme"}, here, Verdict{Act: ActRoute}},
	}
	for _, c := range cases {
		t.Run(c.name, func(t *testing.T) {
			if got := decide(&c.tenant, c.addr); got != c.want {
				t.Errorf("decide = %+v, want %+v", got, c.want)
			}
		})
	}
}
