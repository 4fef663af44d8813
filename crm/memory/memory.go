// Package memory keeps things for a short while and in bounded memory: what is
// on its way between two requests and must never be written down. One process
// serves a tenant, so its memory is enough; a restart forgets.
package memory

import (
	"container/list"
	"sync"
	"time"
)

// Limits bound what is kept. Past one of them, the oldest goes first.
type Limits[V any] struct {
	Age  time.Duration
	Most int // things
	// Weigh and MostWeight bound the sum of what is kept; nil: only their number.
	Weigh      func(V) int
	MostWeight int
}

// Memory keeps values by key. It is safe for concurrent use.
type Memory[K comparable, V any] struct {
	now    func() time.Time
	limits Limits[V]

	mutex  sync.Mutex
	byKey  map[K]*list.Element
	order  *list.List // of *kept, the oldest first
	weight int
}

type kept[K comparable, V any] struct {
	key    K
	value  V
	weight int
	until  time.Time
}

// New makes an empty memory with this clock.
func New[K comparable, V any](now func() time.Time, limits Limits[V]) *Memory[K, V] {
	return &Memory[K, V]{now: now, limits: limits, byKey: map[K]*list.Element{}, order: list.New()}
}

// Keep stores a value in place of the key's former one. One that is heavier
// than everything may be together is not kept.
func (m *Memory[K, V]) Keep(key K, value V) bool {
	weight := 0
	if m.limits.Weigh != nil {
		weight = m.limits.Weigh(value)
		if weight > m.limits.MostWeight {
			return false
		}
	}
	m.mutex.Lock()
	defer m.mutex.Unlock()
	now := m.now()
	m.drop(m.byKey[key])
	m.makeRoom(now, weight)
	m.byKey[key] = m.order.PushBack(&kept[K, V]{key, value, weight, now.Add(m.limits.Age)})
	m.weight += weight
	return true
}

// See tells the key's value and keeps it.
func (m *Memory[K, V]) See(key K) (value V, ok bool) { return m.find(key, false) }

// Take tells the key's value and forgets it.
func (m *Memory[K, V]) Take(key K) (value V, ok bool) { return m.find(key, true) }

// Forget drops the key's value, if there is one.
func (m *Memory[K, V]) Forget(key K) { m.find(key, true) }

func (m *Memory[K, V]) find(key K, take bool) (value V, ok bool) {
	m.mutex.Lock()
	defer m.mutex.Unlock()
	element := m.byKey[key]
	if element == nil {
		return value, false
	}
	found := m.at(element)
	fresh := !m.now().After(found.until)
	if take || !fresh {
		m.drop(element)
	}
	if !fresh {
		return value, false
	}
	return found.value, true
}

func (m *Memory[K, V]) makeRoom(now time.Time, weight int) {
	for oldest := m.order.Front(); oldest != nil; oldest = m.order.Front() {
		full := m.order.Len() >= m.limits.Most || (weight > 0 && m.weight+weight > m.limits.MostWeight)
		if !full && !now.After(m.at(oldest).until) {
			return
		}
		m.drop(oldest)
	}
}

func (m *Memory[K, V]) drop(element *list.Element) {
	if element == nil {
		return
	}
	gone := m.at(element)
	m.order.Remove(element)
	delete(m.byKey, gone.key)
	m.weight -= gone.weight
}

func (*Memory[K, V]) at(element *list.Element) *kept[K, V] {
	return element.Value.(*kept[K, V]) //nolint:forcetypeassert // nothing else is in the list
}
