package storage

import (
	"context"
	"errors"
	"fmt"
	"time"

	corev1 "k8s.io/api/core/v1"
	apierrors "k8s.io/apimachinery/pkg/api/errors"
	metav1 "k8s.io/apimachinery/pkg/apis/meta/v1"
	"k8s.io/apimachinery/pkg/types"
	"k8s.io/client-go/tools/events"
	"k8s.io/utils/clock"
	ctrl "sigs.k8s.io/controller-runtime"
	"sigs.k8s.io/controller-runtime/pkg/client"

	"github.com/grupobizopps/salexops/api/v1alpha1"
	"github.com/grupobizopps/salexops/contract"
	"github.com/grupobizopps/salexops/facts"
	"github.com/grupobizopps/salexops/internal/contracttime"
	"github.com/grupobizopps/salexops/internal/lag"
	"github.com/grupobizopps/salexops/internal/servertime"
)

// PurgeReconciler deletes the documents of tenants whose payment has lapsed
// (contract.md 4). It works on Subscriptions, where the lapse, its fence and its
// record stand.
type PurgeReconciler struct {
	// Client writes to the API server; from its cache only the first look is
	// taken.
	Client client.Client
	// APIReader reads live: nothing is destroyed on the word of a cache.
	APIReader client.Reader
	Clock     clock.PassiveClock
	// ServerTime is the API server's clock.
	ServerTime servertime.Source
	// Permit asks the circuit breaker about a tenant's purge.
	Permit   func(ctx context.Context, kind contract.ActKind, tenant string, now time.Time) (bool, error)
	Recorder events.EventRecorder
	// Jitter delays a tenant's purge, so that those of a fleet, which fall on the
	// same midnight, are spread. It is never negative.
	Jitter  func(types.UID) time.Duration
	Options Options
}

// Reconcile takes the purge of one tenant's documents one step further, once it
// is due. Until then, and afterwards, it makes no request.
func (r *PurgeReconciler) Reconcile(ctx context.Context, request ctrl.Request) (ctrl.Result, error) {
	var cached v1alpha1.Subscription
	switch err := r.Client.Get(ctx, request.NamespacedName, &cached); {
	case apierrors.IsNotFound(err):
		return ctrl.Result{}, r.clearForgotten(ctx)
	case err != nil:
		return ctrl.Result{}, fmt.Errorf("reading Subscription %s: %w", request.NamespacedName, err)
	}
	real := r.Clock.Now()
	now, testing, err := r.contractNow(ctx, r.Client, real)
	if err != nil {
		return ctrl.Result{}, err
	}
	tenant := cached.Spec.TenantRef.Name
	switch at := purgeAt(facts.OpenLapse(&cached)); {
	case at.IsZero():
		// A purge that was held back may have been called off by a payment.
		return ctrl.Result{}, r.clearPurgeBlock(ctx, tenant)
	case now.Before(at) && testing:
		return ctrl.Result{}, r.clearPurgeBlock(ctx, tenant) // A clock that stands still brings nothing; setting it does.
	case now.Before(at):
		again := at.Sub(now) + r.Jitter(cached.UID) + time.Millisecond
		return ctrl.Result{RequeueAfter: again}, r.clearPurgeBlock(ctx, tenant)
	}
	return r.outcome(ctx, tenant, r.carryOut(ctx, request.NamespacedName, real))
}

// purgeAt is when there is something to do about a lapse: zero for never, or
// the fence of a purge that has begun.
func purgeAt(lapse *v1alpha1.Lapse) time.Time {
	switch {
	case lapse == nil:
		return time.Time{}
	case lapse.Purge != nil && lapse.Purge.CompletedAt != nil:
		return time.Time{} // At most one purge per lapse (contract.md 12.3).
	case lapse.Purge != nil && lapse.Purge.IntentAt != nil:
		return lapse.Purge.IntentAt.Time
	case lapse.PurgeAt == nil || lapse.NoticeDeliveredAt == nil || lapse.DisabledAt == nil:
		return time.Time{}
	}
	return lapse.PurgeAt.Time
}

// outcome tells the ends of a pass that a condition explains from failures.
// What a guard of the contract holds back comes back by the watch that sees the
// guard change.
func (r *PurgeReconciler) outcome(ctx context.Context, tenant string, err error) (ctrl.Result, error) {
	var blocked *blockedError
	var pending *pendingError
	switch {
	case errors.As(err, &blocked):
		again := time.Duration(0)
		if lookAgain[blocked.reason] {
			again = r.Options.LookAgain
		}
		return ctrl.Result{RequeueAfter: again}, r.recordPurgeBlock(ctx, tenant, blocked)
	case errors.As(err, &pending), apierrors.IsConflict(err):
		// What is on its way out, or somebody who wrote at the same moment.
		return ctrl.Result{RequeueAfter: r.Options.LookAgain}, nil
	case err != nil:
		return ctrl.Result{}, err
	}
	return ctrl.Result{}, r.clearPurgeBlock(ctx, tenant)
}

// lookAgain has the reasons that no watch tells of.
var lookAgain = map[string]bool{
	string(contract.GuardClockAgrees): true, reasonVolumeRetained: true, reasonNamespaceReplaced: true,
}

