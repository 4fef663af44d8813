// Package passkey speaks WebAuthn: it writes what a browser is asked, and
// checks what it answers. It stores nothing.
package passkey

import (
	"encoding/json"
	"errors"
	"fmt"
	"net"
	"strings"

	"github.com/go-webauthn/webauthn/protocol"
	"github.com/go-webauthn/webauthn/webauthn"

	"github.com/grupobizopps/salexops/crm"
)

// ErrNoSite is returned where the page was reached by an address that can have no passkeys,
// such as an IP address.
var ErrNoSite = errors.New("no passkeys at this address")

// errCloned: the authenticator's counter went backwards: there may be a copy.
var errCloned = errors.New("the passkey's counter went backwards")

// Site is where passkeys work: what the browser calls the relying party.
type Site struct {
	host   string // without a port: the relying party's id
	origin string
	name   string // shown by the browser
}

// SiteOf reads the site from the Host header of a request, which the front
// door passes on for the hosts of tenants alone. Nothing is risked on it: a
// browser signs the origin it is at, an authenticator the host a passkey
// belongs to, and both must be the ones here. Browsers know passkeys on HTTPS
// and on localhost.
func SiteOf(hostport, forwardedProto, name string) (Site, error) {
	hostport = strings.ToLower(hostport)
	host := hostport
	if h, _, err := net.SplitHostPort(hostport); err == nil {
		host = h
	}
	if net.ParseIP(strings.Trim(host, "[]")) != nil || protocol.ValidateRPID(host) != nil {
		return Site{}, ErrNoSite
	}
	scheme := "https"
	if forwardedProto != "https" && (host == "localhost" || strings.HasSuffix(host, ".localhost")) {
		scheme = "http"
	}
	if name == "" {
		name = host
	}
	return Site{host: host, origin: scheme + "://" + hostport, name: name}, nil
}

// Ceremony is a question that a browser was asked. It is kept here, out of
// reach of the browser, and answered once.
type Ceremony struct{ session webauthn.SessionData }

func (s Site) party() (*webauthn.WebAuthn, error) {
	w, err := webauthn.New(&webauthn.Config{
		RPID: s.host, RPDisplayName: s.name, RPOrigins: []string{s.origin},
		AttestationPreference: protocol.PreferNoAttestation,
		AuthenticatorSelection: protocol.AuthenticatorSelection{
			ResidentKey:      protocol.ResidentKeyRequirementRequired,
			UserVerification: protocol.VerificationPreferred,
		},
	})
	if err != nil {
		return nil, fmt.Errorf("prepare passkeys of %s: %w", s.host, err)
	}
	return w, nil
}

// holder is a user as the library sees one.
type holder struct {
	user        *crm.User
	handle      []byte
	credentials []webauthn.Credential
}

func (h holder) WebAuthnID() []byte                         { return h.handle }
func (h holder) WebAuthnName() string                       { return h.user.Email }
func (h holder) WebAuthnDisplayName() string                { return h.user.Name }
func (h holder) WebAuthnCredentials() []webauthn.Credential { return h.credentials }

// BeginRegistration writes what a browser needs to make a passkey for a user,
// in an authenticator that has none of theirs yet.
func (s Site) BeginRegistration(u *crm.User, handle []byte, have []*crm.Passkey) (options []byte, c Ceremony, err error) {
	party, err := s.party()
	if err != nil {
		return nil, c, err
	}
	var known []protocol.CredentialDescriptor
	for _, p := range have {
		if p.Site != s.host {
			continue
		}
		credential, err := read(p.Record)
		if err != nil {
			return nil, c, err
		}
		known = append(known, credential.Descriptor())
	}
	creation, session, err := party.BeginRegistration(holder{user: u, handle: handle}, webauthn.WithExclusions(known))
	if err != nil {
		return nil, c, fmt.Errorf("begin a passkey: %w", err)
	}
	options, err = json.Marshal(creation.Response)
	return options, Ceremony{*session}, err
}

// FinishRegistration checks the browser's answer. What it returns lacks a name.
func (s Site) FinishRegistration(u *crm.User, handle []byte, c Ceremony, answer []byte) (*crm.Passkey, error) {
	party, err := s.party()
	if err != nil {
		return nil, err
	}
	parsed, err := protocol.ParseCredentialCreationResponseBytes(answer)
	if err != nil {
		return nil, fmt.Errorf("read a new passkey: %w", err)
	}
	credential, err := party.CreateCredential(holder{user: u, handle: handle}, c.session, parsed)
	if err != nil {
		return nil, fmt.Errorf("check a new passkey: %w", err)
	}
	record, err := json.Marshal(credential)
	if err != nil {
		return nil, fmt.Errorf("write a new passkey: %w", err)
	}
	return &crm.Passkey{Site: s.host, Handle: handle, CredentialID: credential.ID, Record: record}, nil
}

// BeginSignIn writes what a browser needs to ask for any passkey of this site.
func (s Site) BeginSignIn() (options []byte, c Ceremony, err error) {
	party, err := s.party()
	if err != nil {
		return nil, c, err
	}
	assertion, session, err := party.BeginDiscoverableLogin(webauthn.WithUserVerification(protocol.VerificationPreferred))
	if err != nil {
		return nil, c, fmt.Errorf("ask for a passkey: %w", err)
	}
	options, err = json.Marshal(assertion.Response)
	return options, Ceremony{*session}, err
}

// FinishSignIn reads the browser's answer; the store finds the passkey that it
// names and has it verified.
func (s Site) FinishSignIn(c Ceremony, answer []byte) (crm.PasskeySignIn, error) {
	party, err := s.party()
	if err != nil {
		return crm.PasskeySignIn{}, err
	}
	parsed, err := protocol.ParseCredentialRequestResponseBytes(answer)
	if err != nil {
		return crm.PasskeySignIn{}, fmt.Errorf("read a passkey's answer: %w", err)
	}
	return crm.PasskeySignIn{
		CredentialID: parsed.RawID,
		Verify: func(p *crm.Passkey) ([]byte, bool, error) {
			return s.verify(party, c, parsed, p)
		},
	}, nil
}

func (s Site) verify(party *webauthn.WebAuthn, c Ceremony, parsed *protocol.ParsedCredentialAssertionData, p *crm.Passkey) (record []byte, personVerified bool, err error) {
	if p.Site != s.host {
		return nil, false, fmt.Errorf("a passkey of %s at %s: %w", p.Site, s.host, ErrNoSite)
	}
	stored, err := read(p.Record)
	if err != nil {
		return nil, false, err
	}
	owner := holder{user: &crm.User{ID: p.UserID}, handle: p.Handle, credentials: []webauthn.Credential{*stored}}
	_, credential, err := party.ValidatePasskeyLogin(func([]byte, []byte) (webauthn.User, error) { return owner, nil }, c.session, parsed)
	if err != nil {
		return nil, false, fmt.Errorf("check a passkey's answer: %w", err)
	}
	if credential.Authenticator.CloneWarning {
		return nil, false, errCloned
	}
	record, err = json.Marshal(credential)
	return record, parsed.Response.AuthenticatorData.Flags.HasUserVerified(), err
}

func read(record []byte) (*webauthn.Credential, error) {
	var credential webauthn.Credential
	if err := json.Unmarshal(record, &credential); err != nil {
		return nil, fmt.Errorf("read a stored passkey: %w", err)
	}
	return &credential, nil
}
