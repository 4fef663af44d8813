package host

import (
	"fmt"
	"os"
	"slices"
	"strings"

	"golang.org/x/sys/unix"
)

// Mount is a line of the kernel's table of mounts.
type Mount struct {
	Path, Type, Source string
}

// Mounts reads the table, in the order of mounting.
func Mounts() ([]Mount, error) {
	content, err := os.ReadFile("/proc/self/mountinfo")
	if err != nil {
		return nil, fmt.Errorf("reading the mounts: %w", err)
	}
	return parseMounts(string(content)), nil
}

// parseMounts reads lines such as
// "36 35 98:0 /mnt1 /mnt2 rw,noatime master:1 - ext3 /dev/root rw".
func parseMounts(table string) []Mount {
	var mounts []Mount
	for _, line := range strings.Split(table, "\n") {
		left, right, found := strings.Cut(line, " - ")
		where, what := strings.Fields(left), strings.Fields(right)
		if !found || len(where) < 5 || len(what) < 2 {
			continue
		}
		mounts = append(mounts, Mount{Path: unescape(where[4]), Type: what[0], Source: unescape(what[1])})
	}
	return mounts
}

// unescape undoes the kernel's octal form of blanks and backslashes.
func unescape(s string) string {
	return strings.NewReplacer(`\040`, " ", `\011`, "\t", `\012`, "\n", `\134`, `\`).Replace(s)
}

// under returns the mounts at or below one of the folders, the latest first,
// which is the order in which they can be undone.
func under(mounts []Mount, dirs ...string) []string {
	var paths []string
	for _, m := range mounts {
		if slices.ContainsFunc(dirs, func(dir string) bool { return within(m.Path, dir) }) {
			paths = append(paths, m.Path)
		}
	}
	slices.Reverse(paths)
	return paths
}

func within(path, dir string) bool {
	return path == dir || strings.HasPrefix(path, strings.TrimSuffix(dir, "/")+"/")
}

// UnmountUnder undoes every mount at or below the folders. What is busy is
// detached: it is gone from sight at once, and from the kernel with its last user.
func UnmountUnder(dirs ...string) error {
	// Undoing one mount can uncover another at the same place.
	for range 10 {
		mounts, err := Mounts()
		if err != nil {
			return err
		}
		paths := under(mounts, dirs...)
		if len(paths) == 0 {
			return nil
		}
		for _, path := range paths {
			if unix.Unmount(path, unix.UMOUNT_NOFOLLOW) == nil {
				continue
			}
			if err := unix.Unmount(path, unix.MNT_DETACH|unix.UMOUNT_NOFOLLOW); err != nil && err != unix.EINVAL && err != unix.ENOENT {
				return fmt.Errorf("unmounting %s: %w", path, err)
			}
		}
	}
	return fmt.Errorf("unmounting what is below %s: it is mounted again and again", strings.Join(dirs, ", "))
}

// IsMounted tells whether something is mounted exactly there.
func IsMounted(path string) (bool, error) {
	mounts, err := Mounts()
	if err != nil {
		return false, err
	}
	return slices.ContainsFunc(mounts, func(m Mount) bool { return m.Path == path }), nil
}
