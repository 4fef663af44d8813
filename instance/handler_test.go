package instance_test

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"

	"github.com/grupobizopps/salexops/instance"
	"github.com/grupobizopps/salexops/license"
)

const token = "correct-horse"

// fake is the inside of an instance.
type fake struct {
	accepted  []string
	acceptErr error
	report    instance.Report
	reportErr error
}

func (f *fake) handler() http.Handler {
	return instance.Handler(
		func(_ context.Context, jws []byte) error {
			if f.acceptErr == nil {
				f.accepted = append(f.accepted, string(jws))
			}
			return f.acceptErr
		},
		func(context.Context) (instance.Report, error) { return f.report, f.reportErr },
		func() string { return token },
	)
}

func put(body string, header ...string) *http.Request {
	r := httptest.NewRequestWithContext(context.Background(), http.MethodPut, instance.PathLicence, strings.NewReader(body))
	r.Header.Set("Content-Type", instance.ContentTypeLicence)
	r.Header.Set("Authorization", "Bearer "+token)
	for i := 0; i < len(header); i += 2 {
		r.Header.Set(header[i], header[i+1])
	}
	return r
}

func serve(f *fake, r *http.Request) *httptest.ResponseRecorder {
	w := httptest.NewRecorder()
	f.handler().ServeHTTP(w, r)
	return w
}

func TestHandlerAnswersWithTheReport(t *testing.T) {
	f := &fake{report: busy()}
	w := serve(f, put("a.b.c"))
	if w.Code != http.StatusOK || len(f.accepted) != 1 || f.accepted[0] != "a.b.c" {
		t.Fatalf("status %d, accepted %q", w.Code, f.accepted)
	}
	var got instance.Report
	if err := json.Unmarshal(w.Body.Bytes(), &got); err != nil || got.Serial != 7 || w.Header().Get("Content-Type") != instance.ContentTypeReport {
		t.Errorf("report %+v, %v, %s", got, err, w.Header().Get("Content-Type"))
	}
	etag := w.Header().Get("ETag")
	again := serve(f, put("a.b.c", "If-None-Match", etag))
	if again.Code != http.StatusNotModified || again.Body.Len() != 0 || len(f.accepted) != 2 {
		t.Errorf("unchanged: status %d with %d bytes; the licence is looked at all the same: %d", again.Code, again.Body.Len(), len(f.accepted))
	}
	f.report.Usage.Contacts++
	if changed := serve(f, put("a.b.c", "If-None-Match", etag)); changed.Code != http.StatusOK || changed.Header().Get("ETag") == etag {
		t.Errorf("changed: status %d, tag %s", changed.Code, changed.Header().Get("ETag"))
	}
}

func TestHandlerRefuses(t *testing.T) {
	stale := &license.StaleSerialError{Offered: 6, InForce: 7}
	cases := []struct {
		name    string
		fake    fake
		request *http.Request
		status  int
		words   string
	}{
		{"no token", fake{}, put("a.b.c", "Authorization", ""), 401, "token"},
		{"a wrong token", fake{}, put("a.b.c", "Authorization", "Bearer correct-hors"), 401, "token"},
		{"another scheme", fake{}, put("a.b.c", "Authorization", "Basic "+token), 401, "token"},
		{"another content type", fake{}, put("a.b.c", "Content-Type", "text/plain"), 400, "application/jose"},
		{"too large", fake{}, put(strings.Repeat("A", instance.MaxLicenceBytes+1)), 400, "too large"},
		{"no licence", fake{acceptErr: fmt.Errorf("reading: %w", license.ErrMalformed)}, put("x"), 400, "not a licence"},
		{"algorithm", fake{acceptErr: license.ErrAlgorithm}, put("a.b.c"), 403, "algorithm"},
		{"unknown key", fake{acceptErr: license.ErrUnknownKey}, put("a.b.c"), 403, "not trusted"},
		{"bad signature", fake{acceptErr: license.ErrBadSignature}, put("a.b.c"), 403, "signature"},
		{"issuer", fake{acceptErr: license.ErrWrongIssuer}, put("a.b.c"), 403, "issuer"},
		{"tenant", fake{acceptErr: license.ErrForeignTenant}, put("a.b.c"), 403, "another tenant"},
		{"stale", fake{acceptErr: fmt.Errorf("taking: %w", stale)}, put("a.b.c"), 409, "newer licence"},
		{"not kept", fake{acceptErr: errors.New("open /data/records/secret-path: no space")}, put("a.b.c"), 500, "could not be kept"},
		{"no report", fake{reportErr: errors.New("disk secret-path")}, put("a.b.c"), 500, "report"},
	}
	for _, c := range cases {
		t.Run(c.name, func(t *testing.T) {
			w := serve(&c.fake, c.request)
			if w.Code != c.status || w.Header().Get("Content-Type") != instance.ContentTypeProblem {
				t.Fatalf("status %d %s, want %d", w.Code, w.Header().Get("Content-Type"), c.status)
			}
			var p instance.Problem
			if err := json.Unmarshal(w.Body.Bytes(), &p); err != nil || p.Status != c.status {
				t.Fatalf("problem %+v, %v", p, err)
			}
			if !strings.Contains(p.Title+p.Detail, c.words) || strings.Contains(w.Body.String(), "secret-path") {
				t.Errorf("problem %+v, want it to say %q and nothing of the inside", p, c.words)
			}
			if c.status == 409 && p.SerialInForce != 7 {
				t.Errorf("the serial in force is %d, want 7", p.SerialInForce)
			}
		})
	}
}

func TestHandlerReadsNoBodyBeforeTheToken(t *testing.T) {
	f := &fake{}
	r := put("a.b.c", "Authorization", "Bearer wrong")
	r.Body = unreadable{t}
	serve(f, r)
	if len(f.accepted) != 0 {
		t.Error("a stranger's licence was taken")
	}
}

type unreadable struct{ t *testing.T }

func (u unreadable) Read([]byte) (int, error) {
	u.t.Error("the body of a stranger was read")
	return 0, errors.New("not to be read")
}

func (unreadable) Close() error { return nil }

func TestHandlerWithoutATokenLetsNobodyIn(t *testing.T) {
	h := instance.Handler(
		func(context.Context, []byte) error { t.Error("accepted"); return nil },
		func(context.Context) (instance.Report, error) { return instance.Report{}, nil },
		func() string { return "" })
	w := httptest.NewRecorder()
	h.ServeHTTP(w, put("a.b.c", "Authorization", "Bearer "))
	if w.Code != http.StatusUnauthorized {
		t.Errorf("status %d, want 401", w.Code)
	}
}

func TestHandlerTakesOnlyPut(t *testing.T) {
	r := put("a.b.c")
	r.Method = http.MethodGet
	if w := serve(&fake{}, r); w.Code != http.StatusMethodNotAllowed || w.Header().Get("Allow") != http.MethodPut {
		t.Errorf("status %d, Allow %q", w.Code, w.Header().Get("Allow"))
	}
}
