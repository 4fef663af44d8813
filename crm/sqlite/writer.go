package sqlite

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"runtime/debug"
	"sync"
	"sync/atomic"
	"time"
)

// maxBatch bounds how many writes share one commit, and so how long the first
// of them waits: 128 short writes take a few milliseconds.
const maxBatch = 128

// errClosed is returned for a write that comes after Close.
var errClosed = errors.New("the database is closed")

// claim says on which part of the volume's room a write may draw.
type claim int

const (
	ordinary  claim = iota // refused when only the reserve is left
	essential              // deletes, sign-ins and the like: may use the reserve
)

// job is one write that waits for the writer. Its work may run twice, in a
// batch and then alone, so it assigns its results and does not add to them.
type job struct {
	ctx   context.Context
	claim claim
	work  func(*tx) error
	done  chan error
}

// writer owns the only connection that writes. Its goroutine takes all writes
// that wait, runs them in one transaction, commits once and then acknowledges
// each: concurrent writers share one sync to disk. When a write of the batch
// fails, the batch is rolled back and each write runs alone in a transaction
// of its own, so that none suffers from another; failures are rare, because
// forms are checked before they come here.
type writer struct {
	pool *sql.DB
	conn *sql.Conn
	room *room
	zone func() *time.Location // the tenant's; set before the first write

	jobs     chan *job
	closing  chan struct{}
	stopOnce sync.Once
	stopped  chan struct{}

	prepared map[string]*sql.Stmt // used by the goroutine alone
	fields   *customFields        // those that the database has

	commits atomic.Int64 // transactions committed
	writes  atomic.Int64 // writes acknowledged
	failed  atomic.Int64 // writes refused or failed
}

func startWriter(ctx context.Context, pool *sql.DB, room *room) (*writer, error) {
	conn, err := pool.Conn(ctx)
	if err != nil {
		return nil, fmt.Errorf("open the writing connection: %w", err)
	}
	w := &writer{
		pool: pool, conn: conn, room: room,
		jobs: make(chan *job), closing: make(chan struct{}), stopped: make(chan struct{}),
		prepared: map[string]*sql.Stmt{},
	}
	go w.run()
	return w, nil
}

// do hands work to the writer and waits until it is durable or refused. Work
// that has not begun when ctx ends is not done.
func (w *writer) do(ctx context.Context, claim claim, work func(*tx) error) error {
	j := &job{ctx: ctx, claim: claim, work: work, done: make(chan error, 1)}
	select {
	case w.jobs <- j:
	case <-w.closing:
		return errClosed
	case <-ctx.Done():
		return ctx.Err()
	}
	err := <-j.done
	if err != nil {
		w.failed.Add(1)
		return translate(err)
	}
	w.writes.Add(1)
	return nil
}

func (w *writer) run() {
	defer close(w.stopped)
	for {
		select {
		case first := <-w.jobs:
			w.carryOut(w.collect(first))
		case <-w.closing:
			return
		}
	}
}

// collect takes the writes that wait now; it never waits for more.
func (w *writer) collect(first *job) []*job {
	batch := []*job{first}
	for len(batch) < maxBatch {
		select {
		case next := <-w.jobs:
			batch = append(batch, next)
		default:
			return batch
		}
	}
	return batch
}

func (w *writer) carryOut(batch []*job) {
	live := batch[:0]
	for _, j := range batch {
		if err := j.ctx.Err(); err != nil {
			j.done <- err
			continue
		}
		live = append(live, j)
	}
	if len(live) == 0 {
		return
	}
	err := w.transact(live)
	if err == nil || len(live) == 1 {
		for _, j := range live {
			j.done <- err
		}
		return
	}
	for _, j := range live {
		j.done <- w.transact([]*job{j})
	}
}

// transact runs the jobs in one transaction: all of them or none.
func (w *writer) transact(batch []*job) (err error) {
	// An interrupted statement would undo the whole transaction, the other
	// writes too: work that has begun is finished whoever waits for it.
	ctx := context.WithoutCancel(batch[0].ctx)
	t := &tx{ctx: ctx, w: w}
	if err := w.room.measure(t); err != nil {
		return err
	}
	if _, err := t.exec("BEGIN IMMEDIATE"); err != nil {
		return fmt.Errorf("begin transaction: %w", err)
	}
	defer func() {
		if err == nil {
			return
		}
		// SQLite may have rolled back by itself; then this does nothing.
		_, _ = t.exec("ROLLBACK")
	}()
	for _, j := range batch {
		if err := w.room.admit(j.claim); err != nil {
			return err
		}
		t.ctx = context.WithoutCancel(j.ctx)
		if err := perform(j, t); err != nil {
			return err
		}
	}
	t.ctx = ctx
	if _, err := t.exec("COMMIT"); err != nil {
		return fmt.Errorf("commit: %w", err)
	}
	w.commits.Add(1)
	return nil
}

// perform runs one job. A panic becomes its error: the other writes and the
// process go on.
func perform(j *job, t *tx) (err error) {
	defer func() {
		if reason := recover(); reason != nil {
			err = fmt.Errorf("write panicked: %v\n%s", reason, debug.Stack())
		}
	}()
	return j.work(t)
}

// close refuses new writes, waits for the running batch, moves the write-ahead
// log into the database file and closes the connection.
func (w *writer) close() error {
	w.stopOnce.Do(func() { close(w.closing) })
	<-w.stopped
	var failed error
	for _, statement := range w.prepared {
		failed = errors.Join(failed, statement.Close())
	}
	if _, err := w.conn.ExecContext(context.Background(), "PRAGMA wal_checkpoint(TRUNCATE)"); err != nil {
		failed = errors.Join(failed, fmt.Errorf("checkpoint: %w", err))
	}
	return errors.Join(failed, w.conn.Close(), w.pool.Close())
}
