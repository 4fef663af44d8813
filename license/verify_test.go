package license_test

import (
	"crypto/ed25519"
	"encoding/base64"
	"encoding/json"
	"errors"
	"strings"
	"testing"

	"github.com/go-jose/go-jose/v4"
	"pgregory.net/rapid"

	"github.com/grupobizopps/salexops/license"
)

var refusals = []error{
	license.ErrMalformed, license.ErrAlgorithm, license.ErrUnknownKey, license.ErrBadSignature,
	license.ErrWrongIssuer, license.ErrForeignTenant, license.ErrStaleSerial,
}

func isRefusal(err error) bool {
	for _, refusal := range refusals {
		if errors.Is(err, refusal) {
			return true
		}
	}
	return false
}

func TestChangedByteAnywhereIsRefused(t *testing.T) {
	keys := newKeys(t)
	token, verifier := issue(t, keys, acme()), verifierOf(keys)
	rapid.Check(t, func(t *rapid.T) {
		changed := []byte(token)
		at := rapid.IntRange(0, len(changed)-1).Draw(t, "at")
		changed[at] = rapid.Byte().Filter(func(b byte) bool { return b != token[at] }).Draw(t, "byte")
		licence, err := verifier.Verify(string(changed))
		if licence != nil || !isRefusal(err) {
			t.Fatalf("byte %d changed from %q to %q: %v", at, token[at], changed[at], err)
		}
	})
}

func TestEveryLastCharacterIsRefused(t *testing.T) {
	// The last character of an Ed25519 signature carries two bits that a lenient
	// decoder ignores: 3 of its 63 neighbours would pass there.
	keys := newKeys(t)
	token, verifier := issue(t, keys, acme()), verifierOf(keys)
	for _, c := range "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_\r\n=" {
		changed := token[:len(token)-1] + string(c)
		if _, err := verifier.Verify(changed); changed != token && err == nil {
			t.Errorf("accepted with its last character changed to %q", c)
		}
	}
	for _, changed := range []string{token + "\n", token + "A", " " + token, token[:40] + "\r\n" + token[40:], token[:len(token)-1]} {
		if _, err := verifier.Verify(changed); !isRefusal(err) {
			t.Errorf("Verify(%q…) = %v, want a refusal", changed[:8], err)
		}
	}
}

func TestRefusals(t *testing.T) {
	keys, stranger := newKeys(t), newKeys(t)
	change := func(f func(*license.Claims)) string {
		claims := acme()
		f(claims)
		return issue(t, keys, claims)
	}
	good := issue(t, keys, acme())
	cases := []struct {
		name  string
		token string
		want  error
	}{
		{"nothing", "", license.ErrMalformed},
		{"prose", "please let me in", license.ErrMalformed},
		{"too large", good + strings.Repeat("A", license.MaxSize), license.ErrMalformed},
		{"four parts", good + ".AAAA", license.ErrMalformed},
		{"a key of a stranger", issue(t, stranger, acme()), license.ErrUnknownKey},
		{"another issuer", change(func(c *license.Claims) { c.Issuer = "elsewhere" }), license.ErrWrongIssuer},
		{"another tenant", change(func(c *license.Claims) { c.Tenant = "globex" }), license.ErrForeignTenant},
		{"a stale serial", change(func(c *license.Claims) { c.Serial = 6 }), license.ErrStaleSerial},
	}
	verifier := verifierOf(keys)
	verifier.MinSerial = 7
	for _, c := range cases {
		t.Run(c.name, func(t *testing.T) {
			licence, err := verifier.Verify(c.token)
			if licence != nil || !errors.Is(err, c.want) {
				t.Errorf("Verify = %v, want %v", err, c.want)
			}
		})
	}
	if _, err := verifier.Verify(good); err != nil {
		t.Errorf("the serial in force is accepted again: %v", err)
	}
	if _, err := (&license.Verifier{Issuer: license.DefaultIssuer, Tenant: "acme"}).Verify(good); !errors.Is(err, license.ErrUnknownKey) {
		t.Errorf("without trusted keys nothing is accepted, got %v", err)
	}
}

