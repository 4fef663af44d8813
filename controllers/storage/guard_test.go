package storage

import (
	"errors"
	"testing"

	corev1 "k8s.io/api/core/v1"
	metav1 "k8s.io/apimachinery/pkg/apis/meta/v1"

	"github.com/grupobizopps/salexops/api/v1alpha1"
	"github.com/grupobizopps/salexops/internal/layout"
)

func TestEveryGuardBlocksByItself(t *testing.T) {
	permitted := func() *scene {
		return &scene{
			tenant: &v1alpha1.Tenant{
				ObjectMeta: metav1.ObjectMeta{Name: "acme", Annotations: map[string]string{v1alpha1.ConfirmDeletionAnnotation: "acme"}},
				Status:     v1alpha1.TenantStatus{Instance: &v1alpha1.InstanceStatus{NamespaceUID: "one"}},
			},
			policy:    &v1alpha1.PlatformPolicy{},
			namespace: &corev1.Namespace{ObjectMeta: metav1.ObjectMeta{Name: "crm-acme", UID: "one", Labels: layout.Labels("acme")}},
		}
	}
	for _, test := range []struct {
		name   string
		change func(*scene)
		want   string
	}{
		{"nothing stands in the way", func(*scene) {}, ""},
		{"no policy", func(s *scene) { s.policy = nil }, ""},
		{"no namespace", func(s *scene) { s.namespace = nil }, ""},
		{"a foreign namespace is none of ours", func(s *scene) { s.namespace.Labels, s.namespace.UID = nil, "two" }, ""},
		{"a status that was lost", func(s *scene) { s.tenant.Status.Instance = nil }, ""},
		{"no confirmation", func(s *scene) { s.tenant.Annotations = nil }, "NotConfirmed"},
		{"another's confirmation", func(s *scene) { s.tenant.Annotations[v1alpha1.ConfirmDeletionAnnotation] = "globex" }, "NotConfirmed"},
		{"a freeze", func(s *scene) { s.policy.Spec.Freeze = true }, "Frozen"},
		{"a hold", func(s *scene) { s.tenant.Spec.Hold = true }, "OnHold"},
		{"another namespace of that name", func(s *scene) { s.namespace.UID = "two" }, "NamespaceReplaced"},
		{"another namespace than the fence has", func(s *scene) {
			s.tenant.Status.Deletion = &v1alpha1.DeletionStatus{NamespaceUID: "zero"}
		}, "NamespaceReplaced"},
	} {
		t.Run(test.name, func(t *testing.T) {
			s := permitted()
			test.change(s)
			var blocked *blockedError
			got := ""
			if errors.As(s.guard(), &blocked) {
				got = blocked.reason
			}
			if got != test.want {
				t.Errorf("got %q, want %q", got, test.want)
			}
		})
	}
}

func TestWhatRemainsOfVolumes(t *testing.T) {
	volume := func(namespace string, policy corev1.PersistentVolumeReclaimPolicy) *corev1.PersistentVolume {
		return &corev1.PersistentVolume{Spec: corev1.PersistentVolumeSpec{
			PersistentVolumeReclaimPolicy: policy, ClaimRef: &corev1.ObjectReference{Namespace: namespace, Name: "records"},
		}}
	}
	var blocked *blockedError
	var pending *pendingError
	if err := remains(volume("crm-globex", corev1.PersistentVolumeReclaimDelete), "crm-acme"); err != nil {
		t.Errorf("another tenant's volume: %v", err)
	}
	if err := remains(&corev1.PersistentVolume{}, "crm-acme"); err != nil {
		t.Errorf("nobody's volume: %v", err)
	}
	if err := remains(volume("crm-acme", corev1.PersistentVolumeReclaimDelete), "crm-acme"); !errors.As(err, &pending) {
		t.Errorf("a volume on its way out: %v", err)
	}
	if err := remains(volume("crm-acme", corev1.PersistentVolumeReclaimRetain), "crm-acme"); !errors.As(err, &blocked) {
		t.Errorf("a volume that is retained: %v", err)
	}
}
