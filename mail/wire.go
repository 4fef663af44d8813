package mail

import (
	"net"
	"sync"
	"time"
)

// wire is the connection of a session, which may be ended from outside while
// something waits for it.
type wire struct {
	mutex      sync.Mutex
	connection net.Conn
	dead       bool
}

func (w *wire) put(connection net.Conn) {
	w.mutex.Lock()
	defer w.mutex.Unlock()
	w.connection = connection
	if w.dead {
		w.expire()
	}
}

// interrupt lets whatever waits for the connection fail, and whatever would.
func (w *wire) interrupt() {
	w.mutex.Lock()
	defer w.mutex.Unlock()
	w.dead = true
	w.expire()
}

func (w *wire) expire() {
	if w.connection != nil {
		_ = w.connection.SetDeadline(time.Unix(1, 0)) // Long ago.
	}
}

// allow gives the connection so much time from now, unless it was interrupted.
func (w *wire) allow(timeout time.Duration) {
	w.mutex.Lock()
	defer w.mutex.Unlock()
	if w.connection != nil && !w.dead {
		_ = w.connection.SetDeadline(time.Now().Add(timeout)) // One that fails here fails at the next word.
	}
}

// cut ends the connection without a word.
func (w *wire) cut() {
	w.mutex.Lock()
	defer w.mutex.Unlock()
	if w.connection != nil {
		_ = w.connection.Close() // Nothing was said over it that matters.
	}
}
