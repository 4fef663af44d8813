package drift_test

import (
	"testing"

	appsv1 "k8s.io/api/apps/v1"
	corev1 "k8s.io/api/core/v1"
	networkingv1 "k8s.io/api/networking/v1"
	"k8s.io/apimachinery/pkg/api/equality"
	"k8s.io/apimachinery/pkg/api/resource"
	metav1 "k8s.io/apimachinery/pkg/apis/meta/v1"
	"k8s.io/apimachinery/pkg/apis/meta/v1/unstructured"
	"k8s.io/apimachinery/pkg/runtime"
	appsv1ac "k8s.io/client-go/applyconfigurations/apps/v1"
	corev1ac "k8s.io/client-go/applyconfigurations/core/v1"
	clientgoscheme "k8s.io/client-go/kubernetes/scheme"
	"k8s.io/utils/ptr"
	"sigs.k8s.io/controller-runtime/pkg/client"

	"github.com/grupobizopps/salexops/controllers/runtime/drift"
)

var detector = drift.NewDetector(clientgoscheme.Scheme)

func TestWhatCountsAsDrift(t *testing.T) {
	meta := metav1.ObjectMeta{
		Name: "crm", Namespace: "crm-acme", ResourceVersion: "7",
		Labels: map[string]string{"ours": "yes", "theirs": "too"},
	}
	service := func(mutate func(*corev1.Service)) *corev1.Service {
		object := &corev1.Service{ObjectMeta: meta, Spec: corev1.ServiceSpec{
			ClusterIP: corev1.ClusterIPNone, SessionAffinity: corev1.ServiceAffinityNone,
			Ports: []corev1.ServicePort{{Name: "http", Port: 8080, Protocol: corev1.ProtocolTCP}},
		}}
		mutate(object)
		return object
	}
	wantedService := corev1ac.Service("crm", "crm-acme").WithLabels(map[string]string{"ours": "yes"}).
		WithSpec(corev1ac.ServiceSpec().WithClusterIP("None").WithPublishNotReadyAddresses(false).
			WithPorts(corev1ac.ServicePort().WithName("http").WithPort(8080).WithProtocol(corev1.ProtocolTCP)))

	policy := func(rules ...networkingv1.NetworkPolicyIngressRule) *networkingv1.NetworkPolicy {
		return &networkingv1.NetworkPolicy{ObjectMeta: meta, Spec: networkingv1.NetworkPolicySpec{
			PolicyTypes: []networkingv1.PolicyType{networkingv1.PolicyTypeIngress}, Ingress: rules,
		}}
	}
	// The generated apply configurations drop empty lists; only this form can
	// say "no rules" and own it.
	wantedPolicy := client.ApplyConfigurationFromUnstructured(&unstructured.Unstructured{Object: map[string]any{
		"apiVersion": "networking.k8s.io/v1", "kind": "NetworkPolicy",
		"spec": map[string]any{"policyTypes": []any{"Ingress"}, "ingress": []any{}},
	}})

	quota := func(amount string) *corev1.ResourceQuota {
		return &corev1.ResourceQuota{ObjectMeta: meta, Spec: corev1.ResourceQuotaSpec{Hard: corev1.ResourceList{
			"requests.memory": resource.MustParse(amount), "count/widgets": resource.MustParse("3"),
		}}}
	}
	wantedQuota := corev1ac.ResourceQuota("crm", "crm-acme").WithSpec(corev1ac.ResourceQuotaSpec().
		WithHard(corev1.ResourceList{"requests.memory": resource.MustParse("1024Mi")}))

	workload := func(replicas int32, image string) *appsv1.StatefulSet {
		return &appsv1.StatefulSet{ObjectMeta: meta, Spec: appsv1.StatefulSetSpec{
			Replicas: ptr.To(replicas),
			Template: corev1.PodTemplateSpec{Spec: corev1.PodSpec{Containers: []corev1.Container{
				{Name: "crm", Image: image, TerminationMessagePath: "/dev/termination-log"},
			}}},
		}}
	}
	wantedWorkload := appsv1ac.StatefulSet("crm", "crm-acme").WithSpec(appsv1ac.StatefulSetSpec().
		WithReplicas(0).WithTemplate(corev1ac.PodTemplateSpec().WithSpec(corev1ac.PodSpec().
		WithContainers(corev1ac.Container().WithName("crm").WithImage("salexops/crm:dev")))))

	for _, test := range []struct {
		name      string
		live      runtime.Object
		desired   runtime.ApplyConfiguration
		satisfied bool
	}{
		{"defaults and foreign labels are left alone", service(func(*corev1.Service) {}), wantedService, true},
		{"a changed label", service(func(s *corev1.Service) { s.Labels = map[string]string{"ours": "no"} }), wantedService, false},
		{"a lost label", service(func(s *corev1.Service) { s.Labels = nil }), wantedService, false},
		{"a wanted false that became true", service(func(s *corev1.Service) { s.Spec.PublishNotReadyAddresses = true }), wantedService, false},
		{"a changed port", service(func(s *corev1.Service) { s.Spec.Ports[0].Port = 81 }), wantedService, false},
		{"another owner's port beside ours", service(func(s *corev1.Service) {
			s.Spec.Ports = append(s.Spec.Ports, corev1.ServicePort{Name: "x", Port: 9, Protocol: corev1.ProtocolTCP})
		}), wantedService, true},
		{"no rule wanted and none there", policy(), wantedPolicy, true},
		{"a rule slipped into a policy without rules", policy(networkingv1.NetworkPolicyIngressRule{}), wantedPolicy, false},
		{"the same amount written otherwise", quota("1Gi"), wantedQuota, true},
		{"another amount", quota("2Gi"), wantedQuota, false},
		{"no replica wanted and none there", workload(0, "salexops/crm:dev"), wantedWorkload, true},
		{"a replica too many", workload(1, "salexops/crm:dev"), wantedWorkload, false},
		{"another image", workload(0, "elsewhere/crm:dev"), wantedWorkload, false},
	} {
		t.Run(test.name, func(t *testing.T) {
			before := test.live.DeepCopyObject()
			satisfied, err := detector.Satisfied(test.live, test.desired)
			if err != nil {
				t.Fatal(err)
			}
			if satisfied != test.satisfied {
				t.Errorf("satisfied = %v, want %v", satisfied, test.satisfied)
			}
			if !apiEqual(before, test.live) {
				t.Error("the live object was changed by comparing it")
			}
		})
	}
}

func TestAnUnknownKindIsAnError(t *testing.T) {
	empty := drift.NewDetector(runtime.NewScheme())
	if _, err := empty.Satisfied(&corev1.Service{}, corev1ac.Service("crm", "crm-acme")); err == nil {
		t.Error("a kind that the scheme doesn't know was compared")
	}
}

func BenchmarkSatisfied(b *testing.B) {
	live := &corev1.Service{ObjectMeta: metav1.ObjectMeta{Name: "crm", Namespace: "crm-acme"}}
	wanted := corev1ac.Service("crm", "crm-acme").WithSpec(corev1ac.ServiceSpec().WithClusterIP("None"))
	for b.Loop() {
		if _, err := detector.Satisfied(live, wanted); err != nil {
			b.Fatal(err)
		}
	}
}

func apiEqual(a, b runtime.Object) bool { return equality.Semantic.DeepEqual(a, b) }
