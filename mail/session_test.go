package mail_test

import (
	"errors"
	"io"
	"mime"
	"mime/multipart"
	"mime/quotedprintable"
	netmail "net/mail"
	"strings"
	"testing"

	"github.com/grupobizopps/salexops/mail"
	"github.com/grupobizopps/salexops/test/smtpserver"
)

// received is the message as a mailbox has it.
func received(t *testing.T, change func(*mail.Message)) *netmail.Message {
	t.Helper()
	server := start(t, smtpserver.Options{})
	settings := trusting(t, server)
	settings.CredentialsDir = credentialsFor(t, map[string]string{"ca.crt": string(server.CA())})
	sender, err := mail.NewSender(settings)
	if err != nil {
		t.Fatal(err)
	}
	session, err := sender.Dial(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	m := message(t)
	change(&m)
	if err := session.Send(t.Context(), m); err != nil {
		t.Fatal(err)
	}
	if err := session.Close(); err != nil {
		t.Error(err)
	}
	taken := server.Messages()
	if len(taken) != 1 {
		t.Fatalf("%d messages", len(taken))
	}
	parsed, err := taken[0].Parse()
	if err != nil {
		t.Fatal(err)
	}
	return parsed
}

func TestTheHeadersSayWhoWritesToWhomAndThatItIsAMachine(t *testing.T) {
	got := received(t, func(*mail.Message) {})
	decode := func(header string) string {
		text, err := new(mime.WordDecoder).DecodeHeader(got.Header.Get(header))
		if err != nil {
			t.Errorf("%s: %v", header, err)
		}
		return text
	}
	for header, want := range map[string]string{
		"From":             `"SaleXops" <avisos@salexops.example>`,
		"Reply-To":         "<cuentas@salexops.example>",
		"Date":             "Sat, 20 Feb 2027 07:00:41 +0000",
		"Message-Id":       mail.MessageID("salexops.example", "uid-1", "lucia@botica.example"),
		"Auto-Submitted":   "auto-generated",
		"Content-Language": "es-MX",
		"Subject":          "Los documentos del CRM de Botica & Cía. se borrarán el 3 de marzo de 2027",
		"To":               "Lucía Moreno <lucia@botica.example>",
		"User-Agent":       "",
		"X-Mailer":         "",
	} {
		if text := decode(header); text != want {
			t.Errorf("%s: got %q, want %q", header, text, want)
		}
	}
}

func TestBothPartsArriveWhole(t *testing.T) {
	got, sent := received(t, func(*mail.Message) {}), message(t)
	kind, parameters, err := mime.ParseMediaType(got.Header.Get("Content-Type"))
	if err != nil || kind != "multipart/alternative" {
		t.Fatalf("%s, %v", kind, err)
	}
	parts := multipart.NewReader(got.Body, parameters["boundary"])
	for _, want := range []struct{ kind, text string }{{"text/plain", sent.Text}, {"text/html", sent.HTML}} {
		part, err := parts.NextRawPart()
		if err != nil {
			t.Fatal(err)
		}
		kind, parameters, err := mime.ParseMediaType(part.Header.Get("Content-Type"))
		if err != nil || kind != want.kind || !strings.EqualFold(parameters["charset"], "UTF-8") {
			t.Errorf("%s in %s, %v", kind, parameters["charset"], err)
		}
		text, err := io.ReadAll(quotedprintable.NewReader(part))
		if err != nil {
			t.Fatal(err)
		}
		if normal(string(text)) != normal(want.text) {
			t.Errorf("%s arrived as\n%s", kind, text)
		}
	}
	if _, err := parts.NextPart(); !errors.Is(err, io.EOF) {
		t.Errorf("there is more: %v", err)
	}
}

func normal(text string) string { return strings.TrimSpace(strings.ReplaceAll(text, "\r\n", "\n")) }

func TestANameCannotAddAHeader(t *testing.T) {
	got := received(t, func(m *mail.Message) {
		m.ToName = "Lucía\r\nBcc: everybody@example.com"
		m.Subject = "Hola\r\nX-Evil: 1"
		m.ID = "<a@b.example>\r\nX-Worse: 1"
	})
	for _, header := range []string{"Bcc", "X-Evil", "X-Worse"} {
		if got.Header.Get(header) != "" {
			t.Errorf("there is a header %s", header)
		}
	}
	to, err := got.Header.AddressList("To")
	if err != nil || len(to) != 1 || to[0].Address != "lucia@botica.example" {
		t.Errorf("it went to %v, %v", to, err)
	}
}
