package mail_test

import (
	"context"
	"errors"
	"net"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/grupobizopps/salexops/api/v1alpha1"
	"github.com/grupobizopps/salexops/mail"
	"github.com/grupobizopps/salexops/test/smtpserver"
)

const (
	username = "salexops"
	password = "correct horse battery staple"
)

func start(t *testing.T, options smtpserver.Options) *smtpserver.Server {
	t.Helper()
	server, err := smtpserver.Start(options)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if err := server.Close(); err != nil {
			t.Errorf("closing the server: %v", err)
		}
	})
	return server
}

// credentialsFor writes a Secret as it is mounted.
func credentialsFor(t *testing.T, files map[string]string) string {
	t.Helper()
	dir := t.TempDir()
	for name, content := range files {
		if err := os.WriteFile(filepath.Join(dir, name), []byte(content), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	return dir
}

func trusting(t *testing.T, server *smtpserver.Server) mail.Settings {
	t.Helper()
	return mail.Settings{
		Server: server.Addr(), From: "SaleXops <avisos@salexops.example>", ReplyTo: "cuentas@salexops.example",
		CredentialsDir: credentialsFor(t, map[string]string{"username": username + "\n", "password": password + "\n", "ca.crt": string(server.CA())}),
	}
}

func message(t *testing.T) mail.Message {
	t.Helper()
	m, _ := render(t, notice(v1alpha1.NoticePurge, v1alpha1.LocaleSpanish), "2027-02-20")
	m.To = "lucia@botica.example"
	m.ID = mail.MessageID("salexops.example", "uid-1", m.To)
	m.At = time.Date(2027, 2, 20, 7, 0, 41, 0, time.UTC)
	return m
}

// send dials and sends, and tells at which of the two it failed.
func send(ctx context.Context, t *testing.T, settings mail.Settings) (dialled bool, err error) {
	t.Helper()
	sender, err := mail.NewSender(settings)
	if err != nil {
		t.Fatal(err)
	}
	session, err := sender.Dial(ctx)
	if err != nil {
		return false, err
	}
	err = session.Send(ctx, message(t))
	_ = session.Close() // After some failures there is nobody to take leave of.
	return true, err
}

var encryptions = map[mail.TLSMode]smtpserver.Options{
	mail.TLSStartTLS: {Username: username, Password: password},
	mail.TLSImplicit: {Username: username, Password: password, ImplicitTLS: true},
}

func TestAMessageIsHandedOverEncryptedAndSignedIn(t *testing.T) {
	for mode, options := range encryptions {
		server := start(t, options)
		settings := trusting(t, server)
		settings.TLS = mode
		if _, err := send(t.Context(), t, settings); err != nil {
			t.Errorf("%s: %v", mode, err)
		}
		taken := server.Messages()
		if len(taken) != 1 || taken[0].From != "avisos@salexops.example" || taken[0].To != "lucia@botica.example" {
			t.Errorf("%s: %+v", mode, taken)
		}
	}
}

func TestNothingIsSaidToAServerThatCannotBeTrusted(t *testing.T) {
	for name, c := range map[string]struct {
		options smtpserver.Options
		change  func(*mail.Settings)
		says    string
	}{
		"it offers no encryption": {
			smtpserver.Options{WithoutTLS: true, Username: username, Password: password},
			func(*mail.Settings) {}, "STARTTLS",
		},
		"nobody vouches for its certificate": {
			smtpserver.Options{Username: username, Password: password},
			func(s *mail.Settings) {
				s.CredentialsDir = credentialsFor(t, map[string]string{"username": username, "password": password})
			}, "certificate",
		},
		"nobody vouches for its certificate, from the first byte": {
			smtpserver.Options{Username: username, Password: password, ImplicitTLS: true},
			func(s *mail.Settings) { s.TLS, s.CredentialsDir = mail.TLSImplicit, "" }, "certificate",
		},
		"it expects another password": {
			smtpserver.Options{Username: username, Password: "another"},
			func(*mail.Settings) {}, "535",
		},
	} {
		t.Run(name, func(t *testing.T) {
			server := start(t, c.options)
			settings := trusting(t, server)
			c.change(&settings)
			dialled, err := send(t.Context(), t, settings)
			if dialled || err == nil || !strings.Contains(err.Error(), c.says) || mail.FaultOf(err) != mail.Temporary {
				t.Errorf("dialled %v: %v", dialled, err)
			}
			if strings.Contains(err.Error(), password) {
				t.Error("the password is in the error")
			}
			if len(server.Tries()) > 0 {
				t.Error("somebody was named to it")
			}
		})
	}
}

func TestPlaintextIsAnExplicitChoice(t *testing.T) {
	server := start(t, smtpserver.Options{WithoutTLS: true})
	settings := mail.Settings{Server: server.Addr(), From: "avisos@salexops.example", TLS: mail.TLSNone}
	if _, err := send(t.Context(), t, settings); err != nil || len(server.Messages()) != 1 {
		t.Errorf("%v, %d messages", err, len(server.Messages()))
	}
}

func TestAnErrorSaysWhatItMeansForTheMessage(t *testing.T) {
	for name, c := range map[string]struct {
		behaviour smtpserver.Behaviour
		fault     mail.Fault
		says      string
		taken     int
	}{
		"refused for now":               {smtpserver.RefuseTemporarily, mail.Temporary, "greylisted", 0},
		"refused for good":              {smtpserver.RefusePermanently, mail.Permanent, "550", 0},
		"its content is refused":        {smtpserver.RefuseContent, mail.Permanent, "spam", 0},
		"hung up before the message":    {smtpserver.DropBeforeData, mail.Temporary, "naming the recipient", 0},
		"hung up after the last line":   {smtpserver.DropAfterData, mail.Unknown, "waiting until", 1},
		"taken, and there is no error.": {smtpserver.Accept, mail.Temporary, "", 1},
	} {
		t.Run(name, func(t *testing.T) {
			server := start(t, smtpserver.Options{Username: username, Password: password})
			server.Behave(c.behaviour)
			dialled, err := send(t.Context(), t, trusting(t, server))
			switch {
			case !dialled:
				t.Fatalf("never dialled: %v", err)
			case c.says == "" && err != nil:
				t.Error(err)
			case c.says != "" && (err == nil || !strings.Contains(err.Error(), c.says) || mail.FaultOf(err) != c.fault):
				t.Errorf("got %v, fault %d", err, mail.FaultOf(err))
			}
			if len(server.Messages()) != c.taken {
				t.Errorf("it took %d messages", len(server.Messages()))
			}
		})
	}
}

func TestARotatedSecretCountsFromTheNextConnectionOn(t *testing.T) {
	server := start(t, smtpserver.Options{Username: username, Password: password})
	settings := trusting(t, server)
	file := filepath.Join(settings.CredentialsDir, "password")
	if err := os.WriteFile(file, []byte("stale"), 0o600); err != nil {
		t.Fatal(err)
	}
	sender, err := mail.NewSender(settings)
	if err != nil {
		t.Fatal(err)
	}
	if _, err := sender.Dial(t.Context()); err == nil {
		t.Fatal("it signed in with a stale password")
	}
	if err := os.WriteFile(file, []byte(password), 0o600); err != nil {
		t.Fatal(err)
	}
	session, err := sender.Dial(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	if err := session.Close(); err != nil {
		t.Error(err)
	}
}

func TestHalfOfTheCredentialsIsAnError(t *testing.T) {
	for file, says := range map[string]string{"username": "password", "password": "username", "ca.crt": "PEM"} {
		settings := mail.Settings{
			Server: "127.0.0.1:1", From: "avisos@salexops.example",
			CredentialsDir: credentialsFor(t, map[string]string{file: "x"}),
		}
		if _, err := send(t.Context(), t, settings); err == nil || !strings.Contains(err.Error(), says) {
			t.Errorf("%s alone: %v", file, err)
		}
	}
}

func TestWhoIsToldToStopDoesNotWaitForTheServer(t *testing.T) {
	listener, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	defer listener.Close()
	ctx, cancel := context.WithCancel(t.Context())
	go func() {
		connection, err := listener.Accept()
		if err == nil {
			defer connection.Close()
			cancel() // It is connected, and nobody ever greets it.
			<-t.Context().Done()
		}
	}()
	settings := mail.Settings{Server: listener.Addr().String(), From: "avisos@salexops.example", Timeout: time.Hour}
	if dialled, err := send(ctx, t, settings); dialled || mail.FaultOf(err) != mail.Temporary || err == nil {
		t.Errorf("dialled %v: %v", dialled, err)
	}
}

func TestSettingsThatCannotWorkAreRefusedAtOnce(t *testing.T) {
	for says, settings := range map[string]mail.Settings{
		"host:port":          {Server: "smtp.example.com", From: "a@b.example"},
		"is not host:port":   {Server: "smtp.example.com:70000", From: "a@b.example"},
		"the sender":         {Server: "smtp.example.com:587", From: "nobody"},
		"for answers":        {Server: "smtp.example.com:587", From: "a@b.example", ReplyTo: "nobody"},
		"starttls, implicit": {Server: "smtp.example.com:587", From: "a@b.example", TLS: "maybe"},
	} {
		if _, err := mail.NewSender(settings); err == nil || !strings.Contains(err.Error(), says) {
			t.Errorf("%+v: %v", settings, err)
		}
	}
}

func TestWhatIsNoErrorOfMailIsWorthAnotherTry(t *testing.T) {
	if mail.FaultOf(errors.New("something else")) != mail.Temporary {
		t.Error("it would never be tried again")
	}
}
