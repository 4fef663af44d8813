package runtime

import (
	"sync"

	"sigs.k8s.io/controller-runtime/pkg/client"
)

// secretMemory remembers which version of a Secret was seen to be right, and
// for which input. It holds no content, and losing it costs one read a Secret.
type secretMemory struct {
	mutex sync.Mutex
	seen  map[client.ObjectKey]seenSecret
}

type seenSecret struct{ version, input string }

func newSecretMemory() *secretMemory {
	return &secretMemory{seen: map[client.ObjectKey]seenSecret{}}
}

func (m *secretMemory) knows(key client.ObjectKey, version, input string) bool {
	m.mutex.Lock()
	defer m.mutex.Unlock()
	return m.seen[key] == seenSecret{version, input}
}

func (m *secretMemory) remember(key client.ObjectKey, version, input string) {
	m.mutex.Lock()
	defer m.mutex.Unlock()
	m.seen[key] = seenSecret{version, input}
}

func (m *secretMemory) forget(keys ...client.ObjectKey) {
	m.mutex.Lock()
	defer m.mutex.Unlock()
	for _, key := range keys {
		delete(m.seen, key)
	}
}
