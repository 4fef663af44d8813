package storage

import (
	"errors"
	"strings"
	"testing"
	"time"

	appsv1 "k8s.io/api/apps/v1"
	corev1 "k8s.io/api/core/v1"
	metav1 "k8s.io/apimachinery/pkg/apis/meta/v1"
	"k8s.io/apimachinery/pkg/types"
	clientgoscheme "k8s.io/client-go/kubernetes/scheme"
	"k8s.io/utils/ptr"
	"sigs.k8s.io/controller-runtime/pkg/client/fake"

	"github.com/grupobizopps/salexops/api/v1alpha1"
	"github.com/grupobizopps/salexops/contract"
	"github.com/grupobizopps/salexops/internal/layout"
)

var purgeDay = time.Date(2027, 3, 3, 7, 0, 0, 0, time.UTC)

func stamp(days int) *metav1.Time {
	at := metav1.NewTime(purgeDay.AddDate(0, 0, days))
	return &at
}

// purge is a scene in which the purge of acme's documents is past its fence, and
// nothing has been destroyed yet.
func purge() *purgeScene {
	s := &purgeScene{
		tenant: &v1alpha1.Tenant{ObjectMeta: metav1.ObjectMeta{Namespace: "salexops-accounts", Name: "acme", UID: "tenant"}},
		subscription: &v1alpha1.Subscription{
			ObjectMeta: metav1.ObjectMeta{Namespace: "salexops-accounts", Name: "acme", UID: "subscription", ResourceVersion: "7"},
			Status: v1alpha1.SubscriptionStatus{Lapses: []v1alpha1.Lapse{{
				OpenedOn: "2027-02-01", DisabledAt: stamp(-27), NoticeDeliveredAt: stamp(-11), PurgeAt: stamp(0),
			}}},
		},
		claim: &corev1.PersistentVolumeClaim{
			ObjectMeta: metav1.ObjectMeta{Name: "documents", UID: "claim"},
			Spec:       corev1.PersistentVolumeClaimSpec{VolumeName: "pv-1"},
		},
		key:      metadataOf("Secret"),
		standing: contract.Standing{Billing: contract.BillingPurging, Due: []contract.Act{{Kind: contract.ActPurge}}},
		now:      purgeDay.Add(1500 * time.Millisecond),
	}
	s.key.Name, s.key.UID = "crm-documents-key", "key"
	s.lapse().Purge = s.intent()
	return s
}

func TestTheIntentNamesExactlyWhatIsDestroyed(t *testing.T) {
	s := purge()
	want := v1alpha1.PurgeStatus{KeyUID: "key", ClaimUID: "claim", VolumeName: "pv-1"}
	got := *s.intent()
	if at := got.IntentAt; at == nil || !at.Time.Equal(purgeDay.Add(time.Second)) {
		t.Errorf("the intent is of %s", at)
	}
	if got.IntentAt = nil; got != want {
		t.Errorf("got %+v", got)
	}
	s.key, s.claim = nil, nil
	got = *s.intent()
	if got.IntentAt = nil; got != (v1alpha1.PurgeStatus{}) {
		t.Errorf("of nothing: %+v", got)
	}
}

func TestWhenThereIsSomethingToDo(t *testing.T) {
	for _, test := range []struct {
		name   string
		change func(*v1alpha1.Lapse)
		want   *metav1.Time
	}{
		{"the owner was told, and the day has come", func(*v1alpha1.Lapse) {}, stamp(0)},
		{"users are not disabled", func(l *v1alpha1.Lapse) { l.DisabledAt = nil }, nil},
		{"the owner was not told", func(l *v1alpha1.Lapse) { l.NoticeDeliveredAt = nil }, nil},
		{"documents are never purged", func(l *v1alpha1.Lapse) { l.PurgeAt = nil }, nil},
		{"past the fence, from then on", func(l *v1alpha1.Lapse) {
			l.Purge, l.NoticeDeliveredAt, l.PurgeAt = &v1alpha1.PurgeStatus{IntentAt: stamp(1)}, nil, nil
		}, stamp(1)},
		{"it is done", func(l *v1alpha1.Lapse) {
			l.Purge = &v1alpha1.PurgeStatus{IntentAt: stamp(0), CompletedAt: stamp(0)}
		}, nil},
	} {
		t.Run(test.name, func(t *testing.T) {
			lapse := purge().lapse()
			lapse.Purge = nil
			test.change(lapse)
			want := time.Time{}
			if test.want != nil {
				want = test.want.Time
			}
			if got := purgeAt(lapse); !got.Equal(want) {
				t.Errorf("got %s, want %s", got, want)
			}
		})
	}
	if !purgeAt(nil).IsZero() {
		t.Error("something is to be purged without a lapse")
	}
}

