package policy

import (
	"encoding/json"
	"errors"
	"fmt"
	"io/fs"
	"net/netip"
	"os"
	"path/filepath"
	"strings"
	"sync"
)

// Endpoint says which pod has which address. It comes from the network plugin
// as it gives the address, and not from the pod's status, which is late when a
// pod starts and out of date after a crash.
type Endpoint struct {
	// ContainerID is that of the pod's sandbox.
	ContainerID string     `json:"containerID"`
	Namespace   string     `json:"namespace"`
	Name        string     `json:"name"`
	UID         string     `json:"uid"`
	IP          netip.Addr `json:"ip"`
}

// Registry remembers endpoints in a folder, one file each, so that the agent
// may be started again.
type Registry struct {
	dir string

	mu        sync.Mutex
	endpoints map[string]Endpoint // by container
}

// OpenRegistry reads what is in the folder. A half-written file is dropped: the
// plugin got no answer then, and its sandbox was not used.
func OpenRegistry(dir string) (*Registry, error) {
	if err := os.MkdirAll(dir, 0o755); err != nil {
		return nil, fmt.Errorf("creating the folder of endpoints: %w", err)
	}
	entries, err := os.ReadDir(dir)
	if err != nil {
		return nil, fmt.Errorf("reading the endpoints: %w", err)
	}
	r := &Registry{dir: dir, endpoints: map[string]Endpoint{}}
	for _, entry := range entries {
		path := filepath.Join(dir, entry.Name())
		content, err := os.ReadFile(path)
		if err != nil {
			continue
		}
		var endpoint Endpoint
		if json.Unmarshal(content, &endpoint) != nil || endpoint.ContainerID != entry.Name() || !endpoint.IP.Is4() {
			_ = os.Remove(path)
			continue
		}
		r.endpoints[endpoint.ContainerID] = endpoint
	}
	return r, nil
}

// Put remembers an endpoint. An address has one owner: a former one, whose
// release was missed, loses it.
func (r *Registry) Put(e Endpoint) error {
	if !e.IP.Is4() || e.ContainerID == "" || strings.ContainsAny(e.ContainerID, "/.") {
		return fmt.Errorf("endpoint of container %q with address %q is not valid", e.ContainerID, e.IP)
	}
	content, err := json.Marshal(e)
	if err != nil {
		return err
	}
	r.mu.Lock()
	defer r.mu.Unlock()
	for id, other := range r.endpoints {
		if other.IP == e.IP && id != e.ContainerID {
			delete(r.endpoints, id)
			_ = os.Remove(filepath.Join(r.dir, id))
		}
	}
	if err := os.WriteFile(filepath.Join(r.dir, e.ContainerID), content, 0o644); err != nil {
		return fmt.Errorf("remembering the address of pod %s/%s: %w", e.Namespace, e.Name, err)
	}
	r.endpoints[e.ContainerID] = e
	return nil
}

// Remove forgets the endpoint of a container.
func (r *Registry) Remove(containerID string) error {
	r.mu.Lock()
	defer r.mu.Unlock()
	delete(r.endpoints, containerID)
	err := os.Remove(filepath.Join(r.dir, filepath.Base(containerID)))
	if errors.Is(err, fs.ErrNotExist) {
		return nil
	}
	return err
}

// List returns all endpoints.
func (r *Registry) List() []Endpoint {
	r.mu.Lock()
	defer r.mu.Unlock()
	endpoints := make([]Endpoint, 0, len(r.endpoints))
	for _, e := range r.endpoints {
		endpoints = append(endpoints, e)
	}
	return endpoints
}
