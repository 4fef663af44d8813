package serve

import (
	"encoding/json"
	"net/http"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/grupobizopps/salexops/instance"
	"github.com/grupobizopps/salexops/license"
)

// exchange sends a licence as the operator does.
func (h *house) exchange(licence, token string) reply {
	h.t.Helper()
	return h.ask(http.MethodPut, "http://"+h.running.PrivateAddr().String()+instance.PathLicence, licence, map[string]string{
		"Content-Type": instance.ContentTypeLicence, "Authorization": "Bearer " + token,
	})
}

func (h *house) mustExchange(licence string) instance.Report {
	h.t.Helper()
	answer := h.exchange(licence, exchangeSecret)
	if answer.status != http.StatusOK {
		h.t.Fatalf("exchange: %d %s", answer.status, answer.body)
	}
	var report instance.Report
	if err := json.Unmarshal([]byte(answer.body), &report); err != nil {
		h.t.Fatal(err)
	}
	if err := report.Validate(); err != nil {
		h.t.Fatalf("the report is not one: %v", err)
	}
	return report
}

func (h *house) storedLicence() string {
	h.t.Helper()
	text, err := os.ReadFile(filepath.Join(h.config.Records, licenceFile))
	if err != nil {
		h.t.Fatal(err)
	}
	return string(text)
}

func TestExchangeAnswersWithTheReport(t *testing.T) {
	h := newHouse(t)
	licence := h.issue(3, nil)
	h.mount("licence/"+licenceFile, licence)
	h.start()
	report := h.mustExchange(licence)
	if report.Serial != 3 || report.KeyID != h.keys.KeyID() || report.Version != "v1.2.3" || report.Usage.Users != 1 ||
		report.Usage.RecordsBytes == 0 || report.OwnerPasswordChanged {
		t.Errorf("report: %+v", report)
	}
	answer := h.exchange(licence, exchangeSecret)
	again := h.ask(http.MethodPut, "http://"+h.running.PrivateAddr().String()+instance.PathLicence, licence, map[string]string{
		"Content-Type": instance.ContentTypeLicence, "Authorization": "Bearer " + exchangeSecret, "If-None-Match": answer.header.Get("ETag"),
	})
	if again.status != http.StatusNotModified || again.body != "" {
		t.Errorf("the same again: %d %q", again.status, again.body)
	}
}

func TestRefusedLicenceLeavesTheOneInForce(t *testing.T) {
	h := newHouse(t)
	good := h.issue(5, nil)
	h.mount("licence/"+licenceFile, good)
	h.start()
	strangers, err := license.GenerateKeySet()
	if err != nil {
		t.Fatal(err)
	}
	own := h.keys
	h.keys = strangers
	foreignKey := h.issue(6, nil)
	h.keys = own
	newer := h.issue(6, nil)
	at := strings.Index(newer, ".") + 20
	changed := newer[:at] + map[bool]string{true: "B", false: "A"}[newer[at] == 'A'] + newer[at+1:]
	for _, test := range []struct {
		name, licence, token string
		want                 int
	}{
		{"a changed byte", changed, exchangeSecret, http.StatusForbidden},
		{"a foreign tenant's", h.issue(6, func(c *license.Claims) { c.Tenant = "globex" }), exchangeSecret, http.StatusForbidden},
		{"another issuer's", h.issue(6, func(c *license.Claims) { c.Issuer = "other" }), exchangeSecret, http.StatusForbidden},
		{"signed with an unknown key", foreignKey, exchangeSecret, http.StatusForbidden},
		{"a stale serial", h.issue(4, nil), exchangeSecret, http.StatusConflict},
		{"the same serial with more seats", h.issue(5, func(c *license.Claims) { c.Seats = 99 }), exchangeSecret, http.StatusConflict},
		{"not a licence", "hello", exchangeSecret, http.StatusBadRequest},
		{"too large", strings.Repeat("x", instance.MaxLicenceBytes+1), exchangeSecret, http.StatusBadRequest},
		{"a wrong token", newer, "wrong", http.StatusUnauthorized},
		{"no token", newer, "", http.StatusUnauthorized},
	} {
		if got := h.exchange(test.licence, test.token); got.status != test.want {
			t.Errorf("%s: %d %s, want %d", test.name, got.status, got.body, test.want)
		}
		rights := h.running.licences.Rights()
		if rights.Serial != 5 || !rights.Valid || rights.Seats != 10 || h.storedLicence() != good {
			t.Errorf("%s: the licence in force is now %+v", test.name, rights)
		}
	}
	if report := h.mustExchange(newer); report.Serial != 6 {
		t.Errorf("a good one afterwards: %+v", report)
	}
}

