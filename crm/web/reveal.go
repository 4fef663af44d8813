package web

import (
	"time"

	"github.com/grupobizopps/salexops/crm/memory"
	"github.com/grupobizopps/salexops/crm/web/page"
)

// revealAge is how long a new secret can be seen.
const revealAge = 10 * time.Minute

// reveals keeps a new secret (an initial password, a key of the API) for the
// session that made it, until it says that it has it or the time is up: a
// reload does not lose it, and it is never written anywhere (contract.md 2.4).
type reveals struct {
	bySession *memory.Memory[int64, page.Reveal]
}

func newReveals(now func() time.Time) *reveals {
	return &reveals{memory.New[int64](now, memory.Limits[page.Reveal]{Age: revealAge, Most: maxBySession})}
}

func (r *reveals) keep(session int64, what page.Reveal) { r.bySession.Keep(session, what) }
func (r *reveals) forget(session int64)                 { r.bySession.Forget(session) }

func (r *reveals) see(session int64) *page.Reveal {
	if found, ok := r.bySession.See(session); ok {
		return &found
	}
	return nil
}
