package sqlite

import (
	"strconv"
	"sync"
	"time"
)

// Sign-in is slowed down by login and by address of the client. A login may
// fail a few times for free; then the wait doubles up to half a minute, so that
// a stranger who guesses does not lock the owner out for long. An address, from
// where a whole office may come, has more free attempts and longer waits.
//
// Whoever tries codes knows the password already, and there are only a million
// codes: the waits are as long as for an address.
var (
	loginPatience   = patience{free: 5, longest: 30 * time.Second}
	addressPatience = patience{free: 20, longest: 15 * time.Minute}
	codePatience    = patience{free: 5, longest: 15 * time.Minute}
)

const (
	// forgetAfter is how long a failure counts.
	forgetAfter = time.Hour
	// maxTracked bounds the memory that strangers can make us use.
	maxTracked = 10_000
)

type patience struct {
	free    int
	longest time.Duration
}

// wait is the pause after this many failures.
func (p patience) wait(failures int) time.Duration {
	over := failures - p.free
	switch {
	case over < 0:
		return 0
	case over > 20:
		return p.longest
	}
	return min(time.Second<<over, p.longest)
}

// limit is one thing by which failures are counted.
type limit struct {
	key      string
	patience patience
	shared   bool // by many people: the success of one does not speak for the others
}

func addressLimit(address string) limit { return limit{"address " + address, addressPatience, true} }

func passwordLimits(login, address string) []limit {
	return []limit{{"login " + login, loginPatience, false}, addressLimit(address)}
}

func codeLimits(user int64, address string) []limit {
	return []limit{{"code " + strconv.FormatInt(user, 10), codePatience, false}, addressLimit(address)}
}

// slowdown counts failed sign-ins. It lives in memory: a restart forgets, but
// nobody outside can cause one.
type slowdown struct {
	now   func() time.Time
	mutex sync.Mutex
	seen  map[string]*failures
}

type failures struct {
	count   int
	last    time.Time
	refused bool // somebody had to wait since
}

func newSlowdown(now func() time.Time) *slowdown {
	return &slowdown{now: now, seen: map[string]*failures{}}
}

// attempt says how long to wait before trying, or 0 and counts the attempt as
// a failure until succeeded says otherwise: attempts made at the same moment
// all count. The first of several refusals after a failure is marked: it is
// worth writing down, the others are not.
func (s *slowdown) attempt(limits []limit) (wait time.Duration, first bool) {
	s.mutex.Lock()
	defer s.mutex.Unlock()
	now := s.now()
	counted := make([]*failures, 0, len(limits))
	var strictest *failures
	for _, l := range limits {
		f := s.of(l.key, now)
		counted = append(counted, f)
		if remaining := f.remaining(l.patience, now); remaining > wait {
			wait, strictest = remaining, f
		}
	}
	if strictest != nil {
		first, strictest.refused = !strictest.refused, true
		return wait, first
	}
	for _, f := range counted {
		f.add(now)
	}
	return 0, false
}

// succeeded forgets the failures of who succeeded and takes this attempt back
// from what is shared.
func (s *slowdown) succeeded(limits []limit) {
	s.mutex.Lock()
	defer s.mutex.Unlock()
	for _, l := range limits {
		if !l.shared {
			delete(s.seen, l.key)
		} else if f := s.seen[l.key]; f != nil {
			f.count--
		}
	}
}

func (s *slowdown) of(key string, now time.Time) *failures {
	f := s.seen[key]
	if f == nil || now.Sub(f.last) >= forgetAfter {
		s.makeRoom(now)
		f = &failures{}
		s.seen[key] = f
	}
	return f
}

// makeRoom drops what no longer counts, and then a part of the rest, rather
// than grow. Dropping many at once keeps the walk through all of them rare.
func (s *slowdown) makeRoom(now time.Time) {
	if len(s.seen) < maxTracked {
		return
	}
	for key, f := range s.seen {
		if now.Sub(f.last) >= forgetAfter {
			delete(s.seen, key)
		}
	}
	for key := range s.seen {
		if len(s.seen) <= maxTracked*3/4 {
			return
		}
		delete(s.seen, key)
	}
}

func (f *failures) add(now time.Time) {
	f.count++
	f.last, f.refused = now, false
}

// remaining is what is left of the wait; a clock that was set back does not
// make it longer.
func (f *failures) remaining(p patience, now time.Time) time.Duration {
	wait := p.wait(f.count)
	return min(max(0, wait-now.Sub(f.last)), wait)
}
