// Package notices tells the owners of tenants what they must be told: it hands
// open Notices to the mail server and records what became of each. What is to be
// told, and when it needs telling no more, is decided elsewhere.
package notices

import (
	"context"
	"time"

	"k8s.io/apimachinery/pkg/api/equality"
	apierrors "k8s.io/apimachinery/pkg/api/errors"
	"k8s.io/client-go/tools/events"
	"k8s.io/utils/clock"
	ctrl "sigs.k8s.io/controller-runtime"
	"sigs.k8s.io/controller-runtime/pkg/client"

	"github.com/grupobizopps/salexops/mail"
)

// Options are what a platform engineer chooses.
type Options struct {
	// AccountsNamespace holds the ledger.
	AccountsNamespace string
	// AllowTestClock lets PlatformPolicy.spec.testClock move the contract's
	// clock.
	AllowTestClock bool
	// Concurrency is how many notices are worked on at a time.
	Concurrency int
	// Domain is that of the sender's address: messages are identified under it.
	Domain string
	// Payment is how an owner pays and asks about it.
	Payment mail.Payment
}

// Transport connects to the mail server.
type Transport interface {
	Dial(ctx context.Context) (mail.Session, error)
}

// Reconciler sends notices, one at a time a worker.
type Reconciler struct {
	// Client reads from the cache and writes to the API server.
	Client client.Client
	// APIReader reads live: nothing is sent on the word of a cache.
	APIReader client.Reader
	Clock     clock.PassiveClock
	Recorder  events.EventRecorder
	// Transport is nil where no mail server is set. Nothing is sent then, and
	// whatever waits for a notice waits.
	Transport Transport
	Options   Options

	results results
}

// conflictPause is how long a notice rests that somebody else has just written.
const conflictPause = time.Second

// Reconcile takes one notice one step further. The cache says whether there is
// something to do; what is done follows from a live look, so that a cache that
// is behind repeats nothing. Of a notice at rest nothing is read and nothing is
// written.
func (r *Reconciler) Reconcile(ctx context.Context, request ctrl.Request) (ctrl.Result, error) {
	result, err := r.reconcile(ctx, request)
	if apierrors.IsConflict(err) {
		return ctrl.Result{RequeueAfter: conflictPause}, nil
	}
	return result, err
}

func (r *Reconciler) reconcile(ctx context.Context, request ctrl.Request) (ctrl.Result, error) {
	if err := r.settle(ctx, request.NamespacedName); err != nil {
		return ctrl.Result{}, err
	}
	s, err := r.look(ctx, r.Client, request.NamespacedName)
	if err != nil || s == nil || !open(s.notice) || s.leaving() {
		return ctrl.Result{}, err
	}
	if v := s.decide(); v.action != send && s.asDescribed(v) {
		return ctrl.Result{RequeueAfter: s.wakeAfter(v)}, nil
	}
	if stillOpen, err := s.refresh(ctx, r.APIReader); err != nil || !stillOpen {
		return ctrl.Result{}, err
	}
	v := s.decide()
	if v.action == send {
		return ctrl.Result{}, r.deliver(ctx, s, v.address)
	}
	return ctrl.Result{RequeueAfter: s.wakeAfter(v)}, r.save(ctx, s, s.describe(v))
}

// asDescribed tells whether the status says already what it should.
func (s *scene) asDescribed(v verdict) bool {
	return equality.Semantic.DeepEqual(ownPart(&s.notice.Status), ownPart(s.describe(v)))
}
