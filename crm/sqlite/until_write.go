package sqlite

import "sync"

// untilWrite remembers what was read until the next write of anything. Every
// page asks for some things that seldom change: what waits for the reader's
// attention, the views of a list.
//
// A write that was acknowledged is counted before, so whoever made it, or was
// told of it, reads anew. What is remembered is shared: nobody changes it.
type untilWrite[K comparable, V any] struct {
	mu    sync.Mutex
	at    int64 // commits when the oldest of them was read
	known map[K]V
}

// mostRemembered bounds what is kept between two writes.
const mostRemembered = 256

// get returns what is known for a key, or reads it.
func (m *untilWrite[K, V]) get(commits func() int64, key K, read func() (V, error)) (V, error) {
	now := commits() // before reading: what is read may be newer than that, never older
	m.mu.Lock()
	if m.at != now || len(m.known) >= mostRemembered {
		m.at, m.known = now, nil
	}
	value, ok := m.known[key]
	m.mu.Unlock()
	if ok {
		return value, nil
	}
	value, err := read()
	if err != nil {
		return value, err
	}
	m.mu.Lock()
	defer m.mu.Unlock()
	if m.at == now {
		if m.known == nil {
			m.known = map[K]V{}
		}
		m.known[key] = value
	}
	return value, nil
}
