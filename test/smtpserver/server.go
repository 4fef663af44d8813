// Package smtpserver is a mail server for tests: it speaks SMTP over a real
// connection, with TLS and sign-in, keeps what it takes in memory, and fails in
// whatever way it is told to.
package smtpserver

import (
	"bytes"
	"crypto/tls"
	"errors"
	"fmt"
	"net"
	netmail "net/mail"
	"slices"
	"strings"
	"sync"
	"time"

	"github.com/emersion/go-smtp"
)

// Behaviour is what the server does with a message.
type Behaviour int

// The ways a mail server behaves.
const (
	// Accept takes it.
	Accept Behaviour = iota
	// RefuseTemporarily answers 451 to the recipient.
	RefuseTemporarily
	// RefusePermanently answers 550 to the recipient.
	RefusePermanently
	// RefuseContent answers 554 to the message itself.
	RefuseContent
	// DropBeforeData hangs up instead of answering to the recipient.
	DropBeforeData
	// DropAfterData takes the message and hangs up instead of saying so.
	DropAfterData
)

// Options choose how the server is reached; the zero Options are a server with
// STARTTLS on the loopback interface that asks nobody who they are.
type Options struct {
	// Listen is the address, 127.0.0.1:0 when empty.
	Listen string
	// Hosts are names and addresses the certificate is valid for, besides those
	// of the loopback interface.
	Hosts []string
	// ImplicitTLS encrypts from the first byte; WithoutTLS offers no encryption.
	ImplicitTLS, WithoutTLS bool
	// Username and Password are asked for when Username isn't empty.
	Username, Password string
}

// Message is one that the server took.
type Message struct {
	// From and To are those of the envelope.
	From, To string
	// Data is the message, headers and all, with CRLF.
	Data []byte
}

// Parse reads the headers.
func (m *Message) Parse() (*netmail.Message, error) {
	parsed, err := netmail.ReadMessage(bytes.NewReader(m.Data))
	if err != nil {
		return nil, fmt.Errorf("reading the message to %s: %w", m.To, err)
	}
	return parsed, nil
}

// Server is running. Its methods may be called at any time, from anywhere.
type Server struct {
	server   *smtp.Server
	listener net.Listener
	ca       []byte
	options  Options
	ended    chan struct{}

	mutex     sync.Mutex
	behaviour Behaviour
	to        map[string]Behaviour
	messages  []Message
	tries     []string
}

// Start starts a server.
func Start(options Options) (*Server, error) {
	if options.Listen == "" {
		options.Listen = "127.0.0.1:0"
	}
	s := &Server{options: options, to: map[string]Behaviour{}, ended: make(chan struct{})}
	certificate, ca, err := certify(options.Hosts)
	if err != nil {
		return nil, err
	}
	s.ca = ca
	encryption := &tls.Config{Certificates: []tls.Certificate{certificate}, MinVersion: tls.VersionTLS12}
	if s.listener, err = net.Listen("tcp", options.Listen); err != nil {
		return nil, fmt.Errorf("listening for mail: %w", err)
	}
	listener := s.listener
	s.server = smtp.NewServer(smtp.BackendFunc(s.newSession))
	s.server.Domain = "mail.test.example"
	s.server.EnableSMTPUTF8 = true
	s.server.AllowInsecureAuth = options.WithoutTLS
	s.server.ErrorLog = silence{}
	s.server.ReadTimeout, s.server.WriteTimeout = time.Minute, time.Minute
	switch {
	case options.ImplicitTLS:
		listener = tls.NewListener(listener, encryption)
	case !options.WithoutTLS:
		s.server.TLSConfig = encryption
	}
	go func() {
		defer close(s.ended)
		_ = s.server.Serve(listener) // It ends with Close.
	}()
	return s, nil
}

// Close ends the server and its connections.
func (s *Server) Close() error {
	err := s.server.Close()
	if closed := s.listener.Close(); err == nil && !errors.Is(closed, net.ErrClosed) {
		err = closed
	}
	<-s.ended
	return err
}

// Addr is host:port.
func (s *Server) Addr() string { return s.listener.Addr().String() }

// CA is the authority of the server's certificate, in PEM.
func (s *Server) CA() []byte { return s.ca }

// Behave sets what is done with every message from now on, to whomever it goes.
func (s *Server) Behave(behaviour Behaviour) {
	s.mutex.Lock()
	defer s.mutex.Unlock()
	s.behaviour = behaviour
	clear(s.to)
}

// BehaveTo sets what is done with messages to one address from now on.
func (s *Server) BehaveTo(address string, behaviour Behaviour) {
	s.mutex.Lock()
	defer s.mutex.Unlock()
	s.to[strings.ToLower(address)] = behaviour
}

// Messages are those that were taken, oldest first.
func (s *Server) Messages() []Message {
	s.mutex.Lock()
	defer s.mutex.Unlock()
	return slices.Clone(s.messages)
}

// MessagesTo are those that were taken for an address.
func (s *Server) MessagesTo(address string) []Message {
	return slices.DeleteFunc(s.Messages(), func(m Message) bool { return !strings.EqualFold(m.To, address) })
}

// Tries are the recipients that were named, refused ones too, oldest first.
func (s *Server) Tries() []string {
	s.mutex.Lock()
	defer s.mutex.Unlock()
	return slices.Clone(s.tries)
}

// Reset forgets what was taken and tried.
func (s *Server) Reset() {
	s.mutex.Lock()
	defer s.mutex.Unlock()
	s.messages, s.tries = nil, nil
}

func (s *Server) behaviourTo(address string) Behaviour {
	s.mutex.Lock()
	defer s.mutex.Unlock()
	if own, ok := s.to[strings.ToLower(address)]; ok {
		return own
	}
	return s.behaviour
}

func (s *Server) tried(address string) {
	s.mutex.Lock()
	defer s.mutex.Unlock()
	s.tries = append(s.tries, address)
}

func (s *Server) keep(message Message) {
	s.mutex.Lock()
	defer s.mutex.Unlock()
	s.messages = append(s.messages, message)
}

// silence keeps the library from writing to standard error when a connection
// that was told to break does.
type silence struct{}

func (silence) Printf(string, ...any) {}
func (silence) Println(...any)        {}
