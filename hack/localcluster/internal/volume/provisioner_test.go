package volume

import (
	"errors"
	"strings"
	"testing"

	corev1 "k8s.io/api/core/v1"
	storagev1 "k8s.io/api/storage/v1"
	"k8s.io/apimachinery/pkg/api/resource"
	metav1 "k8s.io/apimachinery/pkg/apis/meta/v1"
	"sigs.k8s.io/sig-storage-lib-external-provisioner/v13/controller"
)

func claim(change func(*corev1.PersistentVolumeClaim)) controller.ProvisionOptions {
	reclaim := corev1.PersistentVolumeReclaimDelete
	c := &corev1.PersistentVolumeClaim{
		ObjectMeta: metav1.ObjectMeta{Namespace: "ns", Name: "data"},
		Spec: corev1.PersistentVolumeClaimSpec{
			AccessModes: []corev1.PersistentVolumeAccessMode{corev1.ReadWriteOnce},
			Resources:   corev1.VolumeResourceRequirements{Requests: corev1.ResourceList{corev1.ResourceStorage: resource.MustParse("1Gi")}},
		},
	}
	if change != nil {
		change(c)
	}
	return controller.ProvisionOptions{PVName: "pvc-1", PVC: c, StorageClass: &storagev1.StorageClass{ReclaimPolicy: &reclaim}}
}

func TestClaimsThatOneDiskCannotAnswerAreRefused(t *testing.T) {
	p := provisioner{node: "here"}
	for name, tc := range map[string]struct {
		change func(*corev1.PersistentVolumeClaim)
		want   string
	}{
		"plain": {},
		"block device": {func(c *corev1.PersistentVolumeClaim) {
			mode := corev1.PersistentVolumeBlock
			c.Spec.VolumeMode = &mode
		}, "block volume"},
		"shared among nodes": {func(c *corev1.PersistentVolumeClaim) {
			c.Spec.AccessModes = []corev1.PersistentVolumeAccessMode{corev1.ReadWriteMany}
		}, "ReadWriteMany"},
		"selecting": {func(c *corev1.PersistentVolumeClaim) { c.Spec.Selector = &metav1.LabelSelector{} }, "selects"},
	} {
		t.Run(name, func(t *testing.T) {
			err := p.check(claim(tc.change))
			if (err == nil) != (tc.want == "") || err != nil && !strings.Contains(err.Error(), tc.want) {
				t.Errorf("check says %v, want %q", err, tc.want)
			}
		})
	}
}

func TestPodsOfOtherNodesAreNotOurs(t *testing.T) {
	o := claim(nil)
	o.SelectedNodeName = "there"
	var ignored *controller.IgnoredError
	if err := (provisioner{node: "here"}).check(o); !errors.As(err, &ignored) {
		t.Errorf("check says %v", err)
	}
}

func TestVolumeLiesInsideItsFileSystemAndOnItsNode(t *testing.T) {
	pv := provisioner{store: Store{Dir: "/state/volumes"}, node: "here"}.object(claim(nil))
	if got := pv.Spec.Local.Path; got != "/state/volumes/pvc-1/mnt/data" {
		t.Errorf("pods get %s", got)
	}
	terms := pv.Spec.NodeAffinity.Required.NodeSelectorTerms
	if len(terms) != 1 || terms[0].MatchExpressions[0].Values[0] != "here" {
		t.Errorf("affinity is %+v", terms)
	}
	if pv.Spec.PersistentVolumeReclaimPolicy != corev1.PersistentVolumeReclaimDelete {
		t.Errorf("reclaim policy is %s", pv.Spec.PersistentVolumeReclaimPolicy)
	}
}
