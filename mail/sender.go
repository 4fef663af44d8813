package mail

import (
	"context"
	"crypto/tls"
	"fmt"
	"net"

	gomail "github.com/wneessen/go-mail"
)

// Session is a connection over which the server will take messages.
type Session interface {
	// Send hands one message over. The error is an *Error.
	Send(ctx context.Context, message Message) error
	// Close ends the connection.
	Close() error
}

// Sender connects to one mail server. It is safe for concurrent use.
type Sender struct {
	settings parsed
}

// NewSender checks the settings. It doesn't connect.
func NewSender(settings Settings) (*Sender, error) {
	p, err := settings.parse()
	if err != nil {
		return nil, err
	}
	return &Sender{settings: p}, nil
}

// Domain is that of the sender's address: messages are identified under it.
func (s *Sender) Domain() string { return s.settings.domain() }

// Dial connects, encrypts as the settings say, and signs in if there are
// credentials. Nothing is sent. The error is an *Error, and always temporary.
func (s *Sender) Dial(ctx context.Context) (Session, error) {
	secret, err := readCredentials(s.settings.CredentialsDir)
	if err != nil {
		return nil, newError(stepConnect, s.settings.Server, err, secret.conceal)
	}
	line := &wire{}
	client, err := gomail.NewClient(s.settings.host, s.options(&secret, line)...)
	if err != nil {
		return nil, newError(stepConnect, s.settings.Server, err, secret.conceal)
	}
	stop := context.AfterFunc(ctx, line.interrupt)
	defer stop()
	conversation, err := client.DialToSMTPClientWithContext(ctx)
	if err != nil {
		line.cut()
		return nil, newError(stepConnect, s.settings.Server, err, secret.conceal)
	}
	return &session{settings: &s.settings, secret: secret, line: line, conversation: conversation}, nil
}

// options translates the settings for the library. The connection is put on the
// line when it is made, so that it can be ended whatever becomes of it.
func (s *Sender) options(secret *credentials, line *wire) []gomail.Option {
	encryption := secret.tls(s.settings.host)
	options := []gomail.Option{
		gomail.WithPort(s.settings.port),
		gomail.WithTimeout(s.settings.Timeout / 3),
		gomail.WithHELO(s.settings.domain()),
		gomail.WithTLSConfig(encryption),
		gomail.WithDialContextFunc(func(ctx context.Context, network, address string) (net.Conn, error) {
			var dialer interface {
				DialContext(ctx context.Context, network, address string) (net.Conn, error)
			} = &net.Dialer{}
			if s.settings.TLS == TLSImplicit {
				dialer = &tls.Dialer{Config: encryption}
			}
			connection, err := dialer.DialContext(ctx, network, address)
			if err == nil {
				line.put(connection)
			}
			return connection, err
		}),
	}
	switch s.settings.TLS {
	case TLSStartTLS:
		options = append(options, gomail.WithTLSPolicy(gomail.TLSMandatory))
	case TLSImplicit:
		options = append(options, gomail.WithSSL())
	case TLSNone:
		options = append(options, gomail.WithTLSPolicy(gomail.NoTLS))
	}
	if secret.username != "" {
		options = append(options, gomail.WithUsername(secret.username), gomail.WithPassword(secret.password),
			gomail.WithOpportunisticSMTPAuth(gomail.SMTPAuthSCRAMSHA256, gomail.SMTPAuthSCRAMSHA1, gomail.SMTPAuthPlain, gomail.SMTPAuthLogin))
	}
	return options
}

// String says where mail goes, for a log.
func (s *Sender) String() string {
	return fmt.Sprintf("%s (%s)", s.settings.Server, s.settings.TLS)
}
