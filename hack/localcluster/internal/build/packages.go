package build

import (
	"context"
	"fmt"
	"os"
	"os/exec"
	"strings"
)

// Package is a Debian package, and how to tell that it need not be installed:
// by a command it brings, or by a file.
type Package struct {
	Name    string
	Command string
	File    string
}

// Runtime lists what a running cluster calls on the host: nft for Services and
// policies, mount, losetup and the ext4 tools for volumes.
func Runtime() []Package {
	return []Package{
		{Name: "nftables", Command: "nft"},
		{Name: "mount", Command: "mount"},
		{Name: "util-linux", Command: "losetup"},
		{Name: "e2fsprogs", Command: "mkfs.ext4"},
	}
}

// Missing returns the packages whose command or file is not there.
func Missing(packages []Package, found func(Package) bool) []string {
	var names []string
	for _, pkg := range packages {
		if !found(pkg) {
			names = append(names, pkg.Name)
		}
	}
	return names
}

// Found looks on this machine. Commands of administrators are looked for even
// when a user's PATH leaves them out.
func Found(pkg Package) bool {
	if pkg.File != "" {
		_, err := os.Stat(pkg.File)
		return err == nil
	}
	if _, err := exec.LookPath(pkg.Command); err == nil {
		return true
	}
	for _, dir := range []string{"/usr/sbin/", "/sbin/", "/usr/local/sbin/"} {
		if _, err := os.Stat(dir + pkg.Command); err == nil {
			return true
		}
	}
	return false
}

// Install installs those of the packages that are missing. Package lists are
// brought up to date only when an install fails without that.
func (c Cache) Install(ctx context.Context, packages []Package) error {
	missing := Missing(packages, Found)
	if len(missing) == 0 {
		return nil
	}
	list := strings.Join(missing, " ")
	if _, err := exec.LookPath("apt-get"); err != nil {
		return fmt.Errorf("missing on this machine: %s (there is no apt-get to install them with)", list)
	}
	if os.Geteuid() != 0 {
		return fmt.Errorf("missing on this machine: %s; run as root, or install them first: apt-get install %s", list, list)
	}
	fmt.Fprintf(c.Progress, "installing Debian packages: %s\n", list)
	if err := apt(ctx, append([]string{"install", "--yes", "--no-install-recommends"}, missing...)); err == nil {
		return nil
	}
	if err := apt(ctx, []string{"update"}); err != nil {
		return err
	}
	return apt(ctx, append([]string{"install", "--yes", "--no-install-recommends"}, missing...))
}

func apt(ctx context.Context, args []string) error {
	cmd := exec.CommandContext(ctx, "apt-get", append([]string{"--quiet"}, args...)...)
	cmd.Env = append(os.Environ(), "DEBIAN_FRONTEND=noninteractive")
	if out, err := cmd.CombinedOutput(); err != nil {
		return fmt.Errorf("apt-get %s: %w\n%s", strings.Join(args, " "), err, tail(out))
	}
	return nil
}
