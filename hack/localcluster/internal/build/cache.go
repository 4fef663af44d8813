package build

import (
	"context"
	"fmt"
	"io"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"time"

	"golang.org/x/sys/unix"
)

// Cache builds recipes into folders under Dir.
type Cache struct {
	// Dir is created when needed.
	Dir string
	// Progress receives one line for each thing worth telling.
	Progress io.Writer
}

// Ensure returns the recipe's folder, building it when it is not there. A
// folder is either complete or absent: it is built beside its place and
// renamed. Two callers wait for each other instead of building twice.
func (c Cache) Ensure(ctx context.Context, r Recipe) (string, error) {
	key, err := r.Key()
	if err != nil {
		return "", err
	}
	dir := filepath.Join(c.Dir, key)
	if complete(dir) {
		return dir, nil
	}
	if err := os.MkdirAll(c.Dir, 0o755); err != nil {
		return "", fmt.Errorf("creating the build cache: %w", err)
	}
	unlock, err := lock(dir + ".lock")
	if err != nil {
		return "", fmt.Errorf("locking the build of %s: %w", r.Name, err)
	}
	defer unlock()
	if complete(dir) {
		return dir, nil
	}
	if err := c.build(ctx, r, dir); err != nil {
		return "", fmt.Errorf("building %s %s: %w", r.Name, r.Version, err)
	}
	return dir, nil
}

func complete(dir string) bool {
	info, err := os.Stat(dir)
	return err == nil && info.IsDir()
}

func (c Cache) build(ctx context.Context, r Recipe, dir string) error {
	if err := c.Install(ctx, r.Debian); err != nil {
		return err
	}
	temp, err := os.MkdirTemp(c.Dir, "building-"+r.Name+"-")
	if err != nil {
		return err
	}
	defer os.RemoveAll(temp)
	if err := os.Chmod(temp, 0o755); err != nil {
		return err
	}
	begun := time.Now()
	fmt.Fprintf(c.Progress, "building %s %s (about %s on two cores when nothing is cached)\n", r.Name, r.Version, r.Cold)
	stop := c.tick(r.Name, begun)
	err = r.run(ctx, temp)
	stop()
	if err != nil {
		return err
	}
	for _, link := range r.Links {
		if err := os.Symlink(r.Output, filepath.Join(temp, link)); err != nil {
			return err
		}
	}
	if err := os.Rename(temp, dir); err != nil {
		return err
	}
	fmt.Fprintf(c.Progress, "built %s in %s\n", r.Name, time.Since(begun).Round(time.Second))
	return nil
}

// tick says every half minute that the build is still going on.
func (c Cache) tick(name string, begun time.Time) (stop func()) {
	ticker := time.NewTicker(30 * time.Second)
	done := make(chan struct{})
	go func() {
		for {
			select {
			case <-ticker.C:
				fmt.Fprintf(c.Progress, "  still building %s, %s so far\n", name, time.Since(begun).Round(time.Second))
			case <-done:
				return
			}
		}
	}()
	return func() { ticker.Stop(); close(done) }
}

// run calls the Go tool so that it leaves its result in dir.
func (r Recipe) run(ctx context.Context, dir string) error {
	args := r.goArgs(dir)
	cmd := exec.CommandContext(ctx, "go", args...)
	cmd.Dir = r.Source
	if cmd.Dir == "" {
		// Outside of any module, so that a go.mod nearby has no say.
		cmd.Dir = dir
	}
	cgo := "0"
	if r.CGO {
		cgo = "1"
	}
	cmd.Env = append(os.Environ(), "CGO_ENABLED="+cgo, "GOBIN="+dir, "GOFLAGS=-buildvcs=false", "GOWORK=off", "GOOS=", "GOARCH=")
	out, err := cmd.CombinedOutput()
	if err != nil {
		return fmt.Errorf("go %s: %w\n%s", strings.Join(args, " "), err, tail(out))
	}
	return nil
}

func (r Recipe) goArgs(dir string) []string {
	args := []string{"install"}
	if r.Source != "" {
		args = []string{"build", "-o", filepath.Join(dir, r.Output)}
	}
	if len(r.Tags) > 0 {
		args = append(args, "-tags", strings.Join(r.Tags, ","))
	}
	if len(r.LDFlags) > 0 {
		args = append(args, "-ldflags", strings.Join(r.LDFlags, " "))
	}
	return append(args, r.Targets...)
}

// tail keeps the end of a long output, where the error is.
func tail(out []byte) []byte {
	const limit = 4000
	if len(out) > limit {
		return out[len(out)-limit:]
	}
	return out
}

// lock takes an exclusive lock that the kernel gives back when the process ends.
func lock(path string) (unlock func(), err error) {
	file, err := os.OpenFile(path, os.O_CREATE|os.O_RDWR, 0o644)
	if err != nil {
		return nil, err
	}
	if err := unix.Flock(int(file.Fd()), unix.LOCK_EX); err != nil {
		file.Close()
		return nil, err
	}
	return func() { file.Close() }, nil
}
