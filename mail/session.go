package mail

import (
	"bytes"
	"context"
	"fmt"
	netmail "net/mail"
	"strings"
	"time"
	"unicode"

	gomail "github.com/wneessen/go-mail"
	"github.com/wneessen/go-mail/smtp"
)

// farewell is how long the end of a session may take.
const farewell = 5 * time.Second

// session is a connection that has signed in.
type session struct {
	settings     *parsed
	secret       credentials
	line         *wire
	conversation *smtp.Client
}

// Send hands one message over. The whole of it is written before the server
// hears a word of it. From the moment it has the last line until it answers,
// nobody can say whether it took the message: only there the fault is Unknown.
func (s *session) Send(ctx context.Context, message Message) error {
	var written bytes.Buffer
	if err := s.write(&message, &written); err != nil {
		return &Error{Fault: Permanent, Doing: "writing the message", Said: s.secret.conceal(err.Error())}
	}
	s.line.allow(s.settings.Timeout)
	stop := context.AfterFunc(ctx, s.line.interrupt)
	defer stop()
	if at, err := s.handOver(message.To, written.Bytes()); err != nil {
		return newError(at, s.settings.Server, err, s.secret.conceal)
	}
	return nil
}

// handOver goes through the steps, and tells in which one it failed.
func (s *session) handOver(recipient string, written []byte) (step, error) {
	// Asking for SMTPUTF8 without need makes some servers refuse to pass the
	// message on to those that don't know it.
	s.conversation.SkipSMTPUTF8(ascii(s.settings.from.Address + recipient))
	if err := s.conversation.Mail("<" + s.settings.from.Address + ">"); err != nil {
		return stepSender, err
	}
	if err := s.conversation.Rcpt("<" + recipient + ">"); err != nil {
		return stepRecipient, err
	}
	content, err := s.conversation.Data()
	if err != nil {
		return stepBegin, err
	}
	if _, err := content.Write(written); err != nil {
		return stepContent, err
	}
	return stepEnd, content.Close()
}

func ascii(text string) bool {
	return !strings.ContainsFunc(text, func(r rune) bool { return r > unicode.MaxASCII })
}

// Close says goodbye, and ends the connection whatever the answer.
func (s *session) Close() error {
	s.line.allow(farewell)
	defer s.line.cut()
	if err := s.conversation.Quit(); err != nil {
		return fmt.Errorf("taking leave of the mail server %s: %w", s.settings.Server, err)
	}
	return nil
}

// write writes the message with all its headers.
func (s *session) write(message *Message, to *bytes.Buffer) error {
	m := gomail.NewMsg(gomail.WithNoDefaultUserAgent(), gomail.WithCharset(gomail.CharsetUTF8), gomail.WithEncoding(gomail.EncodingQP))
	m.FromMailAddress(s.settings.from)
	m.ToMailAddress(&netmail.Address{Name: oneLine(message.ToName), Address: message.To})
	if s.settings.replyTo != nil {
		m.ReplyToMailAddress(s.settings.replyTo)
	}
	m.Subject(oneLine(message.Subject))
	m.SetDateWithValue(message.At)
	m.SetMessageIDWithValue(strings.Trim(oneLine(message.ID), "<>"))
	m.SetGenHeader(gomail.HeaderContentLang, message.Language)
	// Nobody's holiday reply, and no other machine, is to answer (RFC 3834).
	m.SetGenHeader("Auto-Submitted", "auto-generated")
	m.SetBodyString(gomail.TypeTextPlain, message.Text)
	m.AddAlternativeString(gomail.TypeTextHTML, message.HTML)
	if _, err := m.WriteTo(to); err != nil {
		return fmt.Errorf("writing message %s: %w", message.ID, err)
	}
	return nil
}
