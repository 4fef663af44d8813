package serve

import (
	"context"
	"io"
	"net"
	"net/http"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/grupobizopps/salexops/instance"
)

func TestProgramAnswersOnBothPorts(t *testing.T) {
	h := newHouse(t)
	h.mount("licence/"+licenceFile, h.issue(1, nil))
	h.start()
	for _, path := range []string{instance.PathHealthz, instance.PathReadyz} {
		if got := h.private(path); got.status != http.StatusOK || got.body != "ok\n" {
			t.Errorf("%s: %d %q", path, got.status, got.body)
		}
		if h.public(path).status == http.StatusOK {
			t.Errorf("%s answers on the public port", path)
		}
	}
	first := h.public("/")
	if !first.redirects() {
		t.Errorf("the first page answers %d, want a way to the sign-in", first.status)
	}
	if first.header.Get(requestIDHeader) == "" {
		t.Error("the answer has no request id")
	}
	metrics := h.private(instance.PathMetrics).body
	for _, want := range []string{"crm_http_requests_total", "crm_database_bytes", "crm_database_writes_total ", "crm_licence_valid 1", "process_resident_memory_bytes"} {
		if !strings.Contains(metrics, want) {
			t.Errorf("no %s in the metrics", want)
		}
	}
}

func TestStopIsClean(t *testing.T) {
	h := newHouse(t)
	h.mount("licence/"+licenceFile, h.issue(1, nil))
	p := h.start()
	h.stop()
	for _, tail := range []string{"-wal", "-shm"} {
		if info, err := os.Stat(filepath.Join(h.config.Records, databaseFile+tail)); err == nil && info.Size() > 0 {
			t.Errorf("%s is left behind with %d bytes", info.Name(), info.Size())
		}
	}
	if err := Check(t.Context(), h.config.Records); err != nil {
		t.Errorf("check: %v", err)
	}
	request, err := http.NewRequestWithContext(t.Context(), http.MethodGet, "http://"+p.PublicAddr().String(), nil)
	if err != nil {
		t.Fatal(err)
	}
	if answer, err := http.DefaultClient.Do(request); err == nil {
		_ = answer.Body.Close()
		t.Error("the public port still answers")
	}
}

// A client that never finishes its request does not keep the process from
// ending in time.
func TestStopDoesNotWaitForTheSlow(t *testing.T) {
	h := newHouse(t)
	h.start()
	conn, err := (&net.Dialer{}).DialContext(t.Context(), "tcp", h.running.PublicAddr().String())
	if err != nil {
		t.Fatal(err)
	}
	defer conn.Close()
	if _, err := io.WriteString(conn, "POST /sign-in HTTP/1.1\r\nHost: acme.localhost\r\nContent-Length: 1000\r\n\r\nhalf a form"); err != nil {
		t.Fatal(err)
	}
	began := time.Now()
	h.stop()
	if took := time.Since(began); took > 5*time.Second {
		t.Errorf("the stop took %v", took)
	}
}

func TestWaitEndsWithItsContext(t *testing.T) {
	h := newHouse(t)
	p := h.start()
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	if err := p.Wait(ctx); err != nil {
		t.Error(err)
	}
}

func TestStartTellsWhatIsWrong(t *testing.T) {
	h := newHouse(t)
	p := h.start()
	for name, test := range map[string]struct {
		change func(*Config)
		want   string
	}{
		"no tenant":    {func(c *Config) { c.Tenant = "" }, "--tenant"},
		"no records":   {func(c *Config) { c.Records = "" }, "--records"},
		"a taken port": {func(c *Config) { c.Records = t.TempDir(); c.Listen = p.PublicAddr().String() }, "listen on " + p.PublicAddr().String()},
		"not a folder": {func(c *Config) { c.Records = filepath.Join(h.config.KeysDir, tokenFile) }, "volume"},
	} {
		config := h.config
		test.change(&config)
		if _, err := Start(t.Context(), config); err == nil || !strings.Contains(err.Error(), test.want) {
			t.Errorf("%s: %v, want %q", name, err, test.want)
		}
	}
}

func TestFirstUserComesFromTheInitialFilesOnce(t *testing.T) {
	h := newHouse(t)
	h.mount("licence/"+licenceFile, h.issue(1, nil))
	if err := os.Rename(h.config.InitialDir, h.config.InitialDir+".later"); err != nil {
		t.Fatal(err)
	}
	h.start()
	if report := h.mustExchange(h.issue(1, nil)); report.Usage.Users != 0 {
		t.Errorf("users without the files: %+v", report)
	}
	if err := os.Rename(h.config.InitialDir+".later", h.config.InitialDir); err != nil {
		t.Fatal(err)
	}
	want := instance.Holder{UserID: 1, Name: "Lucía Moreno", Email: "lucia@acme.example"}
	if report := h.mustExchange(h.issue(1, nil)); len(report.Holders) != 1 || report.Holders[0] != want || report.OwnerPasswordChanged {
		t.Errorf("with the files: %+v", report)
	}
	h.stop()
	h.mount("initial/email", "other@acme.example")
	h.start()
	if report := h.mustExchange(h.issue(1, nil)); len(report.Holders) != 1 || report.Holders[0] != want {
		t.Errorf("after a restart with other files: %+v", report)
	}
}

// A start on a database that is up to date writes nothing: many instances start
// at once when a machine comes back.
func TestALaterStartWritesNothing(t *testing.T) {
	h := newHouse(t)
	h.mount("licence/"+licenceFile, h.issue(1, nil))
	h.start()
	h.stop()
	again := h.start()
	h.stop()
	if stats := again.db.Stats(); stats.Writes != 0 || stats.Commits != 0 {
		t.Errorf("the second start wrote: %+v", stats)
	}
}

func TestLogHasNoSecrets(t *testing.T) {
	h := newHouse(t)
	licence := h.issue(1, nil)
	h.mount("licence/"+licenceFile, licence)
	h.start()
	h.mustExchange(h.issue(2, nil))
	h.exchange(licence, exchangeSecret)
	h.exchange(licence, "a wrong token")
	h.public("/search?q=Lucía+Moreno+secreta")
	h.stop()
	log := h.log.String()
	for _, secret := range []string{firstPassword, exchangeSecret, "wrong token", licence, "secreta"} {
		if strings.Contains(log, secret) {
			t.Errorf("%q is in the log", secret)
		}
	}
	for _, want := range []string{`"msg":"started"`, `"msg":"request"`, `"path":"/search"`, `"msg":"stopped"`} {
		if !strings.Contains(log, want) {
			t.Errorf("no %s in the log:\n%s", want, log)
		}
	}
}
