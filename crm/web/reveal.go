package web

import (
	"sync"
	"time"

	"github.com/grupobizopps/salexops/crm/web/page"
)

// revealAge is how long an initial password can be seen.
const revealAge = 10 * time.Minute

// reveals keeps a new initial password for the session that made it, until it
// says "handed over" or the time is up: a reload does not lose it, and it is
// never written anywhere (contract.md 2.4).
type reveals struct {
	now       func() time.Time
	mu        sync.Mutex
	bySession map[int64]revealed
}

type revealed struct {
	page.Reveal
	until time.Time
}

func newReveals(now func() time.Time) *reveals {
	return &reveals{now: now, bySession: map[int64]revealed{}}
}

func (r *reveals) keep(session int64, what page.Reveal) {
	r.mu.Lock()
	defer r.mu.Unlock()
	now := r.now()
	for id, old := range r.bySession {
		if now.After(old.until) {
			delete(r.bySession, id)
		}
	}
	r.bySession[session] = revealed{Reveal: what, until: now.Add(revealAge)}
}

func (r *reveals) see(session int64) *page.Reveal {
	r.mu.Lock()
	defer r.mu.Unlock()
	found, ok := r.bySession[session]
	if !ok || r.now().After(found.until) {
		delete(r.bySession, session)
		return nil
	}
	return &found.Reveal
}

func (r *reveals) forget(session int64) {
	r.mu.Lock()
	defer r.mu.Unlock()
	delete(r.bySession, session)
}
