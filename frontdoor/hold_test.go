package frontdoor

import (
	"context"
	"errors"
	"io"
	"net/http"
	"strings"
	"testing"
	"time"

	"github.com/grupobizopps/salexops/api/v1alpha1"
)

func (h *house) held(n float64) {
	h.t.Helper()
	eventually(h.t, "the request waits", func() bool {
		return h.value("salexops_frontdoor_held_requests") == n && h.clock.HasWaiters() == (n > 0)
	})
}

func hola(w http.ResponseWriter, r *http.Request) {
	body, _ := io.ReadAll(r.Body)
	_, _ = io.WriteString(w, "hola "+string(body))
}

func TestRequestWaitsAndGoesOn(t *testing.T) {
	h := build(t)
	h.tenant("")
	answer := h.later(h.request("POST", "acme.localhost", "/records", strings.NewReader("name=ñ")))
	h.held(1)
	h.clock.Step(29 * time.Second)
	h.tenant(upstream(t, hola))
	if got := <-answer; got.StatusCode != http.StatusOK || got.body != "hola name=ñ" {
		t.Errorf("%d %q, want the form to have arrived", got.StatusCode, got.body)
	}
	if h.value("salexops_frontdoor_hold_duration_seconds", "result", "answered") != 1 || h.value("salexops_frontdoor_held_requests") != 0 {
		t.Error("the wait was not counted")
	}
}

func TestRequestWaitsNoLongerThanItMay(t *testing.T) {
	h := build(t)
	starting := running("acme")
	starting.Instance = v1alpha1.InstanceStarting
	h.table.SetTenant(starting)
	answer := h.later(h.request("GET", "acme.localhost", "/", nil, "Accept", "text/html"))
	h.held(1)
	h.clock.Step(30 * time.Second)
	got := <-answer
	if got.StatusCode != http.StatusServiceUnavailable || got.Header.Get("Retry-After") != "5" || !strings.Contains(got.body, "está arrancando") || !strings.Contains(got.body, `http-equiv="refresh"`) {
		t.Errorf("%d, Retry-After %q", got.StatusCode, got.Header.Get("Retry-After"))
	}
}

func TestRequestStopsWaitingWhenTheStandingChanges(t *testing.T) {
	h := build(t)
	h.tenant("")
	answer := h.later(h.request("GET", "acme.localhost", "/", nil))
	h.held(1)
	other := running("acme")
	other.Instance = v1alpha1.InstanceStarting
	h.table.SetTenant(other) // still expected: it goes on waiting
	h.held(1)
	stopped := running("acme")
	stopped.Access, stopped.Billing = v1alpha1.AccessClosed, v1alpha1.BillingDisabled
	h.table.SetTenant(stopped)
	if got := <-answer; got.StatusCode != http.StatusPaymentRequired {
		t.Errorf("%d, want the payment page at once", got.StatusCode)
	}
}

func TestRequestStopsWaitingWhenTheTenantGoes(t *testing.T) {
	h := build(t)
	h.tenant("")
	answer := h.later(h.request("GET", "acme.localhost", "/", nil))
	h.held(1)
	h.table.DeleteTenant("acme")
	if got := <-answer; got.StatusCode != http.StatusNotFound {
		t.Errorf("%d, want 404", got.StatusCode)
	}
}

func TestBrowserThatLeavesIsNotWaitedFor(t *testing.T) {
	h := build(t)
	h.tenant("")
	ctx, leave := context.WithCancel(t.Context())
	failed := make(chan error, 1)
	go func() {
		response, err := h.server.Client().Do(h.request("GET", "acme.localhost", "/", nil).WithContext(ctx))
		if err == nil {
			_ = response.Body.Close()
		}
		failed <- err
	}()
	h.held(1)
	leave()
	if err := <-failed; !errors.Is(err, context.Canceled) {
		t.Errorf("the browser got %v", err)
	}
	eventually(t, "nobody waits any more", func() bool {
		return h.value("salexops_frontdoor_held_requests") == 0 &&
			h.value("salexops_frontdoor_requests_total", "outcome", "client-left", "code", "none") == 1
	})
}

func TestTooManyWaiting(t *testing.T) {
	h := build(t) // two may wait
	h.tenant("")
	first := h.later(h.request("GET", "acme.localhost", "/1", nil))
	second := h.later(h.request("GET", "acme.localhost", "/2", nil))
	h.held(2)
	if got := h.do(h.request("GET", "acme.localhost", "/3", nil)); got.StatusCode != http.StatusServiceUnavailable {
		t.Errorf("the third: %d, want a page at once", got.StatusCode)
	}
	if h.value("salexops_frontdoor_hold_overflows_total") != 1 {
		t.Error("the overflow was not counted")
	}
	h.tenant(upstream(t, hola))
	if a, b := <-first, <-second; a.StatusCode != http.StatusOK || b.StatusCode != http.StatusOK {
		t.Errorf("the first two: %d, %d", a.StatusCode, b.StatusCode)
	}
}
