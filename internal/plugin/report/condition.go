package report

import metav1 "k8s.io/apimachinery/pkg/apis/meta/v1"

// condition is the condition of a type; nil when there is none.
func condition(conditions []metav1.Condition, kind string) *metav1.Condition {
	for i := range conditions {
		if conditions[i].Type == kind {
			return &conditions[i]
		}
	}
	return nil
}
