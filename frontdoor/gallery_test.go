//go:build screens

package frontdoor

import (
	"fmt"
	"net/http"
	"net/http/httptest"
	"os"
	"path/filepath"
	"testing"
)

// TestGallery writes every page to the folder in SCREENS, for a browser to take
// pictures of.
func TestGallery(t *testing.T) {
	dir := os.Getenv("SCREENS")
	if dir == "" {
		t.Fatal("set SCREENS to the folder for the pages")
	}
	pages := NewPages(Contact{BillingURL: "https://pagos.example/acme", Email: "cobranza@salexops.example"})
	tenant := running("acme")
	tenant.PaidThrough = "2027-01-30"
	for kind := range pageKinds {
		for _, language := range []string{"es-MX", "en"} {
			for _, method := range []string{http.MethodGet, http.MethodPost} {
				r := httptest.NewRequestWithContext(t.Context(), method, "http://acme.localhost/records", nil)
				r.Header.Set("Accept", "text/html")
				r.Header.Set("Accept-Language", language)
				shown := tenant
				if kind == PageUnknownHost {
					shown = Tenant{}
				}
				w := httptest.NewRecorder()
				pages.Write(w, r, kind, shown, "k3v9x2q7m4t8r5wz")
				name := fmt.Sprintf("%s-%s-%s.html", kind, language, method)
				if err := os.WriteFile(filepath.Join(dir, name), w.Body.Bytes(), 0o600); err != nil {
					t.Fatal(err)
				}
			}
		}
	}
}
