package license_test

import (
	"testing"
	"time"

	"github.com/grupobizopps/salexops/license"
)

// acme is a paid tenant's claims in the month of the samples.
func acme() *license.Claims {
	return &license.Claims{
		Issuer: license.DefaultIssuer, Serial: 7, Tenant: "acme",
		DisplayName: "Ferretería Acme", Holder: "5f0c7f3e-3f0e-4f0f-9a5d-0f6c8a2f9b11",
		Locale: "es-MX", TimeZone: "America/Hermosillo",
		Plan: "team", PlanDisplayName: "Team", Tier: license.TierPaid, Interval: "Monthly",
		Seats: 10, SessionsPerUser: 1, DocumentQuotaBytes: 10 << 30,
		Access: license.AccessOpen, SupportEntitled: true, ChangeAtFirstLogin: true,
		PaidThrough: "2027-01-30",
		ValidFrom:   time.Date(2026, 12, 31, 7, 0, 0, 0, time.UTC),
		ValidUntil:  time.Date(2027, 2, 4, 7, 0, 0, 0, time.UTC),
		IssuedAt:    time.Date(2026, 12, 31, 18, 5, 0, 0, time.UTC),
		Banners: []license.Banner{{ID: "terms-2027-03", Level: license.LevelInfo,
			Text: map[string]string{"es": "Hay términos nuevos.", "en": "There are new terms."}}},
	}
}

func newKeys(t testing.TB) *license.KeySet {
	t.Helper()
	keys, err := license.GenerateKeySet()
	if err != nil {
		t.Fatal(err)
	}
	return keys
}

func issue(t testing.TB, keys *license.KeySet, claims *license.Claims) string {
	t.Helper()
	signer, err := keys.Signer()
	if err != nil {
		t.Fatal(err)
	}
	token, err := signer.Issue(claims)
	if err != nil {
		t.Fatal(err)
	}
	return token
}

func verifierOf(keys *license.KeySet) *license.Verifier {
	return &license.Verifier{Keys: keys.TrustedKeys(), Issuer: license.DefaultIssuer, Tenant: "acme"}
}
