package policy

import (
	"os"
	"path/filepath"
	"testing"
)

func TestRegistryOutlivesTheAgent(t *testing.T) {
	dir := t.TempDir()
	r, err := OpenRegistry(dir)
	if err != nil {
		t.Fatal(err)
	}
	if err := r.Put(crm); err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(filepath.Join(dir, "c2"), []byte(`{"containerID":"c2","na`), 0o644); err != nil {
		t.Fatal(err)
	}
	again, err := OpenRegistry(dir)
	if err != nil {
		t.Fatal(err)
	}
	if list := again.List(); len(list) != 1 || list[0] != crm {
		t.Errorf("remembered: %+v", list)
	}
	if _, err := os.Stat(filepath.Join(dir, "c2")); !os.IsNotExist(err) {
		t.Errorf("the half-written file: %v", err)
	}
}

func TestAddressHasOneOwner(t *testing.T) {
	r, err := OpenRegistry(t.TempDir())
	if err != nil {
		t.Fatal(err)
	}
	later := crm
	later.ContainerID, later.UID = "c9", "u9"
	for _, e := range []Endpoint{crm, later} {
		if err := r.Put(e); err != nil {
			t.Fatal(err)
		}
	}
	if list := r.List(); len(list) != 1 || list[0] != later {
		t.Errorf("owners: %+v", list)
	}
	if err := r.Remove("never seen"); err != nil {
		t.Error(err)
	}
}

func TestEndpointsThatCannotBeAreRefused(t *testing.T) {
	r, err := OpenRegistry(t.TempDir())
	if err != nil {
		t.Fatal(err)
	}
	for _, e := range []Endpoint{{}, {ContainerID: "c"}, {ContainerID: "../c", IP: crm.IP}} {
		if r.Put(e) == nil {
			t.Errorf("%+v is accepted", e)
		}
	}
}
