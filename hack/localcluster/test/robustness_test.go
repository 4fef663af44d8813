//go:build cluster

package test

import (
	"encoding/json"
	"fmt"
	"net"
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"syscall"
	"testing"
	"time"

	corev1 "k8s.io/api/core/v1"
	apierrors "k8s.io/apimachinery/pkg/api/errors"
	metav1 "k8s.io/apimachinery/pkg/apis/meta/v1"
)

// pids reads the recorded processes of the components.
func pids(t *testing.T) map[string]int {
	t.Helper()
	files, err := filepath.Glob(filepath.Join(state, "processes", "*.json"))
	if err != nil {
		t.Fatal(err)
	}
	found := map[string]int{}
	for _, file := range files {
		content, err := os.ReadFile(file)
		if err != nil {
			t.Fatal(err)
		}
		var record struct {
			Name string
			PID  int
		}
		if err := json.Unmarshal(content, &record); err != nil {
			t.Fatal(err)
		}
		found[record.Name] = record.PID
	}
	return found
}

func (e *env) testIdempotent(t *testing.T) {
	before := pids(t)
	begun := time.Now()
	e.run(t, "up")
	t.Logf("up of a running cluster took %s", time.Since(begun).Round(100*time.Millisecond))
	for name, pid := range pids(t) {
		if before[name] != pid {
			t.Errorf("%s was replaced without need", name)
		}
	}
}

func (e *env) testPartial(t *testing.T) {
	restarts := e.restarts(t, "tenant", "crm")
	ip := e.ready(t, "tenant", "crm")
	door := e.ready(t, "platform", "door")
	before := pids(t)
	for _, name := range []string{"agent", "kubelet", "kube-apiserver"} {
		if err := syscall.Kill(before[name], syscall.SIGKILL); err != nil {
			t.Fatal(err)
		}
	}
	// Isolation holds while nobody is there to enforce it.
	listener, err := net.Listen("tcp4", "10.213.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	defer listener.Close()
	for from, open := range map[string]bool{ip: false, door: true} {
		if err := want(from, listener.Addr().String(), open); err != nil {
			t.Error(err)
		}
	}
	e.run(t, "up")
	if after := e.restarts(t, "tenant", "crm"); after != restarts {
		t.Errorf("the pod was restarted %d times", after-restarts)
	}
	if err := want(door, ip+":8080", true); err != nil {
		t.Error(err)
	}
	if err := want(ip, apiService, false); err != nil {
		t.Error(err)
	}
}

func (e *env) restarts(t *testing.T, namespace, name string) int32 {
	t.Helper()
	p, err := e.client.CoreV1().Pods(namespace).Get(t.Context(), name, metav1.GetOptions{})
	if err != nil {
		t.Fatal(err)
	}
	return p.Status.ContainerStatuses[0].RestartCount
}

func (e *env) testKilled(t *testing.T) {
	e.namespace(t, "killed", nil)
	e.claim(t, "killed", "data", "64Mi")
	ip := e.start(t, pod("killed", "keeper", withClaim("data")))
	if got := fill(t, ip, 10); got != "written" {
		t.Fatal(got)
	}
	killAll(t)
	begun := time.Now()
	e.run(t, "up")
	t.Logf("up after everything was killed took %s", time.Since(begun).Round(100*time.Millisecond))
	ip = e.restarted(t, "killed", "keeper")
	if got, err := fetch("GET", "http://"+ip+":8080/size?path=/data/filled", 5*time.Second); err != nil || got != strconv.Itoa(10<<20) {
		t.Errorf("what was written before is now of size %s, %v", got, err)
	}
	// Policies are back with the pods.
	tenant, door := e.restarted(t, "tenant", "crm"), e.restarted(t, "platform", "door")
	eventually(t, "the way that is open", time.Minute, func() error { return want(door, tenant+":8080", true) })
	expect(t, tenant, map[string]bool{ip + ":8080": false, apiService: false})
	leases, err := filepath.Glob(filepath.Join(state, "cni", "networks", "*", "10.*"))
	if err != nil {
		t.Fatal(err)
	}
	pods, err := e.client.CoreV1().Pods("").List(t.Context(), metav1.ListOptions{})
	if err != nil {
		t.Fatal(err)
	}
	if len(leases) != len(pods.Items) {
		t.Errorf("%d addresses are leased to %d pods", len(leases), len(pods.Items))
	}
}

// restarted waits until a pod was started anew and is ready, which is when its
// address is the new one.
func (e *env) restarted(t *testing.T, namespace, name string) string {
	t.Helper()
	eventually(t, "pod "+name+" to be started anew", time.Minute, func() error {
		if e.restarts(t, namespace, name) == 0 {
			return fmt.Errorf("not restarted")
		}
		return nil
	})
	return e.ready(t, namespace, name)
}

// killAll kills the components and everything else in the cluster's cgroup.
func killAll(t *testing.T) {
	t.Helper()
	victims := map[int]bool{}
	for _, pid := range pids(t) {
		victims[pid] = true
	}
	for _, pid := range members() {
		victims[pid] = true
	}
	for pid := range victims {
		_ = syscall.Kill(pid, syscall.SIGKILL)
	}
	eventually(t, "the victims to be gone", time.Minute, func() error {
		if left := members(); len(left) > 0 {
			return fmt.Errorf("left: %v", left)
		}
		return nil
	})
}

// members lists the processes in the cluster's cgroup.
func members() []int {
	var found []int
	for _, root := range cgroups() {
		_ = filepath.WalkDir(root, func(path string, _ os.DirEntry, err error) error {
			if err != nil || filepath.Base(path) != "cgroup.procs" {
				return nil //nolint:nilerr // a cgroup that is gone has no members
			}
			content, _ := os.ReadFile(path)
			for _, field := range strings.Fields(string(content)) {
				if pid, err := strconv.Atoi(field); err == nil {
					found = append(found, pid)
				}
			}
			return nil
		})
	}
	return found
}

// testDamaged spoils etcd's database and expects a working, empty cluster.
func (e *env) testDamaged(t *testing.T) {
	killAll(t)
	for _, pattern := range []string{"member/snap/db", "member/wal/*.wal"} {
		files, err := filepath.Glob(filepath.Join(state, "etcd", pattern))
		if err != nil || len(files) == 0 {
			t.Fatalf("etcd's files %s: %v, %v", pattern, files, err)
		}
		for _, file := range files {
			if err := os.WriteFile(file, []byte("half-written"), 0o600); err != nil {
				t.Fatal(err)
			}
		}
	}
	if out := e.run(t, "up"); !strings.Contains(out, "damaged") {
		t.Errorf("up says nothing of damage:\n%s", out)
	}
	e.connect(t)
	if _, err := e.client.CoreV1().Namespaces().Get(t.Context(), "tenant", metav1.GetOptions{}); !apierrors.IsNotFound(err) {
		t.Errorf("what was lost is there: %v", err)
	}
	e.namespace(t, "anew", nil)
	e.start(t, pod("anew", "web"))
	eventually(t, "volumes that nobody knows to be removed", time.Minute, func() error {
		left, err := filepath.Glob(filepath.Join(state, "volumes", "*"))
		if err == nil && len(left) > 0 {
			err = fmt.Errorf("left: %v", left)
		}
		return err
	})
	var pods *corev1.PodList
	pods, err := e.client.CoreV1().Pods("").List(t.Context(), metav1.ListOptions{})
	if err != nil || len(pods.Items) != 1 {
		t.Errorf("%d pods, %v", len(pods.Items), err)
	}
}
