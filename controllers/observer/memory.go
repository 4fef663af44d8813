package observer

import "sync"

// memory is what the observer knows between two exchanges. Losing it costs one
// full report and one read of a Secret a tenant.
type memory struct {
	mutex   sync.Mutex
	tenants map[string]remembered
}

type remembered struct {
	// address and etag of the last report that was saved.
	address, etag string
	// token and the version of the Secret it was read from.
	token, version string
}

func newMemory() *memory { return &memory{tenants: map[string]remembered{}} }

// etag returns the tag of the last report from this address; another address is
// another process.
func (m *memory) etag(tenant, address string) string {
	m.mutex.Lock()
	defer m.mutex.Unlock()
	if known := m.tenants[tenant]; known.address == address {
		return known.etag
	}
	return ""
}

func (m *memory) token(tenant, version string) (string, bool) {
	m.mutex.Lock()
	defer m.mutex.Unlock()
	known := m.tenants[tenant]
	return known.token, known.token != "" && known.version == version
}

func (m *memory) change(tenant string, change func(*remembered)) {
	m.mutex.Lock()
	defer m.mutex.Unlock()
	known := m.tenants[tenant]
	change(&known)
	m.tenants[tenant] = known
}

func (m *memory) remember(tenant, address, etag string) {
	m.change(tenant, func(known *remembered) { known.address, known.etag = address, etag })
}

func (m *memory) rememberToken(tenant, token, version string) {
	m.change(tenant, func(known *remembered) { known.token, known.version = token, version })
}

func (m *memory) forgetReport(tenant string) {
	m.change(tenant, func(known *remembered) { known.etag = "" })
}

func (m *memory) forgetToken(tenant string) {
	m.change(tenant, func(known *remembered) { known.token = "" })
}

func (m *memory) forget(tenant string) {
	m.mutex.Lock()
	defer m.mutex.Unlock()
	delete(m.tenants, tenant)
}
