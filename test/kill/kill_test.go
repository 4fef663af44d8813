// Package kill_test kills the manager, as kill -9 does, at every step of a
// purge: the real program, between a real API server and a proxy that knows
// which request is which. What it left is finished by the next one: never lost
// what should stay, never kept what should go, never purged twice.
package kill_test

import (
	"context"
	"fmt"
	"testing"
	"time"

	"github.com/go-logr/logr"
	corev1 "k8s.io/api/core/v1"
	apierrors "k8s.io/apimachinery/pkg/api/errors"
	"k8s.io/apimachinery/pkg/types"
	"sigs.k8s.io/controller-runtime/pkg/client"
	ctrllog "sigs.k8s.io/controller-runtime/pkg/log"

	"github.com/grupobizopps/salexops/api/v1alpha1"
	"github.com/grupobizopps/salexops/test/controlplane"
	"github.com/grupobizopps/salexops/test/story"
)

const (
	key   = "/secrets/crm-documents-key"
	claim = "/persistentvolumeclaims/documents"
)

// A scenario kills the manager at a point in the purge of one tenant, lets
// something happen while it is away, and says what must be there in the end.
type scenario struct {
	name string
	at   point
	// meanwhile happens while no manager runs.
	meanwhile func(ctx context.Context, w story.World, tenant string) error
	billing   v1alpha1.BillingState
	kept      bool // the documents
}

func fence(nth int, after bool, tenant string) point {
	return point{method: "PATCH", path: "/subscriptions/" + tenant + "/status", nth: nth, after: after}
}

// scenarios are ten kill points (before and after each of the five writes of a
// purge), and what may happen while nobody is there.
func scenarios() []scenario {
	purged := func(name string, at point) scenario {
		return scenario{name: name, at: at, billing: v1alpha1.BillingPurged}
	}
	pay := func(ctx context.Context, w story.World, tenant string) error {
		return w.Pay(ctx, tenant, "pay-0002", "2027-03-03 00:00", "2027-03-03", "2027-04-02")
	}
	hold := func(ctx context.Context, w story.World, tenant string) error {
		return w.Tenant(ctx, tenant, `{"spec":{"hold":true}}`)
	}
	key := func(after bool) point { return point{method: "DELETE", path: key, nth: 1, after: after} }
	claim := func(after bool) point { return point{method: "DELETE", path: claim, nth: 1, after: after} }
	return []scenario{
		purged("before-fence", fence(1, false, "before-fence")),
		purged("after-fence", fence(1, true, "after-fence")),
		purged("before-key", key(false)),
		purged("after-key", key(true)),
		purged("before-key-record", fence(2, false, "before-key-record")),
		purged("after-key-record", fence(2, true, "after-key-record")),
		purged("before-claim", claim(false)),
		purged("after-claim", claim(true)),
		purged("before-record", fence(3, false, "before-record")),
		purged("after-record", fence(3, true, "after-record")),
		{"paid-before-fence", fence(1, false, "paid-before-fence"), pay, v1alpha1.BillingCurrent, true},
		{"paid-after-fence", fence(1, true, "paid-after-fence"), pay, v1alpha1.BillingCurrent, false},
		{"held-before-fence", fence(1, false, "held-before-fence"), hold, v1alpha1.BillingPurgeScheduled, true},
		{"held-after-fence", fence(1, true, "held-after-fence"), hold, v1alpha1.BillingPurgeScheduled, true},
		{"held-after-key", key(true), hold, v1alpha1.BillingPurging, true},
	}
}

func TestAPurgeSurvivesAKillAtEveryStep(t *testing.T) {
	ctrllog.SetLogger(logr.Discard())
	ctx, cancel := context.WithTimeout(t.Context(), 8*time.Minute)
	t.Cleanup(cancel)
	plane, err := controlplane.Start(ctx)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		cancel()
		if err := plane.Stop(); err != nil {
			t.Errorf("stopping the API server: %v", err)
		}
	})
	if err := plane.StartStandIn(ctx); err != nil {
		t.Fatal(err)
	}
	p, err := newProxy(plane.OperatorConfig)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = p.server.Close() })
	s := &stage{ctx: ctx, t: t, c: plane.Admin, world: story.World{Client: plane.Admin}, proxy: p, binary: build(t)}
	s.prepare(plane)

	for _, scenario := range scenarios() {
		t.Run(scenario.name, func(t *testing.T) { s.play(t, scenario) })
	}
}

// stage is the cluster on which every scenario plays.
type stage struct {
	ctx    context.Context //nolint:containedctx // of one test
	t      *testing.T
	c      client.Client
	world  story.World
	proxy  *proxy
	binary string
	before map[string]volumes
}

// volumes are the UIDs of a tenant's claims before its purge.
type volumes struct{ records, documents, key types.UID }

// play kills the manager once, and lets the next one finish.
func (s *stage) play(t *testing.T, scenario scenario) {
	name := scenario.name
	s.must(t, s.world.Tenant(s.ctx, name, `{"spec":{"hold":false}}`))
	startManager(t, s.binary, s.proxy, &scenario.at).waitKilled(s.ctx, t, s.proxy)
	if scenario.meanwhile != nil {
		s.must(t, scenario.meanwhile(s.ctx, s.world, name))
	}
	next := startManager(t, s.binary, s.proxy, nil)
	s.eventually(t, next, func() string { return s.differs(name, scenario) })
	next.stop(t)
	s.must(t, s.world.Tenant(s.ctx, name, `{"spec":{"hold":true}}`))
	for path, most := range map[string]int{key: 1, claim: 1} {
		if n := s.proxy.deleted("/api/v1/namespaces/crm-" + name + path); n > most {
			t.Errorf("%s was deleted %d times", path, n)
		}
	}
	if got := s.uid(&corev1.PersistentVolumeClaim{}, name, "records"); got != s.before[name].records {
		t.Errorf("the records were touched: claim %s, not %s", got, s.before[name].records)
	}
}

// differs says what is not yet as the scenario wants it.
func (s *stage) differs(name string, want scenario) string {
	var tenant v1alpha1.Tenant
	if err := s.c.Get(s.ctx, client.ObjectKey{Namespace: controlplane.Accounts, Name: name}, &tenant); err != nil {
		return err.Error()
	}
	if got := tenant.Status.Standing.Billing; got != want.billing {
		return fmt.Sprintf("billing is %s, not %s", got, want.billing)
	}
	documents := s.uid(&corev1.PersistentVolumeClaim{}, name, "documents")
	if kept := documents == s.before[name].documents; kept != want.kept {
		return fmt.Sprintf("documents kept: %t", kept)
	}
	var volume corev1.PersistentVolume
	err := s.c.Get(s.ctx, client.ObjectKey{Name: "pvc-" + string(s.before[name].documents)}, &volume)
	if gone := apierrors.IsNotFound(err); gone == want.kept {
		return fmt.Sprintf("the volume is gone: %t", gone)
	}
	keyThere := s.uid(&corev1.Secret{}, name, "crm-documents-key") == s.before[name].key
	if keyThere != (want.kept && want.billing != v1alpha1.BillingPurging) {
		return fmt.Sprintf("the key is there: %t", keyThere)
	}
	if want.billing == v1alpha1.BillingCurrent && documents == "" {
		return "there is no new volume for documents"
	}
	return ""
}
