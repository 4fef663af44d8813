package notices

import (
	"context"
	"fmt"
	"time"

	apierrors "k8s.io/apimachinery/pkg/api/errors"
	"k8s.io/apimachinery/pkg/types"
	"sigs.k8s.io/controller-runtime/pkg/client"

	"github.com/grupobizopps/salexops/api/v1alpha1"
	"github.com/grupobizopps/salexops/contract"
	"github.com/grupobizopps/salexops/facts"
	"github.com/grupobizopps/salexops/internal/contracttime"
	"github.com/grupobizopps/salexops/mail"
)

// scene is one look at one notice.
type scene struct {
	notice *v1alpha1.Notice
	tenant *v1alpha1.Tenant // nil where there is none
	zone   contract.Zone    // that dates are written in
	// real is the one reading of the clock; now is the contract's, the same
	// unless a test clock is in force.
	real, now time.Time
	testing   bool
	// served tells that there is a mail server.
	served bool
	// unreadable says why no message can be written, if none can.
	unreadable error
}

// look looks at a notice through a reader, and at what goes with it in the
// cache. The scene is nil where there is no such notice.
func (r *Reconciler) look(ctx context.Context, reader client.Reader, key types.NamespacedName) (*scene, error) {
	s := &scene{notice: &v1alpha1.Notice{}, real: r.Clock.Now(), served: r.Transport != nil}
	if err := reader.Get(ctx, key, s.notice); err != nil {
		if client.IgnoreNotFound(err) == nil {
			return nil, nil
		}
		return nil, fmt.Errorf("reading Notice %s: %w", key, err)
	}
	var err error
	if s.tenant, err = r.tenantOf(ctx, s.notice); err != nil {
		return nil, err
	}
	policy, err := readPolicy(ctx, r.Client)
	if err != nil {
		return nil, err
	}
	rules, err := facts.PolicyOf(policy)
	if err != nil {
		return nil, fmt.Errorf("finding the zone that dates are written in: %w", err)
	}
	s.zone = rules.Zone
	s.now, s.testing = contracttime.Now(policy, r.Options.AllowTestClock, s.real)
	s.judgeText()
	return s, nil
}

// open tells whether something may be to be done about a notice.
func open(notice *v1alpha1.Notice) bool {
	return notice.DeletionTimestamp == nil && notice.Labels[v1alpha1.OpenNoticeLabel] == "true" && notice.Status.ClosedAt == nil
}

// leaving tells whether the tenant is being deleted: there is nothing to tell its
// owner any more.
func (s *scene) leaving() bool { return s.tenant != nil && s.tenant.DeletionTimestamp != nil }

// refresh puts what is there now in place of what the cache had. It tells
// whether the notice is still open.
func (s *scene) refresh(ctx context.Context, live client.Reader) (bool, error) {
	key := client.ObjectKeyFromObject(s.notice)
	latest := &v1alpha1.Notice{}
	if err := live.Get(ctx, key, latest); err != nil {
		if client.IgnoreNotFound(err) == nil {
			return false, nil
		}
		return false, fmt.Errorf("reading Notice %s live: %w", key, err)
	}
	s.notice = latest
	s.judgeText()
	return open(latest), nil
}

// judgeText finds out whether the notice can be written about at all.
func (s *scene) judgeText() {
	_, s.unreadable = mail.NamedDate(s.notice, s.zone.DateOf(s.now))
}

// decide says what to do about the notice.
func (s *scene) decide() verdict {
	q := &question{uid: s.notice.UID, status: &s.notice.Status, contact: contactOf(s.notice, s.tenant), now: s.now}
	if at := s.notice.Spec.Deadline.At; at != nil {
		q.due = at.Time
	}
	v := decide(q)
	if !s.served || s.unreadable != nil {
		return verdict{action: rest}
	}
	return v
}

// wakeAfter is the time until something is to be done again. A test clock stands
// still; setting it is an event.
func (s *scene) wakeAfter(v verdict) time.Duration {
	if v.action != wait || s.testing {
		return 0
	}
	return max(toSecondUp(v.until).Sub(s.now), time.Millisecond)
}

func (r *Reconciler) tenantOf(ctx context.Context, notice *v1alpha1.Notice) (*v1alpha1.Tenant, error) {
	key := client.ObjectKey{Namespace: notice.Namespace, Name: notice.Spec.TenantRef.Name}
	tenant := &v1alpha1.Tenant{}
	switch err := r.Client.Get(ctx, key, tenant); {
	case apierrors.IsNotFound(err):
		return nil, nil
	case err != nil:
		return nil, fmt.Errorf("reading Tenant %s: %w", key, err)
	}
	return tenant, nil
}

func readPolicy(ctx context.Context, reader client.Reader) (*v1alpha1.PlatformPolicy, error) {
	policy := &v1alpha1.PlatformPolicy{}
	switch err := reader.Get(ctx, client.ObjectKey{Name: v1alpha1.PlatformPolicyName}, policy); {
	case apierrors.IsNotFound(err):
		return nil, nil
	case err != nil:
		return nil, fmt.Errorf("reading PlatformPolicy %s: %w", v1alpha1.PlatformPolicyName, err)
	}
	return policy, nil
}
