package serve

import (
	"bytes"
	"io"
	"log/slog"
	"net/http"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/grupobizopps/salexops/license"
)

const (
	exchangeSecret = "an exchange token for tests"
	firstPassword  = "kd93-fmx2-9qpt-zz4w"
)

// house is where one tenant's instance lives: volumes, mounted secrets, clock
// and the platform's keys.
type house struct {
	t       testing.TB
	keys    *license.KeySet
	config  Config
	log     *journal
	mutex   sync.Mutex
	instant time.Time
	running *Program
}

// journal is a log that tests read.
type journal struct {
	mutex sync.Mutex
	text  bytes.Buffer
}

func (j *journal) Write(line []byte) (int, error) {
	j.mutex.Lock()
	defer j.mutex.Unlock()
	return j.text.Write(line)
}

func (j *journal) String() string {
	j.mutex.Lock()
	defer j.mutex.Unlock()
	return j.text.String()
}

func newHouse(t testing.TB) *house {
	t.Helper()
	keys, err := license.GenerateKeySet()
	if err != nil {
		t.Fatal(err)
	}
	root := t.TempDir()
	h := &house{t: t, keys: keys, log: &journal{}, instant: time.Date(2027, 1, 4, 15, 0, 0, 0, time.UTC)}
	h.config = Config{
		Records: filepath.Join(root, "records"), Documents: filepath.Join(root, "documents"), Tenant: "acme",
		Listen: "127.0.0.1:0", PrivateListen: "127.0.0.1:0",
		LicenceDir: filepath.Join(root, "licence"), KeysDir: filepath.Join(root, "keys"), InitialDir: filepath.Join(root, "initial"),
		SecureCookies: true, Version: "v1.2.3", Now: h.now, Logger: slog.New(slog.NewJSONHandler(h.log, nil)),
	}
	trusted, err := keys.TrustedKeys().MarshalJSON()
	if err != nil {
		t.Fatal(err)
	}
	h.mount("licence/"+trustedKeysFile, string(trusted))
	h.mount("keys/"+tokenFile, exchangeSecret+"\n")
	h.mount("initial/email", "lucia@acme.example")
	h.mount("initial/name", "Lucía Moreno")
	h.mount("initial/password", firstPassword)
	return h
}

func (h *house) now() time.Time {
	h.mutex.Lock()
	defer h.mutex.Unlock()
	return h.instant
}

func (h *house) advance(by time.Duration) {
	h.mutex.Lock()
	defer h.mutex.Unlock()
	h.instant = h.instant.Add(by)
}

// mount writes a file as a mounted Secret has it.
func (h *house) mount(name, content string) {
	h.t.Helper()
	path := filepath.Join(filepath.Dir(h.config.Records), name)
	if err := os.MkdirAll(filepath.Dir(path), 0o700); err != nil {
		h.t.Fatal(err)
	}
	if err := os.WriteFile(path, []byte(content), 0o600); err != nil {
		h.t.Fatal(err)
	}
}

// issue signs a licence for acme with this serial; change may alter the claims.
func (h *house) issue(serial int64, change func(*license.Claims)) string {
	h.t.Helper()
	claims := &license.Claims{
		Issuer: license.DefaultIssuer, Serial: serial, Tenant: "acme", DisplayName: "Ferretería Acme",
		Holder: "5f0c7f3e-3f0e-4f0f-9a5d-0f6c8a2f9b11", Locale: "es-MX", TimeZone: "America/Hermosillo",
		Plan: "team", PlanDisplayName: "Team", Tier: license.TierPaid, Interval: "Monthly", Seats: 10, SessionsPerUser: 1,
		DocumentQuotaBytes: 10 << 30, Access: license.AccessOpen, SupportEntitled: true, ChangeAtFirstLogin: true,
		PaidThrough: "2027-01-30", ValidFrom: h.now().Add(-time.Hour), ValidUntil: h.now().Add(30 * 24 * time.Hour), IssuedAt: h.now(),
	}
	if change != nil {
		change(claims)
	}
	signer, err := h.keys.Signer()
	if err != nil {
		h.t.Fatal(err)
	}
	token, err := signer.Issue(claims)
	if err != nil {
		h.t.Fatal(err)
	}
	return token
}

func (h *house) start() *Program {
	h.t.Helper()
	p, err := Start(h.t.Context(), h.config)
	if err != nil {
		h.t.Fatalf("start: %v", err)
	}
	h.running = p
	h.t.Cleanup(h.stop)
	return p
}

func (h *house) stop() {
	h.t.Helper()
	if h.running == nil {
		return
	}
	if err := h.running.Close(); err != nil {
		h.t.Errorf("close: %v", err)
	}
	h.running = nil
}

// reply is an answer, read as a whole.
type reply struct {
	status int
	header http.Header
	body   string
}

// ask sends a request and reads its answer.
func (h *house) ask(method, url, body string, header map[string]string) reply {
	h.t.Helper()
	request, err := http.NewRequestWithContext(h.t.Context(), method, url, strings.NewReader(body))
	if err != nil {
		h.t.Fatal(err)
	}
	for name, value := range header {
		request.Header.Set(name, value)
	}
	client := &http.Client{CheckRedirect: func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse }}
	answer, err := client.Do(request)
	if err != nil {
		h.t.Fatalf("%s %s: %v", method, url, err)
	}
	content, err := io.ReadAll(answer.Body)
	if err != nil {
		h.t.Fatal(err)
	}
	if err := answer.Body.Close(); err != nil {
		h.t.Fatal(err)
	}
	return reply{answer.StatusCode, answer.Header, string(content)}
}

func (h *house) private(path string) reply {
	h.t.Helper()
	return h.ask(http.MethodGet, "http://"+h.running.PrivateAddr().String()+path, "", nil)
}

func (h *house) public(path string) reply {
	h.t.Helper()
	return h.ask(http.MethodGet, "http://"+h.running.PublicAddr().String()+path, "", nil)
}

// redirects says whether the browser is sent to another page.
func (r reply) redirects() bool {
	return r.status == http.StatusSeeOther || r.status == http.StatusFound
}

// closed says whether the page explains that nobody is let in.
func (r reply) closed() bool {
	return r.status == http.StatusServiceUnavailable || r.status == http.StatusForbidden
}
