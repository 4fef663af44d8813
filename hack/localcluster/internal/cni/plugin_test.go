package cni

import (
	"net"
	"net/http"
	"net/http/httptest"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/containernetworking/cni/pkg/skel"
	current "github.com/containernetworking/cni/pkg/types/100"
)

func args(t *testing.T) (*skel.CmdArgs, string) {
	t.Helper()
	dir := t.TempDir()
	return &skel.CmdArgs{
		ContainerID: "c1",
		Args:        "IgnoreUnknown=1;K8S_POD_NAMESPACE=ns;K8S_POD_NAME=web;K8S_POD_UID=u1",
		StdinData: []byte(`{"cniVersion":"1.0.0","name":"n","type":"localcluster-policy",
			"agentSocket":"` + dir + `/agent.sock","endpoints":"` + dir + `",
			"prevResult":{"cniVersion":"1.0.0","interfaces":[{"name":"no-such-link"}],"ips":[{"address":"10.214.0.7/32"}]}}`),
	}, dir
}

// serve answers on the agent's socket.
func serve(t *testing.T, dir string, status int) *[]string {
	t.Helper()
	var requests []string
	listener, err := net.Listen("unix", filepath.Join(dir, "agent.sock"))
	if err != nil {
		t.Fatal(err)
	}
	server := httptest.NewUnstartedServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		body := make([]byte, 1<<10)
		n, _ := r.Body.Read(body)
		requests = append(requests, r.Method+" "+r.URL.Path+" "+string(body[:n]))
		w.WriteHeader(status)
	}))
	server.Listener = listener
	server.Start()
	t.Cleanup(server.Close)
	return &requests
}

func TestPodIsToldToTheAgentWithItsAddress(t *testing.T) {
	a, dir := args(t)
	requests := serve(t, dir, http.StatusNoContent)
	if err := add(a); err != nil {
		t.Fatal(err)
	}
	want := `POST /endpoints {"containerID":"c1","namespace":"ns","name":"web","uid":"u1","ip":"10.214.0.7"}`
	if len(*requests) != 1 || (*requests)[0] != want {
		t.Errorf("the agent is told %q", *requests)
	}
}

func TestPodDoesNotStartWhenTheAgentRefuses(t *testing.T) {
	a, dir := args(t)
	serve(t, dir, http.StatusInternalServerError)
	if err := add(a); err == nil {
		t.Error("it starts")
	}
}

func TestSandboxIsRemovedWithoutTheAgent(t *testing.T) {
	a, dir := args(t)
	if err := os.WriteFile(filepath.Join(dir, "c1"), nil, 0o644); err != nil {
		t.Fatal(err)
	}
	if err := del(a); err != nil {
		t.Fatal(err)
	}
	if _, err := os.Stat(filepath.Join(dir, "c1")); !os.IsNotExist(err) {
		t.Errorf("its address is still remembered: %v", err)
	}
}

func TestPodWithoutAddressIsRefused(t *testing.T) {
	a, _ := args(t)
	_, err := endpointOf(a, &current.Result{})
	if err == nil || !strings.Contains(err.Error(), "ns/web") {
		t.Errorf("endpointOf says %v", err)
	}
}
