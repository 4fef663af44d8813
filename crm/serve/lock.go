package serve

import (
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"strings"

	"golang.org/x/sys/unix"
)

// lockFile keeps a second process off the records volume.
const lockFile = "crm.lock"

// InUseError is returned when another process has the records volume.
type InUseError struct {
	Folder string
	Holder string // "process 7 on crm-0", or empty
}

func (e *InUseError) Error() string {
	holder := "another process"
	if e.Holder != "" {
		holder += " (" + e.Holder + ")"
	}
	return fmt.Sprintf("%s is using the records in %s: only one may, stop it first", holder, e.Folder)
}

// Lock is the claim of one process on a records volume. It ends with the
// process, however that ends: there is never a stale lock to remove.
type Lock struct{ file *os.File }

// AcquireLock claims the folder or fails at once with *InUseError.
func AcquireLock(folder string) (*Lock, error) {
	path := filepath.Join(folder, lockFile)
	file, err := os.OpenFile(path, os.O_RDWR|os.O_CREATE, 0o600) //nolint:gosec // the folder is the operator's flag
	if err != nil {
		return nil, fmt.Errorf("open lock file: %w", err)
	}
	err = unix.Flock(int(file.Fd()), unix.LOCK_EX|unix.LOCK_NB)
	if errors.Is(err, unix.EWOULDBLOCK) {
		holder := make([]byte, 200)
		read, _ := file.ReadAt(holder, 0) // who it is, is only said when it can be read
		return nil, errors.Join(&InUseError{Folder: folder, Holder: strings.TrimSpace(string(holder[:read]))}, file.Close())
	}
	if err != nil {
		return nil, errors.Join(fmt.Errorf("lock %s: %w", path, err), file.Close())
	}
	lock := &Lock{file: file}
	lock.sign()
	return lock, nil
}

// sign writes who holds the lock, for the message that a second process shows.
// The lock holds without it, on a full volume for instance.
func (l *Lock) sign() {
	host, err := os.Hostname()
	if err != nil {
		host = "this machine"
	}
	if l.file.Truncate(0) == nil {
		_, _ = fmt.Fprintf(l.file, "process %d on %s\n", os.Getpid(), host)
	}
}

// Release gives the volume free. The file stays: removing it would race with
// the next process.
func (l *Lock) Release() error {
	if err := l.file.Close(); err != nil {
		return fmt.Errorf("release lock: %w", err)
	}
	return nil
}
