package mail

import (
	"errors"
	"fmt"
	"net"
	netmail "net/mail"
	"strconv"
	"strings"
	"time"
)

// TLSMode says how a connection to the mail server is encrypted.
type TLSMode string

// The ways to encrypt a connection.
const (
	// TLSStartTLS begins in the clear and insists on STARTTLS before anything is
	// said: the way of port 587.
	TLSStartTLS TLSMode = "starttls"
	// TLSImplicit is encrypted from the first byte: the way of port 465.
	TLSImplicit TLSMode = "implicit"
	// TLSNone encrypts nothing: for a relay in the same pod or on the same
	// machine. No password is sent in the clear over it.
	TLSNone TLSMode = "none"
)

// Settings are what a platform engineer chooses.
type Settings struct {
	// Server is the mail server, host:port.
	Server string
	// TLS says how the connection is encrypted; empty is TLSStartTLS.
	TLS TLSMode
	// From is who writes, and ReplyTo, which may be empty, who reads the answers:
	// addresses such as `SaleXops <avisos@example.com>`.
	From, ReplyTo string
	// CredentialsDir holds the files username, password and ca.crt, each of which
	// may be missing. They are read at every connection. Empty: there are none.
	CredentialsDir string
	// Timeout bounds the handing over of one message; 0 is a minute. Connecting
	// and signing in may take a third of it.
	Timeout time.Duration
}

// defaultTimeout is generous: a server may look for spam before it answers, and
// an answer that comes too late leaves a message in doubt for a day. A server
// that can't be reached is another matter: nothing is lost by trying later.
const defaultTimeout = time.Minute

// parsed are settings that can be used.
type parsed struct {
	Settings
	host          string
	port          int
	from, replyTo *netmail.Address
}

// parse checks the settings. The error names what is wrong in the words of the
// manager's flags.
func (s Settings) parse() (parsed, error) {
	p := parsed{Settings: s}
	if p.TLS == "" {
		p.TLS = TLSStartTLS
	}
	if p.Timeout == 0 {
		p.Timeout = defaultTimeout
	}
	var faults []error
	host, port, err := net.SplitHostPort(s.Server)
	if err == nil {
		p.host = host
		p.port, err = strconv.Atoi(port)
	}
	if err != nil || p.host == "" || p.port < 1 || p.port > 65535 {
		faults = append(faults, fmt.Errorf("the mail server %q is not host:port, such as smtp.example.com:587", s.Server))
	}
	if p.from, err = netmail.ParseAddress(s.From); err != nil {
		faults = append(faults, fmt.Errorf("the sender %q is not an address such as \"SaleXops <avisos@example.com>\": %w", s.From, err))
	}
	if s.ReplyTo != "" {
		if p.replyTo, err = netmail.ParseAddress(s.ReplyTo); err != nil {
			faults = append(faults, fmt.Errorf("the address for answers %q is not an address: %w", s.ReplyTo, err))
		}
	}
	switch p.TLS {
	case TLSStartTLS, TLSImplicit, TLSNone:
	default:
		faults = append(faults, fmt.Errorf("%q is no way to encrypt a connection: choose starttls, implicit or none", s.TLS))
	}
	return p, errors.Join(faults...)
}

// domain is that of the sender.
func (p *parsed) domain() string {
	return p.from.Address[strings.LastIndex(p.from.Address, "@")+1:]
}
