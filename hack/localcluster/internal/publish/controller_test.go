package publish

import (
	"net"
	"strings"
	"testing"
	"time"

	corev1 "k8s.io/api/core/v1"
	metav1 "k8s.io/apimachinery/pkg/apis/meta/v1"
	"k8s.io/client-go/informers"
	"k8s.io/client-go/kubernetes/fake"
	"k8s.io/client-go/tools/record"
)

// freePort finds a port that nobody has.
func freePort(t *testing.T) int32 {
	t.Helper()
	listener, err := net.Listen("tcp4", Address+":0")
	if err != nil {
		t.Fatal(err)
	}
	defer listener.Close()
	return int32(listener.Addr().(*net.TCPAddr).Port)
}

func run(t *testing.T, s *corev1.Service) (*fake.Clientset, *record.FakeRecorder) {
	t.Helper()
	client := fake.NewClientset(s)
	factory := informers.NewSharedInformerFactory(client, 0)
	events := record.NewFakeRecorder(100)
	c, err := New(client, factory, events)
	if err != nil {
		t.Fatal(err)
	}
	factory.Start(t.Context().Done())
	go func() { _ = c.Run(t.Context()) }()
	return client, events
}

func ingress(t *testing.T, client *fake.Clientset) []corev1.LoadBalancerIngress {
	t.Helper()
	s, err := client.CoreV1().Services("ns").Get(t.Context(), "web", metav1.GetOptions{})
	if err != nil {
		t.Fatal(err)
	}
	return s.Status.LoadBalancer.Ingress
}

func TestPublishedServiceIsToldItsAddress(t *testing.T) {
	client, _ := run(t, balancer("web", 0, freePort(t)))
	for deadline := time.Now().Add(10 * time.Second); len(ingress(t, client)) == 0; time.Sleep(5 * time.Millisecond) {
		if time.Now().After(deadline) {
			t.Fatal("its status stays empty")
		}
	}
	got := ingress(t, client)[0]
	if got.IP != Address || *got.IPMode != corev1.LoadBalancerIPModeProxy {
		t.Errorf("its status is %+v", got)
	}
}

func TestPortOfAnotherProgramIsReported(t *testing.T) {
	taken, err := net.Listen("tcp4", Address+":0")
	if err != nil {
		t.Fatal(err)
	}
	defer taken.Close()
	client, events := run(t, balancer("web", 0, int32(taken.Addr().(*net.TCPAddr).Port)))
	select {
	case event := <-events.Events:
		if !strings.Contains(event, "PortTaken") {
			t.Errorf("the event is %s", event)
		}
	case <-time.After(10 * time.Second):
		t.Fatal("nothing is said")
	}
	if got := ingress(t, client); len(got) != 0 {
		t.Errorf("its status is %+v", got)
	}
}
