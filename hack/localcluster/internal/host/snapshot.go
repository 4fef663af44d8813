package host

import (
	"encoding/json"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
)

// sysctls are those that the cluster, the kubelet above all, changes.
var sysctls = []string{
	"net/ipv4/ip_forward",
	"vm/overcommit_memory",
	"vm/panic_on_oom",
	"kernel/panic",
	"kernel/panic_on_oops",
	"kernel/keys/root_maxkeys",
	"kernel/keys/root_maxbytes",
}

// folders are places outside of the state folder that containerd, the kubelet
// and the network library create, since they know no other.
var folders = []string{
	"/var/lib/cni",
	"/var/lib/kubelet",
	"/var/log/containers",
	"/run/containerd",
	"/run/runc",
	"/opt/containerd",
	"/opt/cni",
	"/etc/cni",
	"/etc/containerd",
}

// Snapshot is what the machine was like before the cluster.
type Snapshot struct {
	Sysctls map[string]string `json:"sysctls"`
	// Absent are the folders that did not exist.
	Absent []string `json:"absent"`
}

// TakeSnapshot writes the snapshot unless there is one: the first is the true
// one, later ones would take the cluster's own changes for the machine's.
func TakeSnapshot(path string) error {
	if _, err := ReadSnapshot(path); err == nil {
		return nil
	}
	s := Snapshot{Sysctls: map[string]string{}}
	for _, name := range sysctls {
		if value, err := os.ReadFile(filepath.Join("/proc/sys", name)); err == nil {
			s.Sysctls[name] = strings.TrimSpace(string(value))
		}
	}
	for _, dir := range folders {
		if _, err := os.Lstat(dir); errors.Is(err, fs.ErrNotExist) {
			s.Absent = append(s.Absent, dir)
		}
	}
	content, err := json.MarshalIndent(s, "", "  ")
	if err != nil {
		return err
	}
	if err := os.WriteFile(path+".new", content, 0o644); err != nil {
		return fmt.Errorf("recording the state of the machine: %w", err)
	}
	return os.Rename(path+".new", path)
}

// ReadSnapshot reads what TakeSnapshot wrote.
func ReadSnapshot(path string) (Snapshot, error) {
	var s Snapshot
	content, err := os.ReadFile(path)
	if err != nil {
		return s, err
	}
	return s, json.Unmarshal(content, &s)
}

// Restore puts the sysctls back and removes the folders that were not there.
func (s Snapshot) Restore() error {
	var failed []error
	for name, value := range s.Sysctls {
		path := filepath.Join("/proc/sys", name)
		if current, err := os.ReadFile(path); err == nil && strings.TrimSpace(string(current)) == value {
			continue
		}
		if err := os.WriteFile(path, []byte(value), 0o644); err != nil {
			failed = append(failed, fmt.Errorf("restoring %s: %w", name, err))
		}
	}
	for _, dir := range s.Absent {
		if err := removeUnmounted(dir); err != nil {
			failed = append(failed, err)
		}
	}
	return errors.Join(failed...)
}

// removeUnmounted removes a folder, but never reaches into a mount.
func removeUnmounted(dir string) error {
	mounts, err := Mounts()
	if err != nil {
		return err
	}
	if busy := under(mounts, dir); len(busy) > 0 {
		return fmt.Errorf("removing %s: %s is mounted", dir, busy[0])
	}
	if err := os.RemoveAll(dir); err != nil {
		return fmt.Errorf("removing %s: %w", dir, err)
	}
	return nil
}

// SetSysctl changes a kernel parameter, given as a path such as net/ipv4/ip_forward.
func SetSysctl(name, value string) error {
	if err := os.WriteFile(filepath.Join("/proc/sys", name), []byte(value), 0o644); err != nil {
		return fmt.Errorf("setting %s: %w", name, err)
	}
	return nil
}
