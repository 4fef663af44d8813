package frontdoor

import (
	"crypto/sha256"
	"encoding/base64"
	"encoding/json"
	"net/http"
	"net/http/httptest"
	"regexp"
	"strings"
	"testing"
)

var everyContact = Contact{BillingURL: "https://pagos.example/acme", Email: "cobranza@salexops.example"}

func show(t *testing.T, kind PageKind, tenant Tenant, method string, header ...string) *httptest.ResponseRecorder {
	t.Helper()
	r := httptest.NewRequestWithContext(t.Context(), method, "http://acme.localhost/records?q=secreto", nil)
	r.Header.Set("Accept", "text/html,application/xhtml+xml")
	for i := 0; i < len(header); i += 2 {
		r.Header.Set(header[i], header[i+1])
	}
	w := httptest.NewRecorder()
	NewPages(everyContact).Write(w, r, kind, tenant, "k3v9x2q7m4t8r5wz")
	return w
}

func TestEveryPage(t *testing.T) {
	tenant := running("acme")
	tenant.PaidThrough = "2027-01-30"
	cases := []struct {
		kind      PageKind
		status    int
		retry     string
		refreshes bool
		es, en    string
	}{
		{PageUnknownHost, 404, "", false, "La dirección acme.localhost no pertenece a ninguna cuenta.", "doesn’t belong to any account"},
		{PagePending, 503, "60", false, "El CRM de Ferretería Acme todavía no está abierto", "isn’t open yet"},
		{PageSettingUp, 503, "5", true, "Estamos preparando el CRM de Ferretería Acme", "We’re setting up the CRM of Ferretería Acme"},
		{PageStarting, 503, "5", true, "El CRM de Ferretería Acme está arrancando", "is starting"},
		{PagePayment, 402, "", false, "Está pagado hasta el 30 de enero de 2027", "paid through 30 January 2027"},
		{PagePaymentNotice, 402, "", false, "Un pago antes de esa fecha lo evita", "A payment before that date prevents it"},
		{PagePaymentPurged, 402, "", false, "Los documentos se borraron", "The documents were deleted"},
		{PageSuspended, 403, "", false, "La cuenta de Ferretería Acme está suspendida", "is suspended"},
		{PageEnded, 410, "", false, "El contrato de Ferretería Acme terminó", "has ended"},
		{PageUnreachable, 502, "15", true, "No pudimos llegar al CRM de Ferretería Acme", "We couldn’t reach"},
	}
	if len(cases) != int(pageKinds) {
		t.Fatalf("%d pages are tested, there are %d", len(cases), pageKinds)
	}
	for _, c := range cases {
		t.Run(c.kind.String(), func(t *testing.T) {
			for language, words := range map[string]string{"es": c.es, "en": c.en} {
				w := show(t, c.kind, tenant, http.MethodGet, "Accept-Language", language)
				body := w.Body.String()
				if w.Code != c.status || w.Header().Get("Retry-After") != c.retry || w.Header().Get("Content-Language") != language {
					t.Errorf("%d, Retry-After %q, language %q", w.Code, w.Header().Get("Retry-After"), w.Header().Get("Content-Language"))
				}
				if !strings.Contains(body, words) || !strings.Contains(body, `<html lang="`+language+`">`) {
					t.Errorf("the page in %s does not say %q", language, words)
				}
				if strings.Contains(body, `http-equiv="refresh"`) != c.refreshes {
					t.Errorf("refreshes by itself: want %v", c.refreshes)
				}
				if !strings.Contains(body, "k3v9x2q7m4t8r5wz") || w.Header().Get("X-Request-Id") != "k3v9x2q7m4t8r5wz" {
					t.Error("the page does not give its id")
				}
				if regexp.MustCompile(`[{}]`).MatchString(regexp.MustCompile(`(?s)<style>.*</style>`).ReplaceAllString(body, "")) || strings.Contains(body, "ZgotmplZ") {
					t.Error("a placeholder was left")
				}
				if strings.Contains(body, "secreto") || w.Header().Get("Cache-Control") != "no-store" {
					t.Error("the page shows the query or may be kept")
				}
			}
		})
	}
}

