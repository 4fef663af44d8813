//go:build cluster

// Package test brings a cluster up for real. It needs root and takes the
// machine's one place for a cluster:
//
//	go test -tags cluster -count 1 -timeout 40m -v ./test
package test

import (
	"context"
	"fmt"
	"io"
	"net/http"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"k8s.io/client-go/kubernetes"
	"k8s.io/client-go/tools/clientcmd"
)

// state is not the usual folder, so that a cluster in use is not touched: with
// one up, this test is refused.
const state = "/var/lib/salexops-localcluster-test"

// env is the cluster under test.
type env struct {
	program string
	client  kubernetes.Interface
}

func TestCluster(t *testing.T) {
	if os.Geteuid() != 0 {
		t.Fatal("run as root")
	}
	e := &env{program: compile(t, ".."), client: nil}
	e.run(t, "build")
	e.run(t, "down")
	before := look(t)

	begun := time.Now()
	e.run(t, "up")
	t.Logf("up took %s", time.Since(begun).Round(100*time.Millisecond))
	t.Cleanup(func() { e.run(t, "down") })
	e.connect(t)
	e.run(t, "load-image", "--name", probeImage, "--binary", compile(t, "./probe"))

	t.Run("pods run as nonroot under seccomp and Services lead to them", e.testPod)
	t.Run("pod security levels and admission policies are enforced", e.testAdmission)
	t.Run("a load balancer is published on loopback", e.testLoadBalancer)
	t.Run("volumes have an end, grow, and go with their claims", e.testVolumes)
	t.Run("network policies isolate both ways from the first moment", e.testPolicies)
	t.Run("up is idempotent", e.testIdempotent)
	t.Run("a killed agent or kubelet is replaced and pods go on", e.testPartial)
	t.Run("everything killed comes up again", e.testKilled)
	t.Run("damaged etcd data is put aside", e.testDamaged)
	t.Run("down leaves nothing", func(t *testing.T) {
		e.run(t, "down")
		eventually(t, "the machine to be as before", time.Minute, func() error { return compare(before, look(t)) })
	})
}

// compile builds a static program from a folder of this module.
func compile(t *testing.T, dir string) string {
	t.Helper()
	path := filepath.Join(t.TempDir(), "program")
	cmd := exec.Command("go", "build", "-o", path, dir)
	cmd.Env = append(os.Environ(), "CGO_ENABLED=0")
	if out, err := cmd.CombinedOutput(); err != nil {
		t.Fatalf("compiling %s: %v\n%s", dir, err, out)
	}
	return path
}

// run calls localcluster and returns what it prints.
func (e *env) run(t *testing.T, args ...string) string {
	t.Helper()
	out, err := e.try(args...)
	if err != nil {
		t.Fatalf("localcluster %s: %v\n%s", strings.Join(args, " "), err, out)
	}
	return out
}

func (e *env) try(args ...string) (string, error) {
	out, err := exec.Command(e.program, append(args, "--state", state)...).CombinedOutput()
	return string(out), err
}

// connect reads the kubeconfig, which is another after etcd began anew.
func (e *env) connect(t *testing.T) {
	t.Helper()
	config, err := clientcmd.BuildConfigFromFlags("", filepath.Join(state, "kubeconfig"))
	if err != nil {
		t.Fatal(err)
	}
	config.QPS = -1
	if e.client, err = kubernetes.NewForConfig(config); err != nil {
		t.Fatal(err)
	}
}

// eventually asks until there is no error, and fails with the last one.
func eventually(t *testing.T, what string, within time.Duration, check func() error) {
	t.Helper()
	deadline := time.Now().Add(within)
	for {
		err := check()
		if err == nil {
			return
		}
		if time.Now().After(deadline) {
			t.Fatalf("waited %s for %s: %v", within, what, err)
		}
		time.Sleep(50 * time.Millisecond)
	}
}

// fetch returns the body of an answer of 200.
func fetch(method, url string, within time.Duration) (string, error) {
	ctx, cancel := context.WithTimeout(context.Background(), within)
	defer cancel()
	request, err := http.NewRequestWithContext(ctx, method, url, nil)
	if err != nil {
		return "", err
	}
	client := http.Client{Transport: &http.Transport{DisableKeepAlives: true}}
	response, err := client.Do(request)
	if err != nil {
		return "", err
	}
	defer response.Body.Close()
	body, err := io.ReadAll(response.Body)
	if err != nil {
		return "", err
	}
	if response.StatusCode != http.StatusOK {
		return "", fmt.Errorf("%s: %s", response.Status, body)
	}
	return string(body), nil
}