func TestWhatHasBeenDestroyed(t *testing.T) {
	for _, test := range []struct {
		name                  string
		change                func(*purgeScene)
		untouched, unreadable bool
	}{
		{"nothing", func(*purgeScene) {}, true, false},
		{"there was nothing", func(s *purgeScene) { s.key, s.claim = nil, nil; s.lapse().Purge = s.intent() }, true, false},
		{"the key", func(s *purgeScene) { s.key = nil }, false, true},
		{"the key, and another was made", func(s *purgeScene) { s.key.UID = "another" }, false, true},
		{"the key, as recorded", func(s *purgeScene) { s.key = nil; s.lapse().Purge.KeyDestroyedAt = stamp(0) }, false, true},
		{"the key is on its way out", func(s *purgeScene) { s.key.DeletionTimestamp = stamp(0) }, false, true},
		{"the claim is on its way out", func(s *purgeScene) { s.claim.DeletionTimestamp = stamp(0) }, false, false},
		{"the claim, and another was made", func(s *purgeScene) { s.claim.UID = "another" }, false, false},
	} {
		t.Run(test.name, func(t *testing.T) {
			s := purge()
			test.change(s)
			if s.untouched() != test.untouched || s.unreadable() != test.unreadable {
				t.Errorf("untouched: %t, unreadable: %t", s.untouched(), s.unreadable())
			}
		})
	}
}

// every is all guards of the contract that a purge needs.
var every = []contract.Guard{
	contract.GuardFeedComplete, contract.GuardNoticeDelivered, contract.GuardNotFrozen, contract.GuardNotHeld,
	contract.GuardBreakerClosed, contract.GuardClockAgrees, contract.GuardReadLive,
}

func TestEveryGuardHoldsAPurge(t *testing.T) {
	s := purge()
	if err := s.guard(); err != nil {
		t.Errorf("nothing stands in the way: %v", err)
	}
	for _, guard := range every {
		s.act().BlockedBy = []contract.Guard{guard}
		var blocked *blockedError
		if !errors.As(s.guard(), &blocked) || blocked.reason != string(guard) {
			t.Errorf("%s: got %v", guard, s.guard())
		}
	}
}

func TestOnceTheKeyIsGoneABounceHoldsNothingAndEverythingElseDoes(t *testing.T) {
	s := purge()
	s.key = nil
	s.act().BlockedBy = []contract.Guard{contract.GuardNoticeDelivered}
	if err := s.guard(); err != nil {
		t.Errorf("a bounce: %v", err)
	}
	s.act().BlockedBy = append(s.act().BlockedBy, contract.GuardNotFrozen)
	var blocked *blockedError
	if !errors.As(s.guard(), &blocked) || blocked.reason != string(contract.GuardNotFrozen) {
		t.Errorf("a bounce and a freeze: %v", s.guard())
	}
}

