package frontdoor

import (
	"context"
	"time"

	"k8s.io/utils/clock"
)

// holder keeps requests waiting for an instance, a bounded number of them.
type holder struct {
	table   *Table
	clock   clock.Clock
	metrics *Metrics
	// longest is how long one request waits in all.
	longest time.Duration
	// places bounds how many requests wait at once, each holding a connection
	// and its buffers. Past it the page comes at once.
	places chan struct{}
}

// await says what a visit meets: it returns at once unless the instance is
// expected, and then as soon as the instance answers, the tenant's standing
// changes, or the visit's patience is at an end. The error is the context's.
func (h *holder) await(ctx context.Context, v *visit) (Verdict, error) {
	view, known := h.table.Lookup(v.host)
	verdict := v.see(view, known)
	if verdict.Act != ActHold {
		return verdict, nil
	}
	left := h.longest - h.clock.Since(v.started)
	if left <= 0 {
		return Verdict{Act: ActExplain, Page: verdict.Page}, nil
	}
	select {
	case h.places <- struct{}{}:
		defer func() { <-h.places }()
	default:
		h.metrics.overflow()
		return Verdict{Act: ActExplain, Page: verdict.Page}, nil
	}
	began := h.clock.Now()
	verdict, err := h.wait(ctx, v, view, verdict, left)
	h.metrics.held(h.clock.Since(began), verdict.Act == ActRoute)
	return verdict, err
}

func (h *holder) wait(ctx context.Context, v *visit, view *View, verdict Verdict, left time.Duration) (Verdict, error) {
	h.metrics.holding(1)
	defer h.metrics.holding(-1)
	timer := h.clock.NewTimer(left)
	defer timer.Stop()
	for verdict.Act == ActHold {
		select {
		case <-view.Changed():
			next, known := h.table.Lookup(v.host)
			view, verdict = next, v.see(next, known)
		case <-timer.C():
			return Verdict{Act: ActExplain, Page: verdict.Page}, nil
		case <-ctx.Done():
			return verdict, ctx.Err()
		}
	}
	return verdict, nil
}

// secondLook is how long a request whose connection was refused waits for news
// of the instance before it is tried again where it was: about the time in
// which a kubelet notices and tells that a container has died.
const secondLook = 2 * time.Second

// again is await for a visit whose instance refused the connection: the table
// may not know yet that the instance has gone.
func (h *holder) again(ctx context.Context, v *visit) (Verdict, error) {
	timer := h.clock.NewTimer(secondLook)
	defer timer.Stop()
	select {
	case <-v.view.Changed():
	case <-timer.C():
	case <-ctx.Done():
		return Verdict{}, ctx.Err()
	}
	return h.await(ctx, v)
}
