package license_test

import (
	"crypto/ed25519"
	"encoding/base64"
	"encoding/json"
	"errors"
	"fmt"
	"strings"
	"testing"

	"github.com/grupobizopps/salexops/license"
)

func TestKeySetSurvivesTheSecret(t *testing.T) {
	keys := newKeys(t)
	rotated, err := keys.Rotate()
	if err != nil {
		t.Fatal(err)
	}
	for _, set := range []*license.KeySet{keys, rotated} {
		data, err := set.Data()
		if err != nil {
			t.Fatal(err)
		}
		back, err := license.ParseKeySet(data)
		if err != nil {
			t.Fatal(err)
		}
		if issue(t, back, acme()) != issue(t, set, acme()) {
			t.Error("the set read back signs otherwise")
		}
		if back.KeyID() != set.KeyID() || back.PreviousKeyID() != set.PreviousKeyID() {
			t.Errorf("key ids %q, %q became %q, %q", set.KeyID(), set.PreviousKeyID(), back.KeyID(), back.PreviousKeyID())
		}
	}
}

func TestRotationAcceptsTwoKeysAndThenForgetsTheFirst(t *testing.T) {
	first := newKeys(t)
	second, err := first.Rotate()
	if err != nil {
		t.Fatal(err)
	}
	third, err := second.Rotate()
	if err != nil {
		t.Fatal(err)
	}
	byFirst, bySecond := issue(t, first, acme()), issue(t, second, acme())
	if first.KeyID() == second.KeyID() || second.PreviousKeyID() != first.KeyID() {
		t.Fatalf("rotation from %q gave %q with previous %q", first.KeyID(), second.KeyID(), second.PreviousKeyID())
	}
	cases := []struct {
		name     string
		trusting *license.KeySet
		token    string
		want     error
	}{
		{"before the rotation its keys are unknown", first, bySecond, license.ErrUnknownKey},
		{"after it the old licence still holds", second, byFirst, nil},
		{"after it the new one does", second, bySecond, nil},
		{"after the next the first is forgotten", third, byFirst, license.ErrUnknownKey},
		{"and the second still holds", third, bySecond, nil},
	}
	for _, c := range cases {
		t.Run(c.name, func(t *testing.T) {
			if _, err := verifierOf(c.trusting).Verify(c.token); !errors.Is(err, c.want) {
				t.Errorf("Verify = %v, want %v", err, c.want)
			}
		})
	}
}

func TestNothingPrintsThePrivateKey(t *testing.T) {
	keys := newKeys(t)
	private, _ := privateKeyOf(t, keys)
	secret := base64.RawURLEncoding.EncodeToString(private.Seed())
	numbers := strings.Trim(fmt.Sprintf("%d", private.Seed()), "[]")
	for _, format := range []string{"%v", "%+v", "%#v", "%s", "%d", "%x"} {
		for _, shown := range []any{keys, *keys, []any{keys}} {
			if text := fmt.Sprintf(format, shown); strings.Contains(text, secret[:12]) || strings.Contains(text, numbers) {
				t.Errorf("%s prints the key: %s", format, text)
			}
		}
	}
}

func TestParseKeySetRefuses(t *testing.T) {
	data, err := newKeys(t).Data()
	if err != nil {
		t.Fatal(err)
	}
	other, err := newKeys(t).Data()
	if err != nil {
		t.Fatal(err)
	}
	good := string(data[license.SigningKeyName])
	public, err := json.Marshal(newKeys(t).TrustedKeys())
	if err != nil {
		t.Fatal(err)
	}
	var set struct{ Keys []json.RawMessage }
	if err := json.Unmarshal(public, &set); err != nil {
		t.Fatal(err)
	}
	var mine, theirs map[string]string
	if err := errors.Join(json.Unmarshal(data[license.SigningKeyName], &mine), json.Unmarshal(other[license.SigningKeyName], &theirs)); err != nil {
		t.Fatal(err)
	}
	mine["x"] = theirs["x"]
	crossed, err := json.Marshal(mine)
	if err != nil {
		t.Fatal(err)
	}
	cases := map[string]struct {
		data map[string][]byte
		want string
	}{
		"nothing":              {map[string][]byte{}, "signing.jwk is missing"},
		"prose":                {map[string][]byte{"signing.jwk": []byte("hunter2")}, "not an Ed25519 key"},
		"a symmetric key":      {map[string][]byte{"signing.jwk": []byte(`{"kty":"oct","k":"c2VjcmV0"}`)}, "not an Ed25519 key"},
		"a public key":         {map[string][]byte{"signing.jwk": set.Keys[0]}, "not a private key"},
		"a foreign public one": {map[string][]byte{"signing.jwk": crossed}, "not an Ed25519 key"},
		"a bad previous key":   {map[string][]byte{"signing.jwk": []byte(good), "previous.jwk": []byte("{}")}, "previous.jwk"},
		"the same key twice":   {map[string][]byte{"signing.jwk": []byte(good), "previous.jwk": []byte(good)}, "the same key"},
	}
	for name, c := range cases {
		t.Run(name, func(t *testing.T) {
			_, err := license.ParseKeySet(c.data)
			if err == nil || !strings.Contains(err.Error(), c.want) {
				t.Fatalf("ParseKeySet = %v, want %q", err, c.want)
			}
			if strings.Contains(err.Error(), "hunter2") || strings.Contains(err.Error(), "c2VjcmV0") {
				t.Errorf("the error quotes the secret: %v", err)
			}
		})
	}
}

func TestKeyIDIsTheThumbprint(t *testing.T) {
	// A Secret edited by hand must not make two keys share an id.
	data, err := newKeys(t).Data()
	if err != nil {
		t.Fatal(err)
	}
	original, err := license.ParseKeySet(data)
	if err != nil {
		t.Fatal(err)
	}
	var fields map[string]string
	if err := json.Unmarshal(data[license.SigningKeyName], &fields); err != nil {
		t.Fatal(err)
	}
	fields["kid"] = "mine"
	edited, err := json.Marshal(fields)
	if err != nil {
		t.Fatal(err)
	}
	set, err := license.ParseKeySet(map[string][]byte{license.SigningKeyName: edited})
	if err != nil {
		t.Fatal(err)
	}
	if set.KeyID() != original.KeyID() || len(set.KeyID()) != 43 {
		t.Errorf("key id %q, want %q", set.KeyID(), original.KeyID())
	}
	if private, _ := privateKeyOf(t, set); len(private) != ed25519.PrivateKeySize {
		t.Error("the key was lost")
	}
}
