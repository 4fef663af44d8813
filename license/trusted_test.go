package license_test

import (
	"encoding/json"
	"strings"
	"testing"

	"github.com/grupobizopps/salexops/license"
)

func TestTrustedKeysFileHoldsPublicKeysOnly(t *testing.T) {
	keys, err := newKeys(t).Rotate()
	if err != nil {
		t.Fatal(err)
	}
	text, err := json.Marshal(keys.TrustedKeys())
	if err != nil {
		t.Fatal(err)
	}
	if strings.Contains(string(text), `"d":`) {
		t.Fatalf("a private key is among the trusted ones: %s", text)
	}
	trusted, err := license.ParseTrustedKeys(text)
	if err != nil {
		t.Fatal(err)
	}
	if ids := trusted.KeyIDs(); len(ids) != 2 || ids[0] != keys.KeyID() || ids[1] != keys.PreviousKeyID() {
		t.Errorf("trusted keys %v, want %s and %s", ids, keys.KeyID(), keys.PreviousKeyID())
	}
	verifier := verifierOf(keys)
	verifier.Keys = trusted
	if _, err := verifier.Verify(issue(t, keys, acme())); err != nil {
		t.Errorf("the keys read back refuse the licence: %v", err)
	}
}

func TestParseTrustedKeysRefuses(t *testing.T) {
	keys := newKeys(t)
	data, err := keys.Data()
	if err != nil {
		t.Fatal(err)
	}
	text, err := json.Marshal(keys.TrustedKeys())
	if err != nil {
		t.Fatal(err)
	}
	one := strings.TrimSuffix(strings.TrimPrefix(string(text), `{"keys":[`), `]}`)
	cases := map[string]struct{ text, want string }{
		"prose":         {"none", "not a JWKS"},
		"an empty set":  {`{"keys":[]}`, "0 trusted keys"},
		"three keys":    {`{"keys":[` + one + "," + one + "," + one + `]}`, "3 trusted keys"},
		"one key twice": {`{"keys":[` + one + "," + one + `]}`, "twice"},
		"a private key": {`{"keys":[` + string(data[license.SigningKeyName]) + `]}`, "private"},
		"an oct key":    {`{"keys":[{"kty":"oct","k":"c2VjcmV0"}]}`, "not an Ed25519 key"},
	}
	for name, c := range cases {
		t.Run(name, func(t *testing.T) {
			_, err := license.ParseTrustedKeys([]byte(c.text))
			if err == nil || !strings.Contains(err.Error(), c.want) {
				t.Errorf("ParseTrustedKeys = %v, want %q", err, c.want)
			}
		})
	}
}
