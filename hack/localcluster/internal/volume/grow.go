package volume

import (
	"context"
	"errors"
	"fmt"
	"os"
	"os/exec"
	"strings"

	"golang.org/x/sys/unix"

	"github.com/grupobizopps/salexops/hack/localcluster/internal/host"
)

// ErrInUse says that a volume grows only once no pod uses it.
var ErrInUse = errors.New("this machine may not resize a mounted file system: the volume grows once no pod uses it")

// Grow enlarges a volume to so many bytes and never shrinks it. It does so while
// the volume is in use, where the kernel lets it: that takes CAP_SYS_RESOURCE,
// which not every virtual machine grants even to root. Elsewhere it returns
// ErrInUse until nobody uses the volume.
func (s Store) Grow(ctx context.Context, name string, bytes int64) error {
	defer lock(s.file(name))()
	info, err := os.Stat(s.file(name))
	if err != nil {
		return fmt.Errorf("growing volume %s: %w", name, err)
	}
	if info.Size() < bytes {
		if err := os.Truncate(s.file(name), bytes); err != nil {
			return fmt.Errorf("growing volume %s: %w", name, err)
		}
	}
	// The rest is repeated even when the file is large enough already: an
	// earlier attempt may have come this far and no further.
	if err := s.Mount(ctx, name); err != nil {
		return err
	}
	device, err := s.device(ctx, name)
	if err != nil {
		return fmt.Errorf("growing volume %s: %w", name, err)
	}
	if err := run(ctx, "losetup", "--set-capacity", device); err != nil {
		return fmt.Errorf("growing volume %s: %w", name, err)
	}
	if run(ctx, "resize2fs", device) == nil {
		return nil
	}
	return s.growUnmounted(ctx, name, device)
}

// growUnmounted takes the volume away while it grows. A pod that is started in
// that moment does not find its folder, and the kubelet tries again.
func (s Store) growUnmounted(ctx context.Context, name, device string) error {
	mounts, err := host.Mounts()
	if err != nil {
		return err
	}
	uses := 0
	for _, m := range mounts {
		if m.Source == device {
			uses++
		}
	}
	if uses > 1 {
		return ErrInUse
	}
	if err := unix.Unmount(s.mount(name), unix.UMOUNT_NOFOLLOW); err != nil {
		if errors.Is(err, unix.EBUSY) {
			return ErrInUse
		}
		return fmt.Errorf("unmounting volume %s to grow it: %w", name, err)
	}
	err = errors.Join(check(ctx, s.file(name)), run(ctx, "resize2fs", s.file(name)))
	if err != nil {
		err = fmt.Errorf("growing volume %s: %w", name, err)
	}
	return errors.Join(err, s.Mount(ctx, name))
}

// check has the file system checked, which resize2fs insists on. An exit code
// of 1 says that something was put right.
func check(ctx context.Context, file string) error {
	out, err := exec.CommandContext(ctx, "e2fsck", "-f", "-p", file).CombinedOutput()
	var exit *exec.ExitError
	if errors.As(err, &exit) && exit.ExitCode() == 1 {
		return nil
	}
	if err != nil {
		return fmt.Errorf("e2fsck: %w: %s", err, strings.TrimSpace(string(out)))
	}
	return nil
}

func (s Store) device(ctx context.Context, name string) (string, error) {
	out, err := exec.CommandContext(ctx, "losetup", "--noheadings", "--output", "NAME", "--associated", s.file(name)).Output()
	if err != nil {
		return "", fmt.Errorf("looking for its loop device: %w", err)
	}
	devices := strings.Fields(string(out))
	if len(devices) != 1 {
		return "", fmt.Errorf("it has %d loop devices", len(devices))
	}
	return devices[0], nil
}
