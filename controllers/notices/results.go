package notices

import (
	"context"
	"fmt"
	"sync"
	"time"

	"k8s.io/apimachinery/pkg/types"
	"k8s.io/client-go/util/retry"

	"github.com/grupobizopps/salexops/api/v1alpha1"
)

// results are those of attempts that this process knows and the status doesn't
// yet. As long as the process lives, none of its attempts is in doubt for want
// of a write.
type results struct {
	mutex sync.Mutex
	known map[types.NamespacedName]result
}

type result struct {
	notice  types.UID
	attempt v1alpha1.NoticeAttempt
}

func keyOf(notice *v1alpha1.Notice) types.NamespacedName {
	return types.NamespacedName{Namespace: notice.Namespace, Name: notice.Name}
}

func (r *results) keep(notice *v1alpha1.Notice, attempt v1alpha1.NoticeAttempt) {
	r.mutex.Lock()
	defer r.mutex.Unlock()
	if r.known == nil {
		r.known = map[types.NamespacedName]result{}
	}
	r.known[keyOf(notice)] = result{notice.UID, attempt}
}

func (r *results) of(key types.NamespacedName) (result, bool) {
	r.mutex.Lock()
	defer r.mutex.Unlock()
	known, ok := r.known[key]
	return known, ok
}

func (r *results) forget(key types.NamespacedName) {
	r.mutex.Lock()
	defer r.mutex.Unlock()
	delete(r.known, key)
}

// settleWithin bounds the recording of one result, also of one that the operator
// still has when it is told to stop.
const settleWithin = 5 * time.Second

// settle records the result that this process knows of a notice, if it knows
// one. What can't be recorded now is recorded at the next try.
func (r *Reconciler) settle(ctx context.Context, key types.NamespacedName) error {
	known, ok := r.results.of(key)
	if !ok {
		return nil
	}
	bounded, cancel := context.WithTimeout(context.WithoutCancel(ctx), settleWithin)
	defer cancel()
	err := retry.RetryOnConflict(retry.DefaultRetry, func() error { return r.recordResult(bounded, key, known) })
	if err != nil {
		return fmt.Errorf("recording what came of sending Notice %s: %w", key, err)
	}
	r.results.forget(key)
	return nil
}

// recordResult puts a result in its attempt, closed or not: it is the record of
// what the owner was told.
func (r *Reconciler) recordResult(ctx context.Context, key types.NamespacedName, known result) error {
	s, err := r.look(ctx, r.APIReader, key)
	if err != nil || s == nil || s.notice.UID != known.notice {
		return err
	}
	after := *s
	after.notice = s.notice.DeepCopy()
	attempts := after.notice.Status.Attempts
	for i := len(attempts) - 1; i >= 0; i-- {
		if attempts[i].MessageID == known.attempt.MessageID && attempts[i].StartedAt.Equal(&known.attempt.StartedAt) {
			attempts[i] = known.attempt
			break
		}
	}
	return r.save(ctx, s, after.describe(after.decide()))
}
