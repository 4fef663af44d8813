package sqlite

import (
	"sync"
	"time"
)

// Sign-in is slowed down by login and by address of the client. A login may
// fail a few times for free; then the wait doubles up to half a minute, so that
// a stranger who guesses does not lock the owner out for long. An address, from
// where a whole office may come, has more free attempts and longer waits.
var (
	loginPatience   = patience{free: 5, longest: 30 * time.Second}
	addressPatience = patience{free: 20, longest: 15 * time.Minute}
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

// slowdown counts failed sign-ins. It lives in memory: a restart forgets, but
// nobody outside can cause one.
type slowdown struct {
	now   func() time.Time
	mutex sync.Mutex
	seen  map[string]*failures
}

type failures struct {
	count int
	last  time.Time
}

func newSlowdown(now func() time.Time) *slowdown {
	return &slowdown{now: now, seen: map[string]*failures{}}
}

// attempt says how long to wait before trying, or 0 and counts the attempt as
// a failure until succeeded says otherwise: attempts made at the same moment
// all count.
func (s *slowdown) attempt(login, address string) time.Duration {
	s.mutex.Lock()
	defer s.mutex.Unlock()
	now := s.now()
	byLogin, byAddress := s.of("login "+login, now), s.of("address "+address, now)
	wait := max(byLogin.remaining(loginPatience, now), byAddress.remaining(addressPatience, now))
	if wait > 0 {
		return wait
	}
	byLogin.add(now)
	byAddress.add(now)
	return 0
}

// succeeded forgets the failures of the login and takes this attempt back from
// the address.
func (s *slowdown) succeeded(login, address string) {
	s.mutex.Lock()
	defer s.mutex.Unlock()
	delete(s.seen, "login "+login)
	s.takeBack(address)
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
	f.last = now
}

// remaining is what is left of the wait; a clock that was set back does not
// make it longer.
func (f *failures) remaining(p patience, now time.Time) time.Duration {
	wait := p.wait(f.count)
	return min(max(0, wait-now.Sub(f.last)), wait)
}

// attemptFrom is attempt for a secret that stands alone, without a login.
func (s *slowdown) attemptFrom(address string) time.Duration {
	s.mutex.Lock()
	defer s.mutex.Unlock()
	now := s.now()
	f := s.of("address "+address, now)
	if wait := f.remaining(addressPatience, now); wait > 0 {
		return wait
	}
	f.add(now)
	return 0
}

// forgive takes an attempt of an address back: it was none.
func (s *slowdown) forgive(address string) {
	s.mutex.Lock()
	defer s.mutex.Unlock()
	s.takeBack(address)
}

func (s *slowdown) takeBack(address string) {
	if f := s.seen["address "+address]; f != nil {
		f.count--
	}
}
