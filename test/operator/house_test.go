package operator_test

import (
	"context"
	"errors"
	"net/http"
	"net/http/httptest"
	"strings"
	"sync"

	"github.com/grupobizopps/salexops/instance"
	"github.com/grupobizopps/salexops/license"
)

// aHouse is where the instances of all tenants live in these tests: the
// operator's real client talks to the real handler over the loopback interface.
// Which tenant is meant follows from the licence, as every instance has the same
// address here.
type aHouse struct {
	client *instance.Client

	mutex     sync.Mutex
	instances map[string]*anInstance
}

// anInstance is one tenant's.
type anInstance struct {
	server *httptest.Server
	report instance.Report
	token  string
	calls  int
	down   bool
}

func newHouse() *aHouse {
	return &aHouse{client: instance.NewClient(), instances: map[string]*anInstance{}}
}

// open starts an instance for a tenant. token is what the operator must show.
func (h *aHouse) open(tenant, token string) {
	h.mutex.Lock()
	defer h.mutex.Unlock()
	i := &anInstance{token: token, report: instance.Report{Version: "v1.2.3"}}
	accept := func(_ context.Context, jws []byte) error {
		h.mutex.Lock()
		defer h.mutex.Unlock()
		licence, err := (&license.Verifier{Keys: h.keys(), Issuer: license.DefaultIssuer, Tenant: tenant, MinSerial: i.report.Serial}).Verify(string(jws))
		if err != nil {
			return err
		}
		i.report.Serial, i.report.KeyID = licence.Claims.Serial, licence.KeyID
		return nil
	}
	report := func(context.Context) (instance.Report, error) {
		h.mutex.Lock()
		defer h.mutex.Unlock()
		return i.report, nil
	}
	mux := http.NewServeMux()
	mux.Handle(instance.PathLicence, instance.Handler(accept, report, func() string { return i.token }))
	i.server = httptest.NewServer(mux)
	h.instances[tenant] = i
}

// keys are those of the operator's Secret.
func (h *aHouse) keys() *license.TrustedKeys {
	keys, err := readLicenceKeys()
	if err != nil {
		panic(err)
	}
	return keys.TrustedKeys()
}

// change changes what a tenant's instance reports.
func (h *aHouse) change(tenant string, change func(*anInstance)) {
	h.mutex.Lock()
	defer h.mutex.Unlock()
	change(h.instances[tenant])
}

func (h *aHouse) look(tenant string) anInstance {
	h.mutex.Lock()
	defer h.mutex.Unlock()
	if i := h.instances[tenant]; i != nil {
		return *i
	}
	return anInstance{}
}

// Exchange carries an exchange to the instance of the tenant that the licence
// names.
func (h *aHouse) Exchange(ctx context.Context, _, token, jws, etag string) (instance.Report, string, bool, error) {
	h.mutex.Lock()
	i := h.instances[tenantOf(jws)]
	if i != nil {
		i.calls++
	}
	h.mutex.Unlock()
	if i == nil || i.down {
		return instance.Report{}, "", false, errors.Join(instance.ErrUnreachable)
	}
	return h.client.Exchange(ctx, strings.TrimPrefix(i.server.URL, "http://"), token, jws, etag)
}
