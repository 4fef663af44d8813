// Package process starts daemons, remembers them across runs of this program
// and ends them: only those that it can prove to be its own.
package process

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"os/exec"
	"path/filepath"
	"strconv"
	"strings"
	"syscall"
	"time"
)

// Record identifies a process beyond doubt. A pid alone is used again; a pid
// together with the moment it started, in the same boot, is not.
type Record struct {
	Name  string    `json:"name"`
	PID   int       `json:"pid"`
	Ticks uint64    `json:"ticks"` // start time in clock ticks since boot
	Boot  string    `json:"boot"`  // the kernel's id of the boot
	Since time.Time `json:"since"`
	// Fingerprint is of what it was started with; see Spec.
	Fingerprint string `json:"fingerprint"`
}

// Spec says what to start.
type Spec struct {
	Name    string
	Program string
	Args    []string
	// Env is added to this program's environment.
	Env []string
	// Log receives standard output and error; an older one becomes Log.1.
	Log string
	// Fingerprint is kept in the record, to tell later whether the process
	// runs what would be started today.
	Fingerprint string
	// Join is called with the pid at once, to put it into a cgroup.
	Join func(pid int) error
}

// Start starts a daemon that outlives this program, and records it in dir.
func Start(dir string, spec Spec) (Record, error) {
	if err := os.MkdirAll(filepath.Dir(spec.Log), 0o755); err != nil {
		return Record{}, fmt.Errorf("creating the log folder of %s: %w", spec.Name, err)
	}
	_ = os.Rename(spec.Log, spec.Log+".1")
	log, err := os.OpenFile(spec.Log, os.O_CREATE|os.O_WRONLY|os.O_APPEND, 0o644)
	if err != nil {
		return Record{}, fmt.Errorf("opening the log of %s: %w", spec.Name, err)
	}
	defer log.Close()
	cmd := exec.Command(spec.Program, spec.Args...)
	cmd.Dir = "/"
	cmd.Env = append(os.Environ(), spec.Env...)
	cmd.Stdout, cmd.Stderr = log, log
	cmd.SysProcAttr = &syscall.SysProcAttr{Setsid: true}
	if err := cmd.Start(); err != nil {
		return Record{}, fmt.Errorf("starting %s: %w", spec.Name, err)
	}
	// Collected when it ends, but not before it is identified: until then a
	// process that ends at once stays visible as a zombie.
	defer func() { go func() { _ = cmd.Wait() }() }()
	record, err := identify(spec, cmd.Process.Pid)
	if err == nil {
		err = record.write(dir)
	}
	if err == nil && spec.Join != nil {
		err = spec.Join(record.PID)
	}
	if err != nil {
		_ = cmd.Process.Kill()
		return Record{}, fmt.Errorf("recording %s: %w", spec.Name, err)
	}
	return record, nil
}

func identify(spec Spec, pid int) (Record, error) {
	boot, err := bootID()
	if err != nil {
		return Record{}, err
	}
	ticks, _, err := stat(pid)
	if err != nil {
		return Record{}, err
	}
	return Record{Name: spec.Name, PID: pid, Ticks: ticks, Boot: boot, Since: time.Now(), Fingerprint: spec.Fingerprint}, nil
}

func (r Record) write(dir string) error {
	if err := os.MkdirAll(dir, 0o755); err != nil {
		return err
	}
	content, err := json.Marshal(r)
	if err != nil {
		return err
	}
	path := filepath.Join(dir, r.Name+".json")
	if err := os.WriteFile(path+".new", content, 0o644); err != nil {
		return err
	}
	return os.Rename(path+".new", path)
}

// Find reads the record of a process. A missing or half-written one is no
// error: it gives a record that is not alive.
func Find(dir, name string) Record {
	content, err := os.ReadFile(filepath.Join(dir, name+".json"))
	if err != nil {
		return Record{Name: name}
	}
	var record Record
	if json.Unmarshal(content, &record) != nil {
		return Record{Name: name}
	}
	return record
}

// Forget removes the record of a process that is gone.
func Forget(dir, name string) error {
	err := os.Remove(filepath.Join(dir, name+".json"))
	if errors.Is(err, fs.ErrNotExist) {
		return nil
	}
	return err
}

// Alive tells whether the very process that was recorded still runs. A zombie
// does not.
func (r Record) Alive() bool {
	if r.PID <= 0 {
		return false
	}
	boot, err := bootID()
	if err != nil || boot != r.Boot {
		return false
	}
	ticks, state, err := stat(r.PID)
	return err == nil && ticks == r.Ticks && state != 'Z' && state != 'X'
}

// Stop asks the process to end, waits up to grace, and then kills it.
func (r Record) Stop(ctx context.Context, grace time.Duration) error {
	if !r.Alive() {
		return nil
	}
	if err := syscall.Kill(r.PID, syscall.SIGTERM); err != nil && !errors.Is(err, syscall.ESRCH) {
		return fmt.Errorf("ending %s (pid %d): %w", r.Name, r.PID, err)
	}
	if r.gone(ctx, grace) {
		return nil
	}
	if r.Alive() {
		if err := syscall.Kill(r.PID, syscall.SIGKILL); err != nil && !errors.Is(err, syscall.ESRCH) {
			return fmt.Errorf("killing %s (pid %d): %w", r.Name, r.PID, err)
		}
	}
	if !r.gone(ctx, 10*time.Second) {
		return fmt.Errorf("%s (pid %d) does not end", r.Name, r.PID)
	}
	return nil
}

func (r Record) gone(ctx context.Context, within time.Duration) bool {
	deadline := time.Now().Add(within)
	for r.Alive() {
		if time.Now().After(deadline) || ctx.Err() != nil {
			return false
		}
		time.Sleep(20 * time.Millisecond)
	}
	return true
}

func bootID() (string, error) {
	content, err := os.ReadFile("/proc/sys/kernel/random/boot_id")
	return strings.TrimSpace(string(content)), err
}

// stat reads when a process started and what state it is in. The name, in
// parentheses, may hold spaces and parentheses itself, so fields are counted
// from the last closing one.
func stat(pid int) (ticks uint64, state byte, err error) {
	content, err := os.ReadFile(fmt.Sprintf("/proc/%d/stat", pid))
	if err != nil {
		return 0, 0, err
	}
	_, rest, found := cutLast(string(content), ") ")
	fields := strings.Fields(rest)
	// Field 3 is the state and field 22 the start time, counting from 1.
	if !found || len(fields) < 20 {
		return 0, 0, fmt.Errorf("reading /proc/%d/stat: unexpected form", pid)
	}
	ticks, err = strconv.ParseUint(fields[19], 10, 64)
	return ticks, fields[0][0], err
}

func cutLast(s, sep string) (before, after string, found bool) {
	if i := strings.LastIndex(s, sep); i >= 0 {
		return s[:i], s[i+len(sep):], true
	}
	return s, "", false
}
