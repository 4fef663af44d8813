package license_test

import (
	"strings"
	"testing"

	"github.com/grupobizopps/salexops/license"
)

func TestIssueRefusesUnfitClaims(t *testing.T) {
	signer, err := newKeys(t).Signer()
	if err != nil {
		t.Fatal(err)
	}
	claims := acme()
	claims.Access = "Ajar"
	if _, err := signer.Issue(claims); err == nil || !strings.Contains(err.Error(), `"acme"`) {
		t.Errorf("Issue = %v, want a refusal that names the tenant", err)
	}
	long := acme()
	long.Banners[0].Text["es"] = strings.Repeat("ñ", license.MaxSize)
	if _, err := signer.Issue(long); err == nil || !strings.Contains(err.Error(), "at most 65536") {
		t.Errorf("Issue = %v, want a refusal that gives the limit", err)
	}
}