func TestStaleSerialNamesBoth(t *testing.T) {
	keys := newKeys(t)
	verifier := verifierOf(keys)
	verifier.MinSerial = 9
	_, err := verifier.Verify(issue(t, keys, acme()))
	stale, ok := errors.AsType[*license.StaleSerialError](err)
	if !ok || stale.Offered != 7 || stale.InForce != 9 {
		t.Errorf("Verify = %v, want 7 offered and 9 in force", err)
	}
}

// forge builds a token with any header, signed by sign.
func forge(t *testing.T, header, payload any, sign func(input []byte) []byte) string {
	t.Helper()
	encode := func(v any) string {
		text, err := json.Marshal(v)
		if err != nil {
			t.Fatal(err)
		}
		return base64.RawURLEncoding.EncodeToString(text)
	}
	input := encode(header) + "." + encode(payload)
	return input + "." + base64.RawURLEncoding.EncodeToString(sign([]byte(input)))
}

func privateKeyOf(t *testing.T, keys *license.KeySet) (ed25519.PrivateKey, []byte) {
	t.Helper()
	data, err := keys.Data()
	if err != nil {
		t.Fatal(err)
	}
	var key jose.JSONWebKey
	if err := json.Unmarshal(data[license.SigningKeyName], &key); err != nil {
		t.Fatal(err)
	}
	private, ok := key.Key.(ed25519.PrivateKey)
	if !ok {
		t.Fatalf("the signing key is a %T", key.Key)
	}
	return private, private.Public().(ed25519.PublicKey)
}

func TestAlgorithmConfusionIsRefused(t *testing.T) {
	keys := newKeys(t)
	private, public := privateKeyOf(t, keys)
	payload := json.RawMessage(payloadOf(t, issue(t, keys, acme())))
	eddsa := func(input []byte) []byte { return ed25519.Sign(private, input) }
	head := func(extra ...string) map[string]any {
		h := map[string]any{"alg": "EdDSA", "kid": keys.KeyID(), "typ": license.Type}
		for i := 0; i < len(extra); i += 2 {
			h[extra[i]] = extra[i+1]
		}
		return h
	}
	hs256 := func(input []byte) []byte {
		signer, err := jose.NewSigner(jose.SigningKey{Algorithm: jose.HS256, Key: public}, nil)
		if err != nil {
			t.Fatal(err)
		}
		object, err := signer.Sign(input)
		if err != nil {
			t.Fatal(err)
		}
		return object.Signatures[0].Signature
	}
	cases := []struct {
		name  string
		token string
		want  error
	}{
		{"none, unsigned", forge(t, head("alg", "none"), payload, func([]byte) []byte { return nil }), license.ErrAlgorithm},
		{"HS256 with the public key as secret", forge(t, head("alg", "HS256"), payload, hs256), license.ErrAlgorithm},
		{"RS256", forge(t, head("alg", "RS256"), payload, eddsa), license.ErrAlgorithm},
		{"alg in lower case", forge(t, head("alg", "eddsa"), payload, eddsa), license.ErrAlgorithm},
		{"no alg", forge(t, map[string]any{"kid": keys.KeyID(), "typ": license.Type}, payload, eddsa), license.ErrAlgorithm},
		{"ALG as a name", forge(t, map[string]any{"ALG": "EdDSA", "kid": keys.KeyID(), "typ": license.Type}, payload, eddsa), license.ErrMalformed},
		{"another type", forge(t, head("typ", "JWT"), payload, eddsa), license.ErrMalformed},
		{"no type", forge(t, map[string]any{"alg": "EdDSA", "kid": keys.KeyID()}, payload, eddsa), license.ErrMalformed},
		{"a key of its own", forge(t, head("jku", "https://evil.example/keys"), payload, eddsa), license.ErrMalformed},
		{"no key id", forge(t, map[string]any{"alg": "EdDSA", "typ": license.Type}, payload, eddsa), license.ErrUnknownKey},
		{"claims that grant nothing", forge(t, head(), json.RawMessage(`{}`), eddsa), license.ErrMalformed},
		{"claims of another shape", forge(t, head(), json.RawMessage(`[]`), eddsa), license.ErrMalformed},
		{"an empty signature", forge(t, head(), payload, func([]byte) []byte { return nil }), license.ErrBadSignature},
	}
	for _, c := range cases {
		t.Run(c.name, func(t *testing.T) {
			if _, err := verifierOf(keys).Verify(c.token); !errors.Is(err, c.want) {
				t.Errorf("Verify = %v, want %v", err, c.want)
			}
		})
	}
	if _, err := verifierOf(keys).Verify(forge(t, head(), payload, eddsa)); err != nil {
		t.Errorf("the same forge with the right header passes, or this test shows nothing: %v", err)
	}
}

