package frontdoor

import (
	"fmt"
	"sync"
	"testing"

	"pgregory.net/rapid"

	"github.com/grupobizopps/salexops/api/v1alpha1"
)

func running(name string) Tenant {
	return Tenant{Name: name, DisplayName: "Ferretería Acme", Host: name + ".localhost", Created: 1000, Known: true,
		Billing: v1alpha1.BillingCurrent, Conduct: v1alpha1.ConductGood, Lifecycle: v1alpha1.LifecycleActive,
		Access: v1alpha1.AccessOpen, Instance: v1alpha1.InstanceRunning}
}

func nameAt(t *Table, host string) string {
	view, ok := t.Lookup(host)
	if !ok {
		return ""
	}
	return view.Tenant.Name
}

func addrAt(t *Table, host string) string {
	view, ok := t.Lookup(host)
	if !ok {
		return ""
	}
	return view.Addr
}

func isClosed(c <-chan struct{}) bool {
	select {
	case <-c:
		return true
	default:
		return false
	}
}

func TestLookupIgnoresCasePortAndDot(t *testing.T) {
	table := NewTable()
	table.SetTenant(running("acme"))
	for _, host := range []string{"acme.localhost", "ACME.localhost:8080", "acme.localhost.", "Acme.Localhost.:80"} {
		if nameAt(table, host) != "acme" {
			t.Errorf("%q does not lead to acme", host)
		}
	}
	for _, host := range []string{"", "localhost", "globex.localhost", "acme.localhost.evil.example"} {
		if got := nameAt(table, host); got != "" {
			t.Errorf("%q leads to %q", host, got)
		}
	}
}

func TestOlderTenantKeepsAHost(t *testing.T) {
	claim := func(name string, created int64) Tenant {
		tenant := running(name)
		tenant.Host, tenant.Created = "shop.example", created
		return tenant
	}
	table := NewTable()
	table.SetTenant(claim("young", 300))
	table.SetTenant(claim("old", 100))
	table.SetTenant(claim("twin-of-old", 100))
	if got := nameAt(table, "shop.example"); got != "old" {
		t.Fatalf("the host leads to %q, want the oldest, then the first by name", got)
	}
	table.DeleteTenant("old")
	if got := nameAt(table, "shop.example"); got != "twin-of-old" {
		t.Fatalf("after the oldest left the host leads to %q", got)
	}
	moved := claim("twin-of-old", 100)
	moved.Host = "elsewhere.example"
	table.SetTenant(moved)
	if nameAt(table, "shop.example") != "young" || nameAt(table, "elsewhere.example") != "twin-of-old" {
		t.Errorf("after a move: %q, %q", nameAt(table, "shop.example"), nameAt(table, "elsewhere.example"))
	}
	table.DeleteTenant("young")
	if _, ok := table.Lookup("shop.example"); ok || table.Len() != 1 {
		t.Errorf("a host that nobody claims is still known, %d in all", table.Len())
	}
}

func TestEndpointsOfANamespaceBelongToItsTenant(t *testing.T) {
	table := NewTable()
	table.SetEndpoint("crm-acme", "crm-x1", "10.0.0.7:8080") // known before its tenant
	table.SetTenant(running("acme"))
	table.SetTenant(running("globex"))
	table.SetEndpoint("kube-system", "crm-x1", "10.0.0.9:8080")
	if addrAt(table, "acme.localhost") != "10.0.0.7:8080" || addrAt(table, "globex.localhost") != "" {
		t.Fatalf("acme at %q, globex at %q", addrAt(table, "acme.localhost"), addrAt(table, "globex.localhost"))
	}
	table.SetEndpoint("crm-acme", "crm-x2", "10.0.0.8:8080")
	table.SetEndpoint("crm-acme", "crm-x1", "")
	if got := addrAt(table, "acme.localhost"); got != "10.0.0.8:8080" {
		t.Errorf("acme at %q after its pod moved", got)
	}
	table.SetEndpoint("crm-acme", "crm-x2", "")
	if got := addrAt(table, "acme.localhost"); got != "" {
		t.Errorf("acme at %q after its pod stopped", got)
	}
}