func TestPolicyAllowsTheStyleAndNothingElse(t *testing.T) {
	w := show(t, PagePayment, running("acme"), http.MethodGet)
	policy := w.Header().Get("Content-Security-Policy")
	sheet := regexp.MustCompile(`(?s)<style>(.*?)</style>`).FindStringSubmatch(w.Body.String())
	if sheet == nil {
		t.Fatal("no style")
	}
	sum := sha256.Sum256([]byte(sheet[1]))
	if !strings.Contains(policy, "style-src 'sha256-"+base64.StdEncoding.EncodeToString(sum[:])+"'") {
		t.Errorf("the policy %q does not name the style that is sent", policy)
	}
	if !strings.HasPrefix(policy, "default-src 'none'") || strings.Contains(policy, "unsafe") || strings.Contains(policy, "http") {
		t.Errorf("the policy allows more than it must: %q", policy)
	}
	for _, forbidden := range []string{"<script", " style=", " onclick=", "src=\"http", "@import"} {
		if strings.Contains(w.Body.String(), forbidden) {
			t.Errorf("the page contains %q", forbidden)
		}
	}
	if size := w.Body.Len(); size > 40<<10 {
		t.Errorf("the page has %d bytes, at most 40 KiB are wanted", size)
	}
}

func TestPageEscapesWhatStrangersChoose(t *testing.T) {
	tenant := running("acme")
	tenant.DisplayName = `<script>alert(1)</script>`
	body := show(t, PageStarting, tenant, http.MethodGet).Body.String()
	if strings.Contains(body, "<script") || !strings.Contains(body, "&lt;script&gt;") {
		t.Error("the company's name is not escaped")
	}
	r := httptest.NewRequestWithContext(t.Context(), http.MethodGet, "http://x/", nil)
	r.Host = `"><img src=x>` + strings.Repeat("a", 500)
	r.Header.Set("Accept", "text/html")
	w := httptest.NewRecorder()
	NewPages(Contact{}).Write(w, r, PageUnknownHost, Tenant{}, "id")
	if strings.Contains(w.Body.String(), "<img") || strings.Contains(w.Body.String(), strings.Repeat("a", 200)) {
		t.Error("the host is not escaped, or not cut")
	}
}

func TestProgramsGetAProblem(t *testing.T) {
	for _, accept := range []string{"", "*/*", "application/json"} {
		w := show(t, PagePayment, running("acme"), http.MethodGet, "Accept", accept, "Accept-Language", "en")
		var problem map[string]any
		if err := json.Unmarshal(w.Body.Bytes(), &problem); err != nil {
			t.Fatalf("%q: %v", accept, err)
		}
		if w.Code != 402 || w.Header().Get("Content-Type") != "application/problem+json" || problem["reason"] != "payment" || problem["requestId"] != "k3v9x2q7m4t8r5wz" {
			t.Errorf("%q: %d %s %v", accept, w.Code, w.Header().Get("Content-Type"), problem)
		}
	}
}

func TestHeadHasNoBody(t *testing.T) {
	w := show(t, PageStarting, running("acme"), http.MethodHead)
	if w.Body.Len() != 0 || w.Header().Get("Content-Length") == "0" || w.Code != 503 {
		t.Errorf("%d bytes, length %s, status %d", w.Body.Len(), w.Header().Get("Content-Length"), w.Code)
	}
}

func TestFormThatWasNotTakenIsNotReplaced(t *testing.T) {
	w := show(t, PageUnreachable, running("acme"), http.MethodPost)
	body := w.Body.String()
	if strings.Contains(body, `http-equiv="refresh"`) || strings.Contains(body, "Volver a intentar") || !strings.Contains(body, "no se guardó. Regresa") {
		t.Error("a page in answer to a form loads another in its place")
	}
	if body := show(t, PagePayment, running("acme"), http.MethodPost).Body.String(); !strings.Contains(body, "no se guardó.") || strings.Contains(body, "Regresa") {
		t.Error("the payment page says that sending again helps, or nothing at all")
	}
}

func TestPaymentPageSaysHowToPay(t *testing.T) {
	full := show(t, PagePayment, running("acme"), http.MethodGet).Body.String()
	if !strings.Contains(full, `href="https://pagos.example/acme"`) || !strings.Contains(full, `href="mailto:cobranza@salexops.example"`) {
		t.Error("the payment page does not lead to the payment or the address")
	}
	if !strings.Contains(full, "El periodo pagado terminó") || strings.Contains(full, "hasta el  ") {
		t.Error("without a date the page must not leave a hole")
	}
	r := httptest.NewRequestWithContext(t.Context(), http.MethodGet, "http://acme.localhost/", nil)
	r.Header.Set("Accept", "text/html")
	w := httptest.NewRecorder()
	NewPages(Contact{}).Write(w, r, PagePayment, running("acme"), "id")
	if bare := w.Body.String(); strings.Contains(bare, `class="button"`) || strings.Contains(bare, "mailto:") || !strings.Contains(bare, "Haz el pago") {
		t.Error("without contacts the page promises a button, or says nothing")
	}
}