func TestNewestLicenceSurvivesARestart(t *testing.T) {
	h := newHouse(t)
	old, newer := h.issue(1, nil), h.issue(2, func(c *license.Claims) { c.Seats = 7 })
	h.mount("licence/"+licenceFile, old)
	h.start()
	h.mustExchange(newer)
	h.stop()
	h.start() // the Secret still has the old one
	if rights := h.running.licences.Rights(); rights.Serial != 2 || rights.Seats != 7 {
		t.Errorf("after a restart: %+v", rights)
	}
	h.stop()
	h.mount("licence/"+licenceFile, h.issue(3, nil))
	h.start()
	if rights := h.running.licences.Rights(); rights.Serial != 3 || !strings.HasPrefix(h.storedLicence(), "ey") {
		t.Errorf("with a newer one mounted: %+v", rights)
	}
	h.stop()
	for _, damaged := range []string{"", "half a lic", h.issue(9, func(c *license.Claims) { c.Tenant = "globex" })} {
		if err := os.WriteFile(filepath.Join(h.config.Records, licenceFile), []byte(damaged), 0o600); err != nil {
			t.Fatal(err)
		}
		h.start()
		if rights := h.running.licences.Rights(); rights.Serial != 3 || !rights.Valid {
			t.Errorf("with a damaged stored licence: %+v", rights)
		}
		h.stop()
	}
}

func TestInstanceWithoutALicenceOnlySaysWhy(t *testing.T) {
	h := newHouse(t)
	h.start()
	if rights := h.running.licences.Rights(); rights.Valid || rights.Problem != problemMissing {
		t.Errorf("rights: %+v", rights)
	}
	if got := h.private(instance.PathReadyz); got.status != http.StatusOK {
		t.Errorf("ready: %d", got.status)
	}
	if got := h.public("/contacts"); !got.closed() {
		t.Errorf("a page: %d\n%s", got.status, got.body)
	}
	h.mustExchange(h.issue(1, nil))
	if got := h.public("/contacts"); !got.redirects() {
		t.Errorf("with a licence the page answers %d, want a way to the sign-in", got.status)
	}
}

func TestLicenceHoldsForItsTime(t *testing.T) {
	h := newHouse(t)
	h.mount("licence/"+licenceFile, h.issue(1, func(c *license.Claims) {
		c.ValidFrom, c.ValidUntil = h.now().Add(time.Hour), h.now().Add(3*time.Hour)
	}))
	h.start()
	for _, want := range []string{"not-yet", "", "", "expired"} {
		if rights := h.running.licences.Rights(); rights.Problem != want || rights.Valid != (want == "") || rights.Name != "Ferretería Acme" {
			t.Errorf("at %v: %+v, want %q", h.now(), rights, want)
		}
		h.advance(time.Hour)
	}
	if got := h.public("/contacts"); !got.closed() {
		t.Errorf("a page after the end: %d", got.status)
	}
	h.mustExchange(h.issue(2, nil))
	if rights := h.running.licences.Rights(); !rights.Valid {
		t.Errorf("renewed: %+v", rights)
	}
}

func TestKeysAreReadAnewWhenTheyRotate(t *testing.T) {
	h := newHouse(t)
	h.mount("licence/"+licenceFile, h.issue(1, nil))
	h.start()
	rotated, err := h.keys.Rotate()
	if err != nil {
		t.Fatal(err)
	}
	h.keys = rotated
	if got := h.exchange(h.issue(2, nil), exchangeSecret); got.status != http.StatusForbidden {
		t.Errorf("signed with a key that is not mounted yet: %d", got.status)
	}
	trusted, err := rotated.TrustedKeys().MarshalJSON()
	if err != nil {
		t.Fatal(err)
	}
	h.mount("licence/"+trustedKeysFile, string(trusted))
	h.mount("keys/"+tokenFile, "another token")
	if got := h.exchange(h.issue(2, nil), "another token"); got.status != http.StatusOK {
		t.Errorf("after the rotation: %d %s", got.status, got.body)
	}
}

func TestRightsSayWhatTheClaimsGrant(t *testing.T) {
	claims := &license.Claims{
		Tenant: "globex", Plan: "free", Tier: license.TierFree, Access: license.AccessExportOnly, Serial: 4, Seats: 2, SessionsPerUser: 1,
		Banners: []license.Banner{{ID: "terms", Level: license.LevelInfo, Text: map[string]string{"es": "Nuevos términos", "en": "New terms"}}},
	}
	rights := rightsOf(claims)
	if rights.Name != "globex" || rights.Plan != "free" || !rights.Free || rights.Access != "ExportOnly" || rights.Serial != 4 {
		t.Errorf("rights: %+v", rights)
	}
	for locale, want := range map[string]string{"es-MX": "Nuevos términos", "en": "New terms"} {
		if got := rights.Banners[0].Text[locale]; got != want {
			t.Errorf("banner in %s: %q", locale, got)
		}
	}
}
