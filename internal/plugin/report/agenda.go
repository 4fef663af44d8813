package report

import (
	"cmp"
	"slices"
	"time"

	"github.com/grupobizopps/salexops/contract"
)

// agenda collects what comes, by instant and by what it is.
type agenda map[slot]*Coming

type slot struct {
	at   int64 // Unix seconds
	what string
}

// add puts on the agenda what happens to a tenant until an instant, and what is
// due and nothing holds back.
func (a agenda) add(s *Subject, until time.Time) {
	for _, act := range s.Acts() {
		switch {
		case act.Earliest || act.At.After(until):
		case act.Overdue && len(act.BlockedBy) == 0:
			a.put(s, s.Now, act.What)
		case !act.Overdue && len(act.BlockedBy) == 0:
			a.put(s, act.At, act.What)
		}
	}
	switch next := s.Standing.Next; next.What {
	case contract.EventDisable, contract.EventPurge:
		// Acts, in which they are unless something holds them back.
	default:
		if next.At.After(s.Now) && !next.At.After(until) {
			a.put(s, next.At, string(next.What))
		}
	}
}

func (a agenda) put(s *Subject, at time.Time, what string) {
	key := slot{at: at.Unix(), what: what}
	if a[key] == nil {
		a[key] = &Coming{At: s.local(at), What: what}
	}
	a[key].Tenants = append(a[key].Tenants, s.Name())
}

func (a agenda) sorted() []Coming {
	all := make([]Coming, 0, len(a))
	for _, coming := range a {
		slices.Sort(coming.Tenants)
		all = append(all, *coming)
	}
	slices.SortFunc(all, func(x, y Coming) int {
		return cmp.Or(x.At.Compare(y.At), cmp.Compare(x.What, y.What))
	})
	return all
}