func payloadOf(t *testing.T, token string) []byte {
	t.Helper()
	payload, err := base64.RawURLEncoding.DecodeString(strings.Split(token, ".")[1])
	if err != nil {
		t.Fatal(err)
	}
	return payload
}

func TestUnknownClaimsOfANewerOperatorAreIgnored(t *testing.T) {
	keys := newKeys(t)
	private, _ := privateKeyOf(t, keys)
	var payload map[string]any
	if err := json.Unmarshal(payloadOf(t, issue(t, keys, acme())), &payload); err != nil {
		t.Fatal(err)
	}
	payload["somethingNew"] = map[string]any{"a": 1}
	token := forge(t, map[string]any{"alg": "EdDSA", "kid": keys.KeyID(), "typ": license.Type}, payload,
		func(input []byte) []byte { return ed25519.Sign(private, input) })
	if _, err := verifierOf(keys).Verify(token); err != nil {
		t.Errorf("Verify = %v, want acceptance", err)
	}
}

func TestSucceeds(t *testing.T) {
	keys := newKeys(t)
	licence := func(f func(*license.Claims)) *license.Licence {
		claims := acme()
		f(claims)
		l, err := verifierOf(keys).Verify(issue(t, keys, claims))
		if err != nil {
			t.Fatal(err)
		}
		return l
	}
	inForce := licence(func(*license.Claims) {})
	if replace, err := inForce.Succeeds(nil); !replace || err != nil {
		t.Errorf("the first licence: %v, %v", replace, err)
	}
	if replace, err := licence(func(*license.Claims) {}).Succeeds(inForce); replace || err != nil {
		t.Errorf("the same bytes change nothing: %v, %v", replace, err)
	}
	if replace, err := licence(func(c *license.Claims) { c.Serial++ }).Succeeds(inForce); !replace || err != nil {
		t.Errorf("a higher serial: %v, %v", replace, err)
	}
	for name, f := range map[string]func(*license.Claims){
		"a lower serial":                 func(c *license.Claims) { c.Serial-- },
		"the same serial, other content": func(c *license.Claims) { c.Seats++ },
	} {
		if replace, err := licence(f).Succeeds(inForce); replace || !errors.Is(err, license.ErrStaleSerial) {
			t.Errorf("%s: %v, %v", name, replace, err)
		}
	}
}

func FuzzVerify(f *testing.F) {
	keys := newKeys(f)
	good := issue(f, keys, acme())
	for _, seed := range []string{good, "", "..", "e30.e30.", good[:len(good)/2], strings.ToUpper(good)} {
		f.Add(seed)
	}
	verifier := verifierOf(keys)
	f.Fuzz(func(t *testing.T, token string) {
		licence, err := verifier.Verify(token)
		if (licence == nil) == (err == nil) {
			t.Fatal("Verify gives a licence or an error, never both nor neither")
		}
		if err == nil && token != good {
			t.Fatalf("accepted a licence that was never signed: %q", token)
		}
		if err != nil && !isRefusal(err) {
			t.Fatalf("an error that no caller can tell apart: %v", err)
		}
	})
}
