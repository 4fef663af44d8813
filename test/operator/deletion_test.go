package operator_test

import (
	. "github.com/onsi/ginkgo/v2"
	. "github.com/onsi/gomega"
	appsv1 "k8s.io/api/apps/v1"
	corev1 "k8s.io/api/core/v1"
	"k8s.io/apimachinery/pkg/api/resource"
	metav1 "k8s.io/apimachinery/pkg/apis/meta/v1"
	"sigs.k8s.io/controller-runtime/pkg/client"

	"github.com/grupobizopps/salexops/api/v1alpha1"
)

var _ = Describe("Deleting a Tenant", func() {
	confirm := func(name string) func(*v1alpha1.Tenant) {
		return func(t *v1alpha1.Tenant) {
			t.Annotations = map[string]string{v1alpha1.ConfirmDeletionAnnotation: name}
		}
	}
	volume := func(name, namespace string, policy corev1.PersistentVolumeReclaimPolicy) *corev1.PersistentVolume {
		return &corev1.PersistentVolume{
			ObjectMeta: metav1.ObjectMeta{Name: name},
			Spec: corev1.PersistentVolumeSpec{
				Capacity:                      corev1.ResourceList{corev1.ResourceStorage: resource.MustParse("1Gi")},
				AccessModes:                   []corev1.PersistentVolumeAccessMode{corev1.ReadWriteOnce},
				PersistentVolumeReclaimPolicy: policy,
				ClaimRef:                      &corev1.ObjectReference{Namespace: namespace, Name: "records", Kind: "PersistentVolumeClaim"},
				PersistentVolumeSource:        corev1.PersistentVolumeSource{HostPath: &corev1.HostPathVolumeSource{Path: "/nowhere"}},
			},
		}
	}

	It("is refused without the annotation; with it, everything of the tenant goes", func(ctx SpecContext) {
		name, other := newName("leaver"), newName("stayer")
		tenant := register(ctx, name, "free")
		register(ctx, other, "free")
		becomesReady(ctx, name)
		becomesReady(ctx, other)
		Expect(admin.Delete(ctx, tenant)).To(MatchError(ContainSubstring("confirm-deletion=" + name)))

		change(ctx, key(name), &v1alpha1.Tenant{}, confirm(name))
		Expect(admin.Delete(ctx, tenant)).To(Succeed())
		absent(ctx, key(name), &v1alpha1.Tenant{})
		nothingThere(ctx, client.ObjectKey{Name: "crm-" + name}, &corev1.Namespace{})
		nothingThere(ctx, key(name+"-free"), &v1alpha1.License{})

		By("leaving the ledger and other tenants alone")
		Expect(admin.Get(ctx, key(name), &v1alpha1.Subscription{})).To(Succeed())
		Expect(admin.Get(ctx, inside(other, "crm"), &appsv1.StatefulSet{})).To(Succeed())
		Expect(admin.Get(ctx, key(other+"-free"), &v1alpha1.License{})).To(Succeed())
	})

	It("waits while the tenant is on hold, then while the platform is frozen", func(ctx SpecContext) {
		name := newName("held")
		tenant := register(ctx, name, "free", func(t *v1alpha1.Tenant) { t.Spec.Hold = true })
		becomesReady(ctx, name)
		change(ctx, key(name), &v1alpha1.Tenant{}, confirm(name))
		Expect(admin.Delete(ctx, tenant)).To(Succeed())
		Expect(becomes(ctx, name, "DeletionBlocked", "OnHold").Message).To(ContainSubstring("spec.hold"))
		Expect(read(ctx, name).Status.Deletion).To(BeNil())
		Expect(admin.Get(ctx, inside(name, "crm"), &appsv1.StatefulSet{})).To(Succeed())

		freeze := func(on bool) {
			change(ctx, client.ObjectKey{Name: "default"}, &v1alpha1.PlatformPolicy{}, func(p *v1alpha1.PlatformPolicy) { p.Spec.Freeze = on })
		}
		freeze(true)
		DeferCleanup(func() {
			var policy v1alpha1.PlatformPolicy
			Expect(admin.Get(suiteCtx, client.ObjectKey{Name: "default"}, &policy)).To(Succeed())
			policy.Spec.Freeze = false
			Expect(admin.Update(suiteCtx, &policy)).To(Succeed())
		})
		change(ctx, key(name), &v1alpha1.Tenant{}, func(t *v1alpha1.Tenant) { t.Spec.Hold = false })
		becomes(ctx, name, "DeletionBlocked", "Frozen")
		Expect(admin.Get(ctx, inside(name, "crm"), &appsv1.StatefulSet{})).To(Succeed())

		freeze(false)
		absent(ctx, key(name), &v1alpha1.Tenant{})
		nothingThere(ctx, client.ObjectKey{Name: "crm-" + name}, &corev1.Namespace{})
	})

	It("looks at the annotation again, since admission can be bypassed", func(ctx SpecContext) {
		name := newName("bypassed")
		tenant := register(ctx, name, "free")
		becomesReady(ctx, name)
		change(ctx, key(name), &v1alpha1.Tenant{}, confirm(name))
		change(ctx, key(name), &v1alpha1.Tenant{}, func(t *v1alpha1.Tenant) { t.Spec.Hold = true })
		Expect(admin.Delete(ctx, tenant)).To(Succeed())
		becomes(ctx, name, "DeletionBlocked", "OnHold")
		change(ctx, key(name), &v1alpha1.Tenant{}, func(t *v1alpha1.Tenant) { t.Annotations, t.Spec.Hold = nil, false })
		becomes(ctx, name, "DeletionBlocked", "NotConfirmed")
		Expect(admin.Get(ctx, inside(name, "crm"), &appsv1.StatefulSet{})).To(Succeed())
		change(ctx, key(name), &v1alpha1.Tenant{}, confirm(name))
		absent(ctx, key(name), &v1alpha1.Tenant{})
	})

	It("never touches a namespace that isn't the tenant's", func(ctx SpecContext) {
		name := newName("neighbour")
		tenant := register(ctx, name, "free")
		becomesReady(ctx, name)

		By("its own taking its place under another's labels")
		change(ctx, client.ObjectKey{Name: "crm-" + name}, &corev1.Namespace{}, func(n *corev1.Namespace) { delete(n.Labels, "crm.salexops.com/tenant") })
		becomes(ctx, name, "Provisioned", "NamespaceTaken")
		change(ctx, key(name), &v1alpha1.Tenant{}, confirm(name))
		Expect(admin.Delete(ctx, tenant)).To(Succeed())
		absent(ctx, key(name), &v1alpha1.Tenant{})
		var namespace corev1.Namespace
		Expect(admin.Get(ctx, client.ObjectKey{Name: "crm-" + name}, &namespace)).To(Succeed())
		Expect(namespace.DeletionTimestamp).To(BeNil())
		Expect(admin.Get(ctx, inside(name, "records"), &corev1.PersistentVolumeClaim{})).To(Succeed())
	})

	It("isn't over before the volumes are gone", func(ctx SpecContext) {
		name := newName("volumed")
		tenant := register(ctx, name, "free")
		becomesReady(ctx, name)
		retained := volume("pv-"+name, "crm-"+name, corev1.PersistentVolumeReclaimRetain)
		Expect(admin.Create(ctx, retained)).To(Succeed())
		change(ctx, key(name), &v1alpha1.Tenant{}, confirm(name))
		Expect(admin.Delete(ctx, tenant)).To(Succeed())
		Expect(becomes(ctx, name, "DeletionBlocked", "VolumeRetained").Message).To(ContainSubstring("pv-" + name))
		Expect(read(ctx, name).Status.Deletion.NamespaceUID).NotTo(BeEmpty())
		Expect(read(ctx, name).Status.Deletion.CompletedAt).To(BeNil())

		Expect(admin.Delete(ctx, retained)).To(Succeed())
		change(ctx, client.ObjectKeyFromObject(retained), retained, func(v *corev1.PersistentVolume) { v.Finalizers = nil })
		absent(ctx, key(name), &v1alpha1.Tenant{})
	})
})
