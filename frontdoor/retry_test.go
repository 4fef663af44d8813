package frontdoor

import (
	"net/http"
	"strings"
	"testing"
	"time"

	"github.com/grupobizopps/salexops/api/v1alpha1"
)

// refused waits until the request has met a refused connection and waits for
// news.
func (h *house) refused() {
	h.t.Helper()
	eventually(h.t, "the connection was refused", func() bool {
		return h.value("salexops_frontdoor_upstream_errors_total", "kind", "refused") == 1 && h.clock.HasWaiters()
	})
}

func TestRefusedConnectionIsTriedAgainWhereTheInstanceIsNow(t *testing.T) {
	for _, method := range []string{"GET", "POST"} {
		t.Run(method, func(t *testing.T) {
			h := build(t)
			h.tenant(nobody(t))
			answer := h.later(h.request(method, "acme.localhost", "/", strings.NewReader("name=ñ")))
			h.refused()
			h.tenant(upstream(t, hola))
			if got := <-answer; got.StatusCode != http.StatusOK || got.body != "hola name=ñ" {
				t.Errorf("%d %q, want the whole request at the new instance", got.StatusCode, got.body)
			}
			eventually(t, "the second try is logged", func() bool { return strings.Contains(h.log.String(), `"retried":true`) })
		})
	}
}

func TestRefusedConnectionWaitsForAnInstanceThatRestarts(t *testing.T) {
	h := build(t)
	h.tenant(nobody(t))
	answer := h.later(h.request("GET", "acme.localhost", "/", nil))
	h.refused()
	h.tenant("") // the kubelet has noticed
	h.held(1)
	h.tenant(upstream(t, hola))
	if got := <-answer; got.StatusCode != http.StatusOK {
		t.Errorf("%d, want 200", got.StatusCode)
	}
}

func TestRefusedConnectionIsTriedAgainOnce(t *testing.T) {
	h := build(t)
	h.tenant(nobody(t))
	answer := h.later(h.request("GET", "acme.localhost", "/", nil, "Accept", "text/html"))
	h.refused()
	h.clock.Step(secondLook)
	got := <-answer
	if got.StatusCode != http.StatusBadGateway || !strings.Contains(got.body, got.Header.Get("X-Request-Id")) {
		t.Errorf("%d, want the page that says so, with its id", got.StatusCode)
	}
	if h.value("salexops_frontdoor_upstream_errors_total", "kind", "connect") != 1 {
		t.Error("the failure was not counted")
	}
}

func TestRefusedConnectionOfATenantThatWasStopped(t *testing.T) {
	h := build(t)
	h.tenant(nobody(t))
	answer := h.later(h.request("GET", "acme.localhost", "/", nil))
	h.refused()
	stopped := running("acme")
	stopped.Access, stopped.Billing = v1alpha1.AccessClosed, v1alpha1.BillingDisabled
	h.table.SetTenant(stopped)
	if got := <-answer; got.StatusCode != http.StatusPaymentRequired {
		t.Errorf("%d, want the payment page", got.StatusCode)
	}
}

func TestSentRequestIsNotSentAgain(t *testing.T) {
	h := build(t)
	arrivals := make(chan struct{}, 4)
	h.tenant(upstream(t, func(http.ResponseWriter, *http.Request) {
		arrivals <- struct{}{}
		panic(http.ErrAbortHandler)
	}))
	if got := h.do(h.request("POST", "acme.localhost", "/records", strings.NewReader("name=x"))); got.StatusCode != http.StatusBadGateway {
		t.Errorf("%d, want 502", got.StatusCode)
	}
	if len(arrivals) != 1 {
		t.Errorf("a form arrived %d times", len(arrivals))
	}
}

func TestPatienceCountsFromTheArrivalOfTheRequest(t *testing.T) {
	h := build(t)
	h.tenant(nobody(t))
	answer := h.later(h.request("GET", "acme.localhost", "/", nil))
	h.refused()
	h.clock.Step(time.Second)
	h.tenant("")
	h.held(1)
	h.clock.Step(29 * time.Second)
	if got := <-answer; got.StatusCode != http.StatusServiceUnavailable {
		t.Errorf("%d after 30 s in all, want the page", got.StatusCode)
	}
}
