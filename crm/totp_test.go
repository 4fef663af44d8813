package crm

import (
	"strings"
	"testing"
	"time"

	"github.com/pquerna/otp"
	"github.com/pquerna/otp/hotp"
)

func TestTOTPMatchesItsStepAndItsNeighbours(t *testing.T) {
	secret, at := NewTOTPSecret(), time.Unix(1_800_000_015, 0)
	now := at.Unix() / 30
	for drift, want := range map[int64]bool{-2: false, -1: true, 0: true, 1: true, 2: false} {
		code, err := hotp.GenerateCode(secret, uint64(now+drift))
		if err != nil {
			t.Fatal(err)
		}
		step, ok := MatchTOTP(secret, code, at)
		if ok != want || (ok && step != now+drift) {
			t.Errorf("a code of %d steps away: %v, step %d", drift, ok, step-now)
		}
	}
	for _, code := range []string{"", "12345", "1234567", "abcdef", "１２３４５６"} {
		if _, ok := MatchTOTP(secret, code, at); ok {
			t.Errorf("%q matches", code)
		}
	}
}

// The vector of RFC 6238 for SHA-1, cut to six digits.
func TestTOTPIsTheStandards(t *testing.T) {
	step, ok := MatchTOTP("GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ", "287082", time.Unix(59, 0))
	if !ok || step != 1 {
		t.Errorf("%v, step %d", ok, step)
	}
}

func TestTOTPAddressIsReadByApps(t *testing.T) {
	secret := NewTOTPSecret()
	address, err := TOTPAddress(secret, "Ferretería: Acme", "lucia@acme.example")
	if err != nil {
		t.Fatal(err)
	}
	key, err := otp.NewKeyFromURL(address)
	if err != nil {
		t.Fatal(err)
	}
	if key.Secret() != secret || key.Issuer() != "Ferretería  Acme" || key.AccountName() != "lucia@acme.example" || key.Period() != 30 {
		t.Errorf("%s", address)
	}
	if len(secret) != 32 || secret == NewTOTPSecret() || strings.ContainsAny(secret, "=") {
		t.Errorf("secret %q", secret)
	}
	if _, err := TOTPAddress("no es", "x", "y"); err == nil {
		t.Error("a secret that is none has an address")
	}
}

func TestTidyCode(t *testing.T) {
	for typed, want := range map[string]string{"123 456": "123456", "ABCD-efgh-2345": "abcdefgh2345", "123\u00a0456": "123456"} {
		if got := TidyCode(typed); got != want {
			t.Errorf("%q: %q", typed, got)
		}
	}
}
