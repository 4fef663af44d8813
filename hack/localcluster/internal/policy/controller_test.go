package policy

import (
	"net/netip"
	"strings"
	"testing"
	"time"

	corev1 "k8s.io/api/core/v1"
	networkingv1 "k8s.io/api/networking/v1"
	metav1 "k8s.io/apimachinery/pkg/apis/meta/v1"
	"k8s.io/apimachinery/pkg/runtime"
	"k8s.io/client-go/informers"
	"k8s.io/client-go/kubernetes/fake"
	"sigs.k8s.io/knftables"
)

// admitted runs a controller over some objects and admits a pod.
func admitted(t *testing.T, e Endpoint, objects ...runtime.Object) (*knftables.Fake, *Controller, error) {
	t.Helper()
	client := fake.NewClientset(objects...)
	factory := informers.NewSharedInformerFactory(client, 0)
	registry, err := OpenRegistry(t.TempDir())
	if err != nil {
		t.Fatal(err)
	}
	nft := knftables.NewFake(knftables.IPv4Family, "test")
	c, err := New(client, factory, factory, nft, Network{Pods: netip.MustParsePrefix("10.214.0.0/16")}, registry)
	if err != nil {
		t.Fatal(err)
	}
	factory.Start(t.Context().Done())
	factory.WaitForCacheSync(t.Context().Done())
	return nft, c, c.Admit(t.Context(), e)
}

func objects() []runtime.Object {
	return []runtime.Object{
		&corev1.Namespace{ObjectMeta: metav1.ObjectMeta{Name: "a", ResourceVersion: "1"}},
		&corev1.Pod{ObjectMeta: metav1.ObjectMeta{Namespace: "a", Name: "crm", UID: "u1", ResourceVersion: "2"}},
		&networkingv1.NetworkPolicy{
			ObjectMeta: metav1.ObjectMeta{Namespace: "a", Name: "deny", ResourceVersion: "3"},
			Spec:       networkingv1.NetworkPolicySpec{PolicyTypes: []networkingv1.PolicyType{networkingv1.PolicyTypeEgress}},
		},
	}
}

var crm = Endpoint{ContainerID: "c1", Namespace: "a", Name: "crm", UID: "u1", IP: addr("10.214.0.2")}

func TestAdmittedPodIsIsolatedBeforeItStarts(t *testing.T) {
	nft, c, err := admitted(t, crm, objects()...)
	if err != nil {
		t.Fatal(err)
	}
	if dump := nft.Dump(); !strings.Contains(dump, "egress { 10.214.0.2 : jump egress-") {
		t.Errorf("in force is\n%s", dump)
	}
	if err := c.Release(t.Context(), "c1"); err != nil {
		t.Fatal(err)
	}
	if dump := nft.Dump(); strings.Contains(dump, "10.214.0.2") {
		t.Errorf("after the pod is gone, in force is\n%s", dump)
	}
}

func TestAnotherPodOfTheSameNameIsNotAdmitted(t *testing.T) {
	stale := crm
	stale.UID = "u0"
	if _, _, err := admitted(t, stale, objects()...); err == nil {
		t.Error("it is admitted")
	}
}

func TestPodIsNotAdmittedBeforeItsPolicyIsSeen(t *testing.T) {
	all := objects()
	_, c, err := admitted(t, crm, all...)
	if err != nil {
		t.Fatal(err)
	}
	live, err := c.live(t.Context(), crm)
	if err != nil {
		t.Fatal(err)
	}
	for _, object := range live {
		if !object.seen() {
			t.Errorf("%s is not seen", object.name)
		}
	}
	if notOlder("2", "10") || !notOlder("10", "2") || !notOlder("7", "7") {
		t.Error("resource versions are not compared as numbers")
	}
}

func TestRunFollowsChanges(t *testing.T) {
	nft, c, err := admitted(t, crm, objects()...)
	if err != nil {
		t.Fatal(err)
	}
	go func() { _ = c.Run(t.Context()) }()
	if err := c.client.NetworkingV1().NetworkPolicies("a").Delete(t.Context(), "deny", metav1.DeleteOptions{}); err != nil {
		t.Fatal(err)
	}
	for deadline := time.Now().Add(10 * time.Second); strings.Contains(nft.Dump(), "jump egress-"); {
		if time.Now().After(deadline) {
			t.Fatal("the pod is still isolated after its policy is gone")
		}
		time.Sleep(5 * time.Millisecond)
	}
}