// carryOut goes through the steps (architecture, "Deciding and doing"). Each
// looks at what is there, live, and none depends on an earlier pass having done
// its own.
func (r *PurgeReconciler) carryOut(ctx context.Context, key client.ObjectKey, real time.Time) error {
	first, err := r.look(ctx, key, real)
	if err != nil || first == nil {
		return err
	}
	if !first.fenced() {
		if err := r.begin(ctx, first); err != nil {
			return err
		}
	}
	// From here on the intent is saved. What is destroyed is decided by a second
	// look: somebody may have put up a hold while the intent was written.
	last, err := r.look(ctx, key, real)
	if err != nil || last == nil || !last.fenced() {
		return err
	}
	if err := last.guard(); err != nil {
		return r.withdraw(ctx, last, err)
	}
	if err := last.requireStopped(); err != nil {
		return err
	}
	if err := r.destroyKey(ctx, last); err != nil {
		return err
	}
	if err := r.deleteDocuments(ctx, last); err != nil {
		return err
	}
	return r.recordPurged(ctx, last)
}

// begin saves the intent, if every guard holds. A payment or a bounce that came
// in the meantime has changed the Subscription, and the intent is refused.
func (r *PurgeReconciler) begin(ctx context.Context, s *purgeScene) error {
	if err := s.guard(); err != nil {
		return err
	}
	permitted, err := r.Permit(ctx, contract.ActPurge, s.tenant.Name, s.now)
	if err != nil {
		return fmt.Errorf("asking the breaker about the purge of Tenant %s: %w", s.tenant.Name, err)
	}
	switch {
	case !permitted && s.policy == nil:
		return keptBecause(contract.GuardBreakerClosed, s.tenant.Name, withoutPolicy)
	case !permitted:
		return blockedBy(contract.GuardBreakerClosed, s.tenant.Name)
	}
	deadline := s.lapse().PurgeAt
	if err := r.saveFence(ctx, s, s.intent()); err != nil {
		return err
	}
	if deadline != nil {
		lag.Observe(contract.ActPurge, deadline.Time, s.now)
	}
	told, _ := s.standing.Lapse.PurgeNotice.Delivered() // It was: no guard stands in the way.
	r.Recorder.Eventf(s.tenant, nil, corev1.EventTypeNormal, "PurgeStarted", "Purge",
		"the documents of tenant %s are being deleted: payment was due on %s, the owner was told on %s (contract.md 4)",
		s.tenant.Name, s.lapse().DueDate, s.zone.DateOf(told))
	return nil
}

// withdraw takes back an intent of which nothing has been carried out, because
// a guard does not hold any more: a tenant who pays while the guard is down must
// not wait for a purge that can't go on.
func (r *PurgeReconciler) withdraw(ctx context.Context, s *purgeScene, why error) error {
	if !s.untouched() {
		return why
	}
	if err := r.saveFence(ctx, s, nil); err != nil {
		return err
	}
	return why
}

// destroyKey makes every copy of the documents unreadable, wherever it is. It
// deletes the key that the fence names, and no other.
func (r *PurgeReconciler) destroyKey(ctx context.Context, s *purgeScene) error {
	fence := s.lapse().Purge
	if fence.KeyDestroyedAt != nil {
		return nil
	}
	if s.key != nil && fence.KeyUID != "" && s.key.UID == fence.KeyUID {
		if err := r.Client.Delete(ctx, s.key, client.Preconditions{UID: &s.key.UID}); client.IgnoreNotFound(err) != nil {
			return fmt.Errorf("destroying the key of the documents of Tenant %s: %w", s.tenant.Name, err)
		}
		if len(s.key.Finalizers) > 0 {
			return &pendingError{"Secret " + s.key.Name + " is being deleted"} // Until then it can be read.
		}
	}
	return r.advance(ctx, s, func(purge *v1alpha1.PurgeStatus) { purge.KeyDestroyedAt = s.second() })
}

// deleteDocuments deletes the claim that the fence names, and waits until it and
// the volume behind it are gone.
func (r *PurgeReconciler) deleteDocuments(ctx context.Context, s *purgeScene) error {
	fence := s.lapse().Purge
	if s.claim != nil && s.claim.UID == fence.ClaimUID {
		if s.claim.DeletionTimestamp == nil {
			if err := r.Client.Delete(ctx, s.claim, client.Preconditions{UID: &s.claim.UID}); client.IgnoreNotFound(err) != nil {
				return fmt.Errorf("deleting claim %s/%s (UID %s): %w", s.claim.Namespace, s.claim.Name, s.claim.UID, err)
			}
		}
		return &pendingError{"claim " + s.claim.Name + " is being deleted"}
	}
	return r.requireVolumeGone(ctx, s)
}

// recordPurged is the record that outlives the documents.
func (r *PurgeReconciler) recordPurged(ctx context.Context, s *purgeScene) error {
	if err := r.advance(ctx, s, func(purge *v1alpha1.PurgeStatus) { purge.CompletedAt = s.second() }); err != nil {
		return err
	}
	r.Recorder.Eventf(s.tenant, nil, corev1.EventTypeNormal, "DocumentsPurged", "Purge",
		"the documents of tenant %s are deleted and can't be recovered; its records are as they were (contract.md 4)", s.tenant.Name)
	return nil
}

func (r *PurgeReconciler) contractNow(ctx context.Context, reader client.Reader, real time.Time) (time.Time, bool, error) {
	policy, err := readPolicy(ctx, reader)
	if err != nil {
		return time.Time{}, false, err
	}
	now, testing := contracttime.Now(policy, r.Options.AllowTestClock, real)
	return now, testing, nil
}

func (s *purgeScene) second() *metav1.Time {
	at := metav1.NewTime(s.now.UTC().Truncate(time.Second))
	return &at
}
