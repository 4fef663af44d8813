package volume

import (
	"testing"

	corev1 "k8s.io/api/core/v1"
	"k8s.io/apimachinery/pkg/api/resource"
	metav1 "k8s.io/apimachinery/pkg/apis/meta/v1"
)

func TestOnlyBoundClaimsThatAskForMoreGrow(t *testing.T) {
	bound := func(asks, has string) *corev1.PersistentVolumeClaim {
		c := claim(nil).PVC
		c.Spec.VolumeName = "pvc-1"
		c.Spec.Resources.Requests[corev1.ResourceStorage] = resource.MustParse(asks)
		c.Status.Phase = corev1.ClaimBound
		c.Status.Capacity = corev1.ResourceList{corev1.ResourceStorage: resource.MustParse(has)}
		return c
	}
	pending := bound("2Gi", "1Gi")
	pending.Status.Phase = corev1.ClaimPending
	deleted := bound("2Gi", "1Gi")
	now := metav1.Now()
	deleted.DeletionTimestamp = &now
	for name, tc := range map[string]struct {
		claim *corev1.PersistentVolumeClaim
		want  bool
	}{
		"asks for more":  {bound("2Gi", "1Gi"), true},
		"has enough":     {bound("1Gi", "1Gi"), false},
		"asks for less":  {bound("1Gi", "2Gi"), false},
		"not bound":      {pending, false},
		"on its way out": {deleted, false},
	} {
		if got := wantsMore(tc.claim); got != tc.want {
			t.Errorf("%s: %t", name, got)
		}
	}
}

func TestWaitingIsSaidOnceAndOtherConditionsStay(t *testing.T) {
	status := &corev1.PersistentVolumeClaimStatus{Conditions: []corev1.PersistentVolumeClaimCondition{{Type: "Unused"}}}
	wait(status, "first")
	wait(status, "second")
	if len(status.Conditions) != 2 || status.Conditions[0].Type != "Unused" || status.Conditions[1].Message != "first" {
		t.Errorf("conditions are %+v", status.Conditions)
	}
}
