package objects

import (
	"k8s.io/apimachinery/pkg/apis/meta/v1/unstructured"
	"k8s.io/apimachinery/pkg/runtime"
	"sigs.k8s.io/controller-runtime/pkg/client"

	corev1 "k8s.io/api/core/v1"
	networkingv1 "k8s.io/api/networking/v1"
	"k8s.io/apimachinery/pkg/util/intstr"
	metav1ac "k8s.io/client-go/applyconfigurations/meta/v1"
	networkingv1ac "k8s.io/client-go/applyconfigurations/networking/v1"

	"github.com/grupobizopps/salexops/internal/layout"
)

// DefaultDeny closes every pod of the namespace in both directions.
//
// It is written without the generated types because those drop empty lists:
// only an empty list that we own makes a rule that someone slipped in go away.
func DefaultDeny(instance Instance) runtime.ApplyConfiguration {
	labels := map[string]any{}
	for key, value := range instance.labels() {
		labels[key] = value
	}
	return client.ApplyConfigurationFromUnstructured(&unstructured.Unstructured{Object: map[string]any{
		"apiVersion": networkingv1.SchemeGroupVersion.String(),
		"kind":       "NetworkPolicy",
		"metadata": map[string]any{
			"name": layout.DefaultDeny, "namespace": instance.Namespace(), "labels": labels,
		},
		"spec": map[string]any{
			"podSelector": map[string]any{},
			"policyTypes": []any{string(networkingv1.PolicyTypeIngress), string(networkingv1.PolicyTypeEgress)},
			"ingress":     []any{},
			"egress":      []any{},
		},
	}})
}

// FromFrontdoor lets the front door reach the CRM's pages.
func FromFrontdoor(instance Instance) *networkingv1ac.NetworkPolicyApplyConfiguration {
	return allow(instance, layout.FromFrontdoor, layout.ComponentFrontdoor, layout.PortHTTP)
}

// FromOperator lets the operator reach the exchange. Health probes come from
// the node itself, which a NetworkPolicy doesn't hold back.
func FromOperator(instance Instance) *networkingv1ac.NetworkPolicyApplyConfiguration {
	return allow(instance, layout.FromOperator, layout.ComponentManager, layout.PortPrivate)
}

func allow(instance Instance, name, component string, port int32) *networkingv1ac.NetworkPolicyApplyConfiguration {
	from := networkingv1ac.NetworkPolicyPeer().
		WithNamespaceSelector(metav1ac.LabelSelector().
			WithMatchLabels(map[string]string{layout.NamespaceNameKey: instance.SystemNamespace})).
		WithPodSelector(metav1ac.LabelSelector().WithMatchLabels(map[string]string{
			layout.LabelName:      layout.SystemName,
			layout.LabelComponent: component,
		}))
	to := networkingv1ac.NetworkPolicyPort().
		WithProtocol(corev1.ProtocolTCP).
		WithPort(intstr.FromInt32(port))
	return networkingv1ac.NetworkPolicy(name, instance.Namespace()).
		WithLabels(instance.labels()).
		WithSpec(networkingv1ac.NetworkPolicySpec().
			WithPodSelector(instance.podSelector()).
			WithPolicyTypes(networkingv1.PolicyTypeIngress).
			WithIngress(networkingv1ac.NetworkPolicyIngressRule().WithFrom(from).WithPorts(to)))
}
