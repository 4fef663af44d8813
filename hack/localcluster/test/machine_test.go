//go:build cluster

package test

import (
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"sort"
	"strings"
	"testing"
)

// look describes what a cluster could leave on a machine.
func look(t *testing.T) map[string][]string {
	t.Helper()
	machine := map[string][]string{
		"cgroups":   cgroups(),
		"mounts":    mounts(t),
		"loops":     glob("/sys/block/loop*/loop/backing_file"),
		"links":     glob("/sys/class/net/*"),
		"netns":     append(glob("/run/netns/*"), glob("/var/run/netns/*")...),
		"processes": programs(),
		"sysctls":   sysctls(t),
		"folders": slices.Concat(
			glob("/run/salexops*"), glob(state), glob("/var/lib/cni"), glob("/var/lib/kubelet"),
			glob("/var/log/containers"), glob("/var/log/pods"), glob("/run/containerd"), glob("/etc/cni"), glob("/opt/cni"),
			glob("/opt/containerd"), glob("/run/runc"),
		),
	}
	tables, err := exec.Command("nft", "list", "tables").Output()
	if err != nil {
		t.Fatalf("listing nftables: %v", err)
	}
	machine["tables"] = strings.Split(string(tables), "\n")
	routes, err := os.ReadFile("/proc/net/route")
	if err != nil {
		t.Fatal(err)
	}
	for _, line := range strings.Split(string(routes), "\n") {
		if fields := strings.Fields(line); len(fields) > 2 {
			machine["routes"] = append(machine["routes"], fields[0]+" "+fields[1]+" "+fields[2])
		}
	}
	for _, list := range machine {
		sort.Strings(list)
	}
	return machine
}

// compare tells what differs.
func compare(before, after map[string][]string) error {
	var differences []string
	for kind := range before {
		for _, thing := range after[kind] {
			if !slices.Contains(before[kind], thing) {
				differences = append(differences, kind+": left behind: "+thing)
			}
		}
		for _, thing := range before[kind] {
			if !slices.Contains(after[kind], thing) {
				differences = append(differences, kind+": gone: "+thing)
			}
		}
	}
	if len(differences) > 0 {
		return fmt.Errorf("%s", strings.Join(differences, "\n"))
	}
	return nil
}

func glob(pattern string) []string {
	found, _ := filepath.Glob(pattern)
	return found
}

func cgroups() []string {
	return append(glob("/sys/fs/cgroup/salexops*"), glob("/sys/fs/cgroup/*/salexops*")...)
}

func mounts(t *testing.T) []string {
	t.Helper()
	content, err := os.ReadFile("/proc/self/mounts")
	if err != nil {
		t.Fatal(err)
	}
	return strings.Split(string(content), "\n")
}

// programs lists processes that were called with a path of the cluster's. Being
// built from the same cache is no sign: an envtest's programs are too.
func programs() []string {
	var found []string
	for _, path := range glob("/proc/[0-9]*/cmdline") {
		content, err := os.ReadFile(path)
		cmdline := strings.ReplaceAll(string(content), "\x00", " ")
		if err == nil && (strings.Contains(cmdline, state) || strings.Contains(cmdline, "/run/salexops-localcluster/")) {
			found = append(found, cmdline)
		}
	}
	return found
}

func sysctls(t *testing.T) []string {
	t.Helper()
	var values []string
	for _, name := range []string{"net/ipv4/ip_forward", "vm/overcommit_memory", "vm/panic_on_oom", "kernel/panic", "kernel/panic_on_oops"} {
		content, err := os.ReadFile("/proc/sys/" + name)
		if err != nil {
			t.Fatal(err)
		}
		values = append(values, name+"="+strings.TrimSpace(string(content)))
	}
	return values
}
