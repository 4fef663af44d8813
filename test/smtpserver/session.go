package smtpserver

import (
	"fmt"
	"io"

	"github.com/emersion/go-sasl"
	"github.com/emersion/go-smtp"
)

var (
	errTemporary = &smtp.SMTPError{Code: 451, EnhancedCode: smtp.EnhancedCode{4, 7, 1}, Message: "greylisted, try again later"}
	errPermanent = &smtp.SMTPError{Code: 550, EnhancedCode: smtp.EnhancedCode{5, 1, 1}, Message: "no such user here"}
	errContent   = &smtp.SMTPError{Code: 554, EnhancedCode: smtp.EnhancedCode{5, 7, 1}, Message: "this looks like spam"}
)

// session is one connection.
type session struct {
	server     *Server
	connection *smtp.Conn
	signedIn   bool
	from, to   string
}

func (s *Server) newSession(connection *smtp.Conn) (smtp.Session, error) {
	return &session{server: s, connection: connection}, nil
}

// AuthMechanisms are those the server knows.
func (s *session) AuthMechanisms() []string {
	if s.server.options.Username == "" {
		return nil
	}
	return []string{sasl.Plain}
}

// Auth begins a sign-in.
func (s *session) Auth(string) (sasl.Server, error) {
	return sasl.NewPlainServer(func(_, username, password string) error {
		if username != s.server.options.Username || password != s.server.options.Password {
			return smtp.ErrAuthFailed
		}
		s.signedIn = true
		return nil
	}), nil
}

// Mail names the sender.
func (s *session) Mail(from string, _ *smtp.MailOptions) error {
	if s.server.options.Username != "" && !s.signedIn {
		return smtp.ErrAuthRequired
	}
	s.from = from
	return nil
}

// Rcpt names the recipient.
func (s *session) Rcpt(to string, _ *smtp.RcptOptions) error {
	s.server.tried(to)
	s.to = to
	switch s.server.behaviourTo(to) {
	case RefuseTemporarily:
		return errTemporary
	case RefusePermanently:
		// Real servers repeat the address in their answer.
		refusal := *errPermanent
		refusal.Message = fmt.Sprintf("<%s>: %s", to, refusal.Message)
		return &refusal
	case DropBeforeData:
		return s.drop()
	default:
		return nil
	}
}

// Data takes the message.
func (s *session) Data(r io.Reader) error {
	data, err := io.ReadAll(r)
	if err != nil {
		return fmt.Errorf("receiving the message to %s: %w", s.to, err)
	}
	behaviour := s.server.behaviourTo(s.to)
	if behaviour == RefuseContent {
		return errContent
	}
	s.server.keep(Message{From: s.from, To: s.to, Data: data})
	if behaviour == DropAfterData {
		return s.drop()
	}
	return nil
}

// drop hangs up; what is returned reaches nobody.
func (s *session) drop() error {
	_ = s.connection.Conn().Close() // That is the point.
	return errTemporary
}

// Reset forgets the message in hand.
func (s *session) Reset() { s.from, s.to = "", "" }

// Logout ends the session.
func (s *session) Logout() error { return nil }
