package main

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"
	"net/http"
	"os"
	"os/exec"
	"strconv"
	"strings"
	"syscall"
	"time"
)

// process is one running CRM.
type process struct {
	command *exec.Cmd
	log     *bytes.Buffer
	took    time.Duration // from its start to the first page
}

// patience is how long a start may take before it counts as failed.
const patience = 30 * time.Second

// start runs the binary and asks for the first page until it comes.
func (p *place) start(ctx context.Context, binary string) (*process, error) {
	run := &process{log: &bytes.Buffer{}}
	run.command = exec.CommandContext(ctx, binary, "serve",
		"--records", p.path("records"), "--documents", p.path("documents"), "--tenant", "acme",
		"--listen", p.public, "--private-listen", p.private,
		"--licence-dir", p.path("licence"), "--keys-dir", p.path("keys"), "--initial-dir", p.path("initial"))
	run.command.Stderr = run.log
	began := time.Now()
	if err := run.command.Start(); err != nil {
		return nil, fmt.Errorf("start %s: %w", binary, err)
	}
	for {
		err := p.visit(ctx, http.DefaultClient, "/sign-in")
		if err == nil {
			run.took = time.Since(began)
			return run, nil
		}
		if time.Since(began) > patience || ctx.Err() != nil {
			return nil, errors.Join(fmt.Errorf("no answer after %v: %w\n%s", patience, err, run.log), run.stop())
		}
		time.Sleep(time.Millisecond)
	}
}

// visit reads a page as a whole.
func (p *place) visit(ctx context.Context, client *http.Client, path string) error {
	request, err := http.NewRequestWithContext(ctx, http.MethodGet, "http://"+p.public+path, nil)
	if err != nil {
		return err
	}
	return finish(client.Do(request))
}

func finish(answer *http.Response, err error) error {
	if err != nil {
		return err
	}
	_, err = io.Copy(io.Discard, answer.Body)
	if err = errors.Join(err, answer.Body.Close()); err != nil {
		return err
	}
	if answer.StatusCode != http.StatusOK {
		return fmt.Errorf("%s answered %s", answer.Request.URL.Path, answer.Status)
	}
	return nil
}

// tail is the end of the process's log.
func (r *process) tail() string {
	text := r.log.String()
	return text[max(0, len(text)-2000):]
}

// stop ends the process as Kubernetes does.
func (r *process) stop() error {
	http.DefaultClient.CloseIdleConnections()
	if err := r.command.Process.Signal(syscall.SIGTERM); err != nil {
		return fmt.Errorf("stop: %w", err)
	}
	if err := r.command.Wait(); err != nil {
		return fmt.Errorf("the process did not end well: %w\n%s", err, r.log)
	}
	return nil
}

// memory reads what the process occupies at rest, in MB: after its first page,
// and after a user has signed in and looked around.
func (p *place) memory(ctx context.Context, binary string, rest time.Duration) (fresh, used float64, err error) {
	run, err := p.start(ctx, binary)
	if err != nil {
		return 0, 0, err
	}
	defer func() { err = errors.Join(err, run.stop()) }()
	time.Sleep(rest)
	if fresh, err = run.resident(); err != nil {
		return 0, 0, err
	}
	if err := p.lookAround(ctx); err != nil {
		return 0, 0, fmt.Errorf("use the CRM: %w", err)
	}
	time.Sleep(rest)
	used, err = run.resident()
	return fresh, used, err
}

func (p *place) lookAround(ctx context.Context) error {
	c, err := newClient(p.public, 1)
	if err != nil {
		return err
	}
	defer c.close()
	if err := c.signIn(ctx); err != nil {
		return err
	}
	for _, path := range []string{"/contacts", "/contacts?sort=name", "/companies", "/search?q=nunez", "/settings/account"} {
		if _, err := c.get(ctx, path); err != nil {
			return err
		}
	}
	return nil
}

// resident is what the process occupies now (VmRSS), in MB of a million bytes.
func (r *process) resident() (float64, error) { return r.status("VmRSS:") }

// peak is the most it has occupied since its start (VmHWM), in MB.
func (r *process) peak() (float64, error) { return r.status("VmHWM:") }

func (r *process) status(name string) (float64, error) {
	path := "/proc/" + strconv.Itoa(r.command.Process.Pid) + "/status"
	status, err := os.ReadFile(path)
	if err != nil {
		return 0, fmt.Errorf("read memory: %w", err)
	}
	for line := range strings.Lines(string(status)) {
		fields := strings.Fields(line)
		if len(fields) == 3 && fields[0] == name {
			kib, err := strconv.ParseFloat(fields[1], 64)
			return kib * 1024 / 1e6, err
		}
	}
	return 0, fmt.Errorf("%s has no %s", path, name)
}
