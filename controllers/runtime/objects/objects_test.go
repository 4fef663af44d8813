package objects_test

import (
	"encoding/json"
	"testing"

	"github.com/google/go-cmp/cmp"
	appsv1 "k8s.io/api/apps/v1"
	corev1 "k8s.io/api/core/v1"
	networkingv1 "k8s.io/api/networking/v1"
	"k8s.io/apimachinery/pkg/api/resource"
	metav1 "k8s.io/apimachinery/pkg/apis/meta/v1"
	"k8s.io/apimachinery/pkg/runtime"

	"github.com/grupobizopps/salexops/controllers/runtime/objects"
)

func acme() objects.Instance {
	return objects.Instance{
		Tenant: "acme", Image: "salexops/crm:dev", SystemNamespace: "salexops-system",
		Replicas: 1, PodsAllowed: 1,
		Records: resource.MustParse("2Gi"), Documents: resource.MustParse("11328Mi"),
		Resources: objects.Resources(
			corev1.ResourceList{corev1.ResourceCPU: resource.MustParse("20m"), corev1.ResourceMemory: resource.MustParse("32Mi")},
			corev1.ResourceList{corev1.ResourceMemory: resource.MustParse("192Mi")}),
	}
}

// build reads an apply configuration as the kind it is of.
func build[T any](t *testing.T, configuration runtime.ApplyConfiguration) T {
	t.Helper()
	data, err := json.Marshal(configuration)
	if err != nil {
		t.Fatal(err)
	}
	var object T
	if err := json.Unmarshal(data, &object); err != nil {
		t.Fatal(err)
	}
	return object
}

func TestEveryObjectCarriesTheTenantsLabelsAndNoOwner(t *testing.T) {
	i := acme()
	for name, configuration := range map[string]runtime.ApplyConfiguration{
		"Namespace": objects.Namespace(i), "DefaultDeny": objects.DefaultDeny(i), "FromFrontdoor": objects.FromFrontdoor(i),
		"FromOperator": objects.FromOperator(i), "ResourceQuota": objects.ResourceQuota(i), "LimitRange": objects.LimitRange(i),
		"ServiceAccount": objects.ServiceAccount(i), "Service": objects.Service(i), "RecordsClaim": objects.RecordsClaim(i),
		"DocumentsClaim": objects.DocumentsClaim(i), "Workload": objects.Workload(i), "LicenceSecret": objects.LicenceSecret(i, nil, nil),
		"KeysSecret": objects.KeysSecret(i, nil), "PasswordSecret": objects.PasswordSecret(i, "", "", nil),
	} {
		t.Run(name, func(t *testing.T) {
			object := build[metav1.PartialObjectMetadata](t, configuration)
			for label, value := range map[string]string{
				"app.kubernetes.io/name": "salexops-crm", "app.kubernetes.io/managed-by": "salexops", "crm.salexops.com/tenant": "acme",
			} {
				if object.Labels[label] != value {
					t.Errorf("label %s is %q", label, object.Labels[label])
				}
			}
			if len(object.OwnerReferences) > 0 {
				t.Error("it has an owner, so garbage collection could delete it")
			}
			if name != "Namespace" && object.Namespace != "crm-acme" {
				t.Errorf("it is in namespace %q", object.Namespace)
			}
		})
	}
}

func TestQuotaAllowsWhatThePlanPaysFor(t *testing.T) {
	hard := func(i objects.Instance) map[string]string {
		got := map[string]string{}
		for name, amount := range build[corev1.ResourceQuota](t, objects.ResourceQuota(i)).Spec.Hard {
			got[string(name)] = amount.String()
		}
		return got
	}
	want := map[string]string{
		"pods": "1", "requests.cpu": "20m", "requests.memory": "32Mi", "limits.memory": "192Mi",
		"requests.storage": "13376Mi", "persistentvolumeclaims": "2",
		"services": "1", "services.nodeports": "0", "services.loadbalancers": "0",
	}
	if diff := cmp.Diff(want, hard(acme())); diff != "" {
		t.Error(diff)
	}
	stopped := acme()
	stopped.PodsAllowed, want["pods"] = 0, "0"
	if diff := cmp.Diff(want, hard(stopped)); diff != "" {
		t.Error(diff)
	}
}

func TestDocumentsSize(t *testing.T) {
	for _, test := range []struct{ quota, want string }{
		{"1Mi", "66Mi"},
		{"512Mi", "628Mi"},
		{"10Gi", "11328Mi"},
		{"1000", "65Mi"},
	} {
		size := objects.DocumentsSize(resource.MustParse(test.quota))
		if size.String() != test.want {
			t.Errorf("a quota of %s needs %s, want %s", test.quota, size.String(), test.want)
		}
	}
}

