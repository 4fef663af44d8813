package v1alpha1

import metav1 "k8s.io/apimachinery/pkg/apis/meta/v1"

// PlannedKind is the metadata of a kind that has no CustomResourceDefinition
// yet, since the operator would not act on its objects. controller-gen writes a
// definition for every struct that embeds TypeMeta and ObjectMeta itself; no
// marker tells it not to ("skipversion" leaves an empty one behind). A kind that
// embeds ObjectMeta by way of this has deep copies and a place in the scheme,
// and no definition. It gets one by embedding metav1.ObjectMeta instead.
//
// +kubebuilder:ac:generate=false
type PlannedKind struct {
	// +optional
	metav1.ObjectMeta `json:"metadata,omitempty,omitzero"`
}
