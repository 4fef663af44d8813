package frontdoor

import (
	"hash/maphash"
	"maps"
	"sync"
	"sync/atomic"
)

// View is what is known of one host at one moment. It never changes; when the
// tenant or its endpoint does, another View takes its place and Changed is
// closed.
type View struct {
	Tenant Tenant
	// Addr is where the instance answers, "10.0.0.7:8080"; empty while it does
	// not.
	Addr    string
	changed chan struct{}
}

// Changed is closed when the view is out of date: look the host up again.
func (v *View) Changed() <-chan struct{} { return v.changed }

// shards keeps an update cheap among ten thousand hosts: it copies one map of
// some forty entries.
const shards = 256

// Table maps hosts to tenants. Lookup takes no lock; updates copy on write.
type Table struct {
	seed    maphash.Seed
	current [shards]atomic.Pointer[map[string]*View]

	mu        sync.Mutex
	tenants   map[string]Tenant              // by name
	claims    map[string]map[string]struct{} // host → names of the tenants that claim it
	endpoints map[string]map[string]string   // namespace → slice → address
}

// NewTable returns an empty table.
func NewTable() *Table {
	t := &Table{
		seed:      maphash.MakeSeed(),
		tenants:   map[string]Tenant{},
		claims:    map[string]map[string]struct{}{},
		endpoints: map[string]map[string]string{},
	}
	for i := range t.current {
		t.current[i].Store(&map[string]*View{})
	}
	return t
}

// Lookup finds the tenant that a Host header means.
func (t *Table) Lookup(host string) (*View, bool) {
	view, ok := (*t.shard(canonicalHost(host)).Load())[canonicalHost(host)]
	return view, ok
}

// Len is the number of hosts that lead to a tenant.
func (t *Table) Len() int {
	n := 0
	for i := range t.current {
		n += len(*t.current[i].Load())
	}
	return n
}

// SetTenant adds a tenant or replaces what is known of it.
func (t *Table) SetTenant(tenant Tenant) {
	t.mu.Lock()
	defer t.mu.Unlock()
	old, known := t.tenants[tenant.Name]
	if known && old == tenant {
		return
	}
	t.tenants[tenant.Name] = tenant
	if known && old.Host != tenant.Host {
		t.unclaim(old)
	}
	names := t.claims[tenant.Host]
	if names == nil {
		names = map[string]struct{}{}
		t.claims[tenant.Host] = names
	}
	names[tenant.Name] = struct{}{}
	t.publish(tenant.Host)
}

// DeleteTenant forgets a tenant; a younger one that claimed its host gets it.
func (t *Table) DeleteTenant(name string) {
	t.mu.Lock()
	defer t.mu.Unlock()
	if old, known := t.tenants[name]; known {
		delete(t.tenants, name)
		t.unclaim(old)
	}
}

// SetEndpoint says where the instance in a namespace answers according to one
// EndpointSlice; an empty address takes that slice's word back.
func (t *Table) SetEndpoint(namespace, slice, addr string) {
	t.mu.Lock()
	defer t.mu.Unlock()
	slices := t.endpoints[namespace]
	if slices[slice] == addr {
		return
	}
	switch {
	case addr == "":
		delete(slices, slice)
		if len(slices) == 0 {
			delete(t.endpoints, namespace)
		}
	case slices == nil:
		t.endpoints[namespace] = map[string]string{slice: addr}
	default:
		slices[slice] = addr
	}
	if tenant, known := t.tenants[tenantOfNamespace(namespace)]; known {
		t.publish(tenant.Host)
	}
}

// unclaim takes back a tenant's claim to its host.
func (t *Table) unclaim(tenant Tenant) {
	names := t.claims[tenant.Host]
	delete(names, tenant.Name)
	if len(names) == 0 {
		delete(t.claims, tenant.Host)
	}
	t.publish(tenant.Host)
}

// publish puts the host's present state in place of the one before and tells
// whoever waits.
func (t *Table) publish(host string) {
	shard := t.shard(host)
	old := *shard.Load()
	before, had := old[host]
	owner, owned := t.owner(host)
	if !had && !owned {
		return
	}
	addr := t.address(namespacePrefix + owner.Name)
	if had && owned && before.Tenant == owner && before.Addr == addr {
		return
	}
	next := maps.Clone(old)
	if owned {
		next[host] = &View{Tenant: owner, Addr: addr, changed: make(chan struct{})}
	} else {
		delete(next, host)
	}
	shard.Store(&next)
	if had {
		close(before.changed)
	}
}

// owner is the tenant among those that claim the host that keeps it.
func (t *Table) owner(host string) (Tenant, bool) {
	var owner Tenant
	found := false
	for name := range t.claims[host] {
		if tenant := t.tenants[name]; !found || tenant.before(&owner) {
			owner, found = tenant, true
		}
	}
	return owner, found
}

// address is where the instance answers. A StatefulSet of one has one address;
// should two slices name different ones for a moment, the choice is stable.
func (t *Table) address(namespace string) string {
	best := ""
	for _, addr := range t.endpoints[namespace] {
		if best == "" || addr < best {
			best = addr
		}
	}
	return best
}

func (t *Table) shard(host string) *atomic.Pointer[map[string]*View] {
	return &t.current[maphash.String(t.seed, host)%shards]
}
