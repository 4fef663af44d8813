package web

import (
	"context"
	"slices"
	"strconv"
	"sync"
	"time"
)

// Limits of the memory of forms that were sent.
const (
	onceAge  = time.Hour
	onceSize = 4096
)

// onceOnly makes sending a form twice do its work once: a double click, a
// reload, a request repeated by the network. Each form carries a token; the
// first to arrive does the work, the others wait for it and are sent to the
// same place. One process serves a tenant, so its memory is enough.
type onceOnly struct {
	now   func() time.Time
	mu    sync.Mutex
	forms map[string]*sending
	order []string // keys, oldest first
}

type sending struct {
	done chan struct{}
	at   time.Time
	to   string // where the first was sent; empty: it failed
}

func newOnceOnly(now func() time.Time) *onceOnly {
	return &onceOnly{now: now, forms: map[string]*sending{}}
}

// do runs work for the first of several requests with the same token and
// session, and returns where to go. When work fails the token may be used again.
func (o *onceOnly) do(ctx context.Context, session int64, token string, work func() (string, error)) (string, error) {
	if token == "" {
		return work()
	}
	key := strconv.FormatInt(session, 10) + " " + token
	mine, first := o.claim(key)
	if !first {
		select {
		case <-mine.done:
			if mine.to != "" {
				return mine.to, nil
			}
			return work()
		case <-ctx.Done():
			return "", ctx.Err()
		}
	}
	defer close(mine.done)
	to, err := work()
	if err != nil {
		o.release(key)
		return "", err
	}
	mine.to = to
	return to, nil
}

func (o *onceOnly) claim(key string) (*sending, bool) {
	o.mu.Lock()
	defer o.mu.Unlock()
	if known := o.forms[key]; known != nil {
		return known, false
	}
	now := o.now()
	for len(o.order) > 0 && (len(o.order) >= onceSize || o.expired(o.order[0], now)) {
		delete(o.forms, o.order[0])
		o.order = o.order[1:]
	}
	mine := &sending{done: make(chan struct{}), at: now}
	o.forms[key] = mine
	o.order = append(o.order, key)
	return mine, true
}

func (o *onceOnly) expired(key string, now time.Time) bool {
	known := o.forms[key]
	return known == nil || now.Sub(known.at) > onceAge
}

func (o *onceOnly) release(key string) {
	o.mu.Lock()
	defer o.mu.Unlock()
	delete(o.forms, key)
	o.order = slices.DeleteFunc(o.order, func(k string) bool { return k == key })
}