func TestChangedTellsWhoWaits(t *testing.T) {
	table := NewTable()
	table.SetTenant(running("acme"))
	view, _ := table.Lookup("acme.localhost")

	table.SetTenant(running("acme"))
	table.SetTenant(running("globex"))
	table.SetEndpoint("crm-globex", "s", "10.0.0.9:8080")
	if isClosed(view.Changed()) {
		t.Fatal("nothing of acme changed, and its waiters were woken")
	}
	table.SetEndpoint("crm-acme", "s", "10.0.0.7:8080")
	if !isClosed(view.Changed()) {
		t.Fatal("acme answers, and its waiters were not woken")
	}
	view, _ = table.Lookup("acme.localhost")
	table.SetEndpoint("crm-acme", "s", "10.0.0.7:8080")
	if isClosed(view.Changed()) {
		t.Fatal("the same endpoint again woke the waiters")
	}
	table.DeleteTenant("acme")
	if !isClosed(view.Changed()) {
		t.Fatal("acme is gone, and its waiters were not woken")
	}
}

// The table after any history is the one that its last facts alone would give.
func TestTableDependsOnTheLastFactsAlone(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		table := NewTable()
		tenants, endpoints := map[string]Tenant{}, map[string]string{}
		names := rapid.SampledFrom([]string{"a", "b", "c", "d"})
		for range rapid.IntRange(0, 40).Draw(t, "steps") {
			name := names.Draw(t, "name")
			switch rapid.IntRange(0, 3).Draw(t, "step") {
			case 0, 1:
				tenant := running(name)
				tenant.Host = rapid.SampledFrom([]string{"x", "y", "z"}).Draw(t, "host")
				tenant.Created = rapid.Int64Range(1, 2).Draw(t, "created")
				tenants[name] = tenant
				table.SetTenant(tenant)
			case 2:
				delete(tenants, name)
				table.DeleteTenant(name)
			case 3:
				addr := rapid.SampledFrom([]string{"", "10.0.0.1:8080", "10.0.0.2:8080"}).Draw(t, "addr")
				endpoints[name] = addr
				table.SetEndpoint("crm-"+name, "s", addr)
			}
		}
		for _, host := range []string{"x", "y", "z"} {
			var want Tenant
			found := false
			for _, tenant := range tenants {
				if tenant.Host == host && (!found || tenant.before(&want)) {
					want, found = tenant, true
				}
			}
			view, ok := table.Lookup(host)
			if ok != found || (ok && (view.Tenant != want || view.Addr != endpoints[want.Name])) {
				t.Fatalf("host %s: %+v, want %+v at %q", host, view, want, endpoints[want.Name])
			}
		}
	})
}

func TestLookupsDuringUpdates(t *testing.T) {
	table := NewTable()
	table.SetTenant(running("acme"))
	var readers sync.WaitGroup
	for range 4 {
		readers.Go(func() {
			for range 2000 {
				if nameAt(table, "acme.localhost") != "acme" {
					t.Error("acme was away for a moment")
					return
				}
			}
		})
	}
	for i := range 500 {
		table.SetTenant(running(fmt.Sprintf("t%d", i)))
		table.SetEndpoint("crm-acme", "s", fmt.Sprintf("10.0.0.%d:8080", i%250))
	}
	readers.Wait()
	if table.Len() != 501 {
		t.Errorf("%d hosts, want 501", table.Len())
	}
}

func BenchmarkUpdateAmongTenThousand(b *testing.B) {
	table := NewTable()
	for i := range 10_000 {
		table.SetTenant(running(fmt.Sprintf("t%d", i)))
	}
	for i := 0; b.Loop(); i++ {
		table.SetEndpoint("crm-t77", "s", fmt.Sprintf("10.0.0.%d:8080", i%250))
	}
}
