package serve

import (
	"context"
	"net/http"
	"runtime/debug"
	"sync/atomic"
	"time"
)

// restAfter is how long nobody asks anything before memory goes back.
const restAfter = 4 * time.Second

// rest gives memory back to the system when nobody asks anything: most tenants
// do nothing most of the time, and share a machine. What the start alone needed
// goes back the first time.
type rest struct {
	asked, answered atomic.Int64
	give            func(context.Context)
}

// watch counts requests.
func (r *rest) watch(next http.Handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, q *http.Request) {
		r.asked.Add(1)
		defer r.answered.Add(1)
		next.ServeHTTP(w, q)
	})
}

// run gives back at the second look in a row at which nobody asks, once until
// somebody does.
func (r *rest) run(ctx context.Context, looks <-chan time.Time) {
	last, given := int64(0), int64(-1)
	for {
		select {
		case <-ctx.Done():
			return
		case <-looks:
		}
		asked := r.asked.Load()
		if asked == last && asked == r.answered.Load() && asked != given {
			r.give(ctx)
			given = asked
		}
		last = asked
	}
}

// startRest watches for quiet times until the program ends.
func (p *Program) startRest() {
	ctx, cancel := context.WithCancel(context.Background())
	ticker, ended := time.NewTicker(restAfter), make(chan struct{})
	p.rest.give = p.giveBack
	go func() {
		defer close(ended)
		p.rest.run(ctx, ticker.C)
	}()
	p.awaken = func() {
		ticker.Stop()
		cancel()
		<-ended
	}
}

// giveBack is what the program's rest begins with.
func (p *Program) giveBack(ctx context.Context) {
	if err := p.db.Shrink(ctx); err != nil && ctx.Err() == nil {
		p.config.Logger.WarnContext(ctx, "the database kept its memory", "error", err)
	}
	debug.FreeOSMemory()
	if err := dropProgram(); err != nil {
		p.config.Logger.WarnContext(ctx, "the program kept its memory", "error", err)
	}
}
