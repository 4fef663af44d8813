package cluster

import (
	"bytes"
	"context"
	"errors"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/grupobizopps/salexops/hack/localcluster/internal/component"
	"github.com/grupobizopps/salexops/hack/localcluster/internal/layout"
	"github.com/grupobizopps/salexops/hack/localcluster/internal/process"
)

func cluster(t *testing.T) (*Cluster, *bytes.Buffer) {
	t.Helper()
	var out bytes.Buffer
	return &Cluster{Paths: layout.Paths{State: t.TempDir()}, Out: &out}, &out
}

func TestPollGivesUpAtOnceWhenTheProcessIsGone(t *testing.T) {
	begun := time.Now()
	err := poll(t.Context(), "it", time.Minute, func() error { return errors.New("it ended") },
		func(context.Context) error { return errors.New("not yet") })
	if err == nil || !strings.Contains(err.Error(), "it ended") || time.Since(begun) > 10*time.Second {
		t.Errorf("poll says %v", err)
	}
}

func TestPollSaysWhyItGaveUp(t *testing.T) {
	err := poll(t.Context(), "it", 120*time.Millisecond, nil, func(context.Context) error { return errors.New("not yet") })
	if err == nil || !strings.Contains(err.Error(), "not yet") {
		t.Errorf("poll says %v", err)
	}
}

func TestDamagedDataIsKeptAndOnlyOnce(t *testing.T) {
	c, out := cluster(t)
	for _, content := range []string{"older", "newer"} {
		member := filepath.Join(c.Paths.Etcd(), "member")
		if err := os.MkdirAll(member, 0o755); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(filepath.Join(member, "db"), []byte(content), 0o644); err != nil {
			t.Fatal(err)
		}
		if err := c.putEtcdAside(); err != nil {
			t.Fatal(err)
		}
	}
	kept, err := os.ReadFile(filepath.Join(c.Paths.Etcd()+".damaged", "member", "db"))
	if err != nil || string(kept) != "newer" {
		t.Errorf("kept: %q, %v", kept, err)
	}
	if !strings.Contains(out.String(), "damaged") {
		t.Errorf("it says %q", out.String())
	}
	if c.putEtcdAside() == nil {
		t.Error("without data, damage is blamed")
	}
}

func TestDeadComponentIsExplainedByItsLog(t *testing.T) {
	c, _ := cluster(t)
	_, err := process.Start(c.Paths.Records(), process.Spec{
		Name: component.Etcd, Program: "/bin/sh", Args: []string{"-c", "echo the disk is full; exit 1"}, Log: c.Paths.Log(component.Etcd),
	})
	if err != nil {
		t.Fatal(err)
	}
	err = poll(t.Context(), "etcd", 10*time.Second, c.died(component.Etcd), func(context.Context) error { return errors.New("not yet") })
	if err == nil || !strings.Contains(err.Error(), "the disk is full") {
		t.Errorf("poll says %v", err)
	}
}

func TestConfigurationIsNotTouchedWithoutNeed(t *testing.T) {
	c, _ := cluster(t)
	for _, dir := range []string{c.Paths.Config("x"), c.Paths.PKI("x")} {
		if err := os.MkdirAll(filepath.Dir(dir), 0o755); err != nil {
			t.Fatal(err)
		}
	}
	if err := os.MkdirAll(c.Paths.CNIConf(), 0o755); err != nil {
		t.Fatal(err)
	}
	path := c.Paths.Config("kube-proxy.yaml")
	if err := c.writeConfigs(programs{cni: "/cni"}); err != nil {
		t.Fatal(err)
	}
	old := time.Unix(1e9, 0)
	if err := os.Chtimes(path, old, old); err != nil {
		t.Fatal(err)
	}
	if err := c.writeConfigs(programs{cni: "/cni"}); err != nil {
		t.Fatal(err)
	}
	if info, err := os.Stat(path); err != nil || !info.ModTime().Equal(old) {
		t.Errorf("kube-proxy's file was written again: %v", err)
	}
}

func TestStateFolderWithSomethingElseIsLeftAlone(t *testing.T) {
	c, _ := cluster(t)
	if err := c.checkState(); err != nil {
		t.Errorf("an empty folder: %v", err)
	}
	if err := os.WriteFile(filepath.Join(c.Paths.State, "thesis.txt"), nil, 0o644); err != nil {
		t.Fatal(err)
	}
	if c.checkState() == nil {
		t.Error("a folder with something else in it is taken")
	}
	if err := os.WriteFile(c.Paths.Host(), nil, 0o644); err != nil {
		t.Fatal(err)
	}
	if err := c.checkState(); err != nil {
		t.Errorf("the state of a cluster: %v", err)
	}
}