func TestNothingIsPulledFromUnderARunningInstance(t *testing.T) {
	workload := func(change func(*appsv1.StatefulSet)) *appsv1.StatefulSet {
		set := &appsv1.StatefulSet{Spec: appsv1.StatefulSetSpec{Replicas: ptr.To[int32](0)}}
		set.Generation, set.Status.ObservedGeneration = 3, 3
		change(set)
		return set
	}
	for _, test := range []struct {
		name     string
		workload *appsv1.StatefulSet
		stopped  bool
	}{
		{"there is none", nil, true},
		{"it is stopped", workload(func(*appsv1.StatefulSet) {}), true},
		{"it is to run", workload(func(s *appsv1.StatefulSet) { s.Spec.Replicas = ptr.To[int32](1) }), false},
		{"nobody says how many", workload(func(s *appsv1.StatefulSet) { s.Spec.Replicas = nil }), false},
		{"a pod is left", workload(func(s *appsv1.StatefulSet) { s.Status.Replicas = 1 }), false},
		{"nobody has looked yet", workload(func(s *appsv1.StatefulSet) { s.Status.ObservedGeneration = 2 }), false},
	} {
		s := purge()
		s.workload = test.workload
		var pending *pendingError
		if err := s.requireStopped(); (err == nil) != test.stopped || err != nil && !errors.As(err, &pending) {
			t.Errorf("%s: %v", test.name, err)
		}
	}
}

func TestTheActIsThePurgeAndNoOther(t *testing.T) {
	s := purge()
	s.standing.Due = []contract.Act{{Kind: contract.ActReminder}}
	if s.act() != nil {
		t.Errorf("got %+v", s.act())
	}
	s.standing.Due = append(s.standing.Due, contract.Act{Kind: contract.ActPurge})
	if act := s.act(); act == nil || act.Kind != contract.ActPurge {
		t.Errorf("got %+v", act)
	}
}

// inside looks at acme's namespace, which has a UID and labels, with a key and a
// claim of the documents that carry none.
func inside(t *testing.T, recorded types.UID, uid types.UID, labels map[string]string) (*purgeScene, error) {
	t.Helper()
	name := layout.Namespace("acme")
	reader := fake.NewClientBuilder().WithScheme(clientgoscheme.Scheme).WithObjects(
		&corev1.Namespace{ObjectMeta: metav1.ObjectMeta{Name: name, UID: uid, Labels: labels}},
		&corev1.Secret{ObjectMeta: metav1.ObjectMeta{Namespace: name, Name: layout.DocumentsKey, UID: "key"}},
		&corev1.PersistentVolumeClaim{ObjectMeta: metav1.ObjectMeta{Namespace: name, Name: layout.Documents, UID: "claim"}},
	).Build()
	s := purge()
	s.key, s.claim = nil, nil
	if recorded != "" {
		s.tenant.Status.Instance = &v1alpha1.InstanceStatus{NamespaceUID: recorded}
	}
	return s, (&PurgeReconciler{APIReader: reader}).lookInside(t.Context(), s)
}

func TestAKeyWithoutLabelsIsNotGone(t *testing.T) {
	for name, c := range map[string]struct {
		recorded types.UID
		labels   map[string]string
		there    bool
	}{
		"in the namespace that was recorded":             {recorded: "ns", there: true},
		"in one that the labels name":                    {labels: layout.Labels("acme"), there: true},
		"in somebody else's":                             {},
		"in somebody else's, where the tenant's was":     {recorded: "lost"},
		"in the recorded one, whose labels name another": {recorded: "ns", labels: layout.Labels("globex"), there: true},
	} {
		t.Run(name, func(t *testing.T) {
			s, err := inside(t, c.recorded, "ns", c.labels)
			if err != nil {
				t.Fatal(err)
			}
			if (s.key != nil) != c.there || (s.claim != nil) != c.there {
				t.Errorf("key: %v, claim: %v", s.key != nil, s.claim != nil)
			}
			if c.there && (s.unreadable() || s.intent().KeyUID != "key" || s.intent().ClaimUID != "claim") {
				t.Errorf("it counts as gone: %+v", s.intent())
			}
		})
	}
}

func TestAReplacedNamespaceHoldsThePurge(t *testing.T) {
	_, err := inside(t, "lost", "ns", layout.Labels("acme"))
	var blocked *blockedError
	if !errors.As(err, &blocked) || blocked.reason != reasonNamespaceReplaced || !strings.Contains(blocked.message, "lost") {
		t.Errorf("got %v", err)
	}
}
