package passkey

import (
	"encoding/json"
	"errors"
	"testing"

	"github.com/grupobizopps/salexops/crm"
)

func TestTheSiteIsTheHostOfTheRequest(t *testing.T) {
	for _, test := range []struct{ host, proto, id, origin string }{
		{"ACME.localhost:8080", "http", "acme.localhost", "http://acme.localhost:8080"},
		{"acme.localhost:8443", "https", "acme.localhost", "https://acme.localhost:8443"},
		{"acme.example.com", "http", "acme.example.com", "https://acme.example.com"}, // no passkeys but on HTTPS
		{"acme.example.com", "https", "acme.example.com", "https://acme.example.com"},
		{"notlocalhost.example", "", "notlocalhost.example", "https://notlocalhost.example"},
	} {
		s, err := SiteOf(test.host, test.proto, "")
		if err != nil || s.host != test.id || s.origin != test.origin || s.name != test.id {
			t.Errorf("%s by %s: %+v, %v", test.host, test.proto, s, err)
		}
	}
	for _, host := range []string{"127.0.0.1:8080", "[::1]:8080", "", "a b", "acme.example/x"} {
		if s, err := SiteOf(host, "https", "Acme"); !errors.Is(err, ErrNoSite) {
			t.Errorf("%q: %+v, %v", host, s, err)
		}
	}
}

func TestWhatABrowserIsAsked(t *testing.T) {
	s, err := SiteOf("acme.localhost", "http", "Ferretería Acme")
	if err != nil {
		t.Fatal(err)
	}
	options, first, err := s.BeginRegistration(&crm.User{Email: "lucia@acme.example", Name: "Lucía"}, []byte("handle"), nil)
	if err != nil {
		t.Fatal(err)
	}
	var asked struct {
		RP                     struct{ ID, Name string }
		Attestation            string
		AuthenticatorSelection struct{ ResidentKey, UserVerification string }
	}
	if err := json.Unmarshal(options, &asked); err != nil || asked.RP.ID != "acme.localhost" || asked.RP.Name != "Ferretería Acme" ||
		asked.AuthenticatorSelection.ResidentKey != "required" || asked.AuthenticatorSelection.UserVerification != "preferred" {
		t.Errorf("%s, %v", options, err)
	}
	_, second, err := s.BeginSignIn()
	if err != nil || first.session.Challenge == second.session.Challenge || len(second.session.Challenge) < 22 {
		t.Errorf("challenges %q and %q, %v", first.session.Challenge, second.session.Challenge, err)
	}
	for _, answer := range []string{"", "{}", `{"id":"x"}`, "no"} {
		if _, err := s.FinishSignIn(second, []byte(answer)); err == nil {
			t.Errorf("the answer %q is understood", answer)
		}
		if _, err := s.FinishRegistration(&crm.User{}, []byte("handle"), first, []byte(answer)); err == nil {
			t.Errorf("the new passkey %q is understood", answer)
		}
	}
}
