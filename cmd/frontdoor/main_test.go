package main

import (
	"strings"
	"sync/atomic"
	"testing"
	"time"

	"k8s.io/client-go/rest"

	"github.com/grupobizopps/salexops/frontdoor"
)

func TestDefaults(t *testing.T) {
	o, err := parse(nil)
	if err != nil {
		t.Fatal(err)
	}
	if o.listen != ":8080" || o.privateListen != ":9090" || o.domain != "localhost" || o.hold != 30*time.Second || o.accountsNamespace != "salexops-accounts" {
		t.Errorf("defaults: %+v", o)
	}
}

func TestBadFlagsAreNamed(t *testing.T) {
	for _, args := range []string{
		"--hold=-1s", "--grace=0s", "--max-held=0", "--billing-url=javascript:alert(1)", "--billing-url=http://pay.example", "--domain=", "acme",
	} {
		_, err := parse(strings.Fields(args))
		if err == nil {
			t.Errorf("%s was accepted", args)
			continue
		}
		flag, _, _ := strings.Cut(args, "=")
		if !strings.Contains(err.Error(), flag) {
			t.Errorf("%s: %v, want it named", args, err)
		}
	}
}

func TestReadinessNamesWhatIsMissing(t *testing.T) {
	watch, err := frontdoor.NewWatch(&rest.Config{Host: "http://127.0.0.1:1"}, frontdoor.NewTable(), "salexops-accounts", "localhost")
	if err != nil {
		t.Fatal(err)
	}
	var draining atomic.Bool
	ready := readiness(watch, &draining)
	if got := ready(); got != "the tenants are not known yet" {
		t.Errorf("before the first list: %q", got)
	}
	draining.Store(true)
	if got := ready(); got != "stopping" {
		t.Errorf("while draining: %q", got)
	}
}