func TestClaims(t *testing.T) {
	claim := build[corev1.PersistentVolumeClaim](t, objects.DocumentsClaim(acme()))
	if claim.Name != "documents" || claim.Spec.StorageClassName != nil {
		t.Errorf("got %s of class %v", claim.Name, claim.Spec.StorageClassName)
	}
	request := claim.Spec.Resources.Requests[corev1.ResourceStorage]
	if request.String() != "11328Mi" {
		t.Errorf("it asks for %s", request.String())
	}
	fast, i := "fast", acme()
	i.StorageClass = &fast
	if class := build[corev1.PersistentVolumeClaim](t, objects.RecordsClaim(i)).Spec.StorageClassName; class == nil || *class != fast {
		t.Errorf("the class is %v", class)
	}
}

func TestIsolation(t *testing.T) {
	deny := build[networkingv1.NetworkPolicy](t, objects.DefaultDeny(acme()))
	if len(deny.Spec.PodSelector.MatchLabels) > 0 || len(deny.Spec.PolicyTypes) != 2 || len(deny.Spec.Ingress)+len(deny.Spec.Egress) > 0 {
		t.Errorf("default-deny leaves something open: %+v", deny.Spec)
	}
	for component, policy := range map[string]networkingv1.NetworkPolicy{
		"frontdoor": build[networkingv1.NetworkPolicy](t, objects.FromFrontdoor(acme())),
		"manager":   build[networkingv1.NetworkPolicy](t, objects.FromOperator(acme())),
	} {
		rule := policy.Spec.Ingress[0]
		port := map[string]int{"frontdoor": 8080, "manager": 9090}[component]
		if len(rule.From) != 1 || len(rule.Ports) != 1 || rule.Ports[0].Port.IntValue() != port {
			t.Errorf("%s: %+v", component, rule)
		}
		peer := rule.From[0]
		if peer.PodSelector.MatchLabels["app.kubernetes.io/component"] != component ||
			peer.NamespaceSelector.MatchLabels["kubernetes.io/metadata.name"] != "salexops-system" {
			t.Errorf("%s: the peer is %+v", component, peer)
		}
	}
}

func TestThePodMeetsTheRestrictedStandard(t *testing.T) {
	workload := build[appsv1.StatefulSet](t, objects.Workload(acme()))
	pod := workload.Spec.Template.Spec
	container := pod.Containers[0]
	checks := map[string]bool{
		"runs as root":          !*pod.SecurityContext.RunAsNonRoot || *pod.SecurityContext.RunAsUser != 65532,
		"seccomp is off":        pod.SecurityContext.SeccompProfile.Type != corev1.SeccompProfileTypeRuntimeDefault,
		"may escalate":          *container.SecurityContext.AllowPrivilegeEscalation,
		"writable root":         !*container.SecurityContext.ReadOnlyRootFilesystem,
		"keeps capabilities":    len(container.SecurityContext.Capabilities.Drop) != 1,
		"mounts a token":        *pod.AutomountServiceAccountToken,
		"learns of services":    *pod.EnableServiceLinks,
		"owns its claims":       len(workload.Spec.VolumeClaimTemplates) > 0,
		"two replicas":          *workload.Spec.Replicas != 1,
		"no startup probe":      container.StartupProbe.PeriodSeconds != 1,
		"probes the public one": container.ReadinessProbe.HTTPGet.Port.StrVal != "private",
		"secrets for everybody": *pod.Volumes[2].Secret.DefaultMode != 0o440,
		"password is required":  !*pod.Volumes[4].Secret.Optional,
	}
	for fault, found := range checks {
		if found {
			t.Error(fault)
		}
	}
	if got := container.Env[0]; got.Name != "GOMEMLIMIT" || got.Value != "144MiB" {
		t.Errorf("the memory target is %+v, want three quarters of 192Mi", got)
	}
	want := []string{
		"serve", "--records", "/data/records", "--documents", "/data/documents", "--tenant", "acme",
		"--listen", ":8080", "--private-listen", ":9090", "--licence-dir", "/etc/salexops/licence",
		"--keys-dir", "/etc/salexops/keys", "--initial-dir", "/etc/salexops/initial",
	}
	if diff := cmp.Diff(want, container.Args); diff != "" {
		t.Error(diff)
	}
}

func TestResources(t *testing.T) {
	empty := objects.Resources(nil, nil)
	if empty.Requests.Memory().String() != "32Mi" || empty.Limits.Memory().String() != "192Mi" || empty.Requests.Cpu().String() != "20m" {
		t.Errorf("the defaults are %v", empty)
	}
	small := objects.Resources(nil, corev1.ResourceList{corev1.ResourceMemory: resource.MustParse("16Mi")})
	if small.Requests.Memory().String() != "16Mi" {
		t.Errorf("a request of %s is above its limit of 16Mi", small.Requests.Memory())
	}
}
