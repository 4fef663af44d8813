//go:build cluster

package test

import (
	"cmp"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"golang.org/x/sys/unix"
	admissionv1 "k8s.io/api/admissionregistration/v1"
	corev1 "k8s.io/api/core/v1"
	apierrors "k8s.io/apimachinery/pkg/api/errors"
	"k8s.io/apimachinery/pkg/api/resource"
	metav1 "k8s.io/apimachinery/pkg/apis/meta/v1"
)

func (e *env) testPod(t *testing.T) {
	e.namespace(t, "pods", nil)
	ip := e.start(t, pod("pods", "web"))
	page, err := fetch("GET", "http://"+ip+":8080/", 5*time.Second)
	if err != nil {
		t.Fatal(err)
	}
	// Mode 2 is a filter.
	if page != "web uid=65532 seccomp=2" {
		t.Errorf("the pod says %q", page)
	}
	service := e.service(t, "pods", "web", corev1.ServiceTypeClusterIP, 80)
	eventually(t, "the ClusterIP to answer the host", time.Minute, func() error {
		_, err := fetch("GET", "http://"+service.Spec.ClusterIP+"/", time.Second)
		return err
	})
	other := e.start(t, pod("pods", "other"))
	if got := dialFrom(t, other, service.Spec.ClusterIP+":80"); got != "open" {
		t.Errorf("another pod reaches the ClusterIP: %s", got)
	}
	if got := dialFrom(t, other, "10.215.0.1:443"); got != "open" {
		t.Errorf("a pod reaches the API server: %s", got)
	}
}

// dialFrom has a pod connect to an address.
func dialFrom(t *testing.T, podIP, address string) string {
	t.Helper()
	got, err := fetch("GET", "http://"+podIP+":8080/dial?to="+address, 10*time.Second)
	if err != nil {
		t.Fatal(err)
	}
	return got
}

func (e *env) testAdmission(t *testing.T) {
	e.namespace(t, "admission", nil)
	privileged := pod("admission", "privileged", func(p *corev1.Pod) {
		p.Spec.Containers[0].SecurityContext.Privileged = ptr(true)
		p.Spec.Containers[0].SecurityContext.AllowPrivilegeEscalation = nil
	})
	_, err := e.client.CoreV1().Pods("admission").Create(t.Context(), privileged, metav1.CreateOptions{})
	if !apierrors.IsForbidden(err) || !strings.Contains(err.Error(), "PodSecurity") {
		t.Errorf("a privileged pod under the restricted level: %v", err)
	}
	e.refuseBlueConfigMaps(t)
	eventually(t, "the admission policy to refuse", time.Minute, func() error {
		_, err := e.client.CoreV1().ConfigMaps("admission").Create(t.Context(), &corev1.ConfigMap{
			ObjectMeta: metav1.ObjectMeta{GenerateName: "blue-", Labels: map[string]string{"colour": "blue"}},
		}, metav1.CreateOptions{})
		if err != nil && strings.Contains(err.Error(), "no blue") {
			return nil
		}
		return fmt.Errorf("waiting to be refused for that: %w", cmp.Or(err, errors.New("accepted")))
	})
}

func (e *env) refuseBlueConfigMaps(t *testing.T) {
	t.Helper()
	api := e.client.AdmissionregistrationV1()
	_, err := api.ValidatingAdmissionPolicies().Create(t.Context(), &admissionv1.ValidatingAdmissionPolicy{
		ObjectMeta: metav1.ObjectMeta{Name: "no-blue"},
		Spec: admissionv1.ValidatingAdmissionPolicySpec{
			MatchConstraints: &admissionv1.MatchResources{ResourceRules: []admissionv1.NamedRuleWithOperations{{
				RuleWithOperations: admissionv1.RuleWithOperations{
					Operations: []admissionv1.OperationType{admissionv1.Create},
					Rule:       admissionv1.Rule{APIGroups: []string{""}, APIVersions: []string{"v1"}, Resources: []string{"configmaps"}},
				},
			}}},
			Validations: []admissionv1.Validation{{
				Expression: "!has(object.metadata.labels) || !('colour' in object.metadata.labels) || object.metadata.labels['colour'] != 'blue'",
				Message:    "no blue",
			}},
		},
	}, metav1.CreateOptions{})
	if err != nil {
		t.Fatal(err)
	}
	_, err = api.ValidatingAdmissionPolicyBindings().Create(t.Context(), &admissionv1.ValidatingAdmissionPolicyBinding{
		ObjectMeta: metav1.ObjectMeta{Name: "no-blue"},
		Spec: admissionv1.ValidatingAdmissionPolicyBindingSpec{
			PolicyName: "no-blue", ValidationActions: []admissionv1.ValidationAction{admissionv1.Deny},
		},
	}, metav1.CreateOptions{})
	if err != nil {
		t.Fatal(err)
	}
}

func (e *env) testLoadBalancer(t *testing.T) {
	e.service(t, "pods", "web", corev1.ServiceTypeLoadBalancer, 18080)
	eventually(t, "the published port to answer", time.Minute, func() error {
		_, err := fetch("GET", "http://127.0.0.1:18080/", time.Second)
		return err
	})
	eventually(t, "the address in the status", time.Minute, func() error {
		s, err := e.client.CoreV1().Services("pods").Get(t.Context(), "web-18080", metav1.GetOptions{})
		if err != nil {
			return err
		}
		if len(s.Status.LoadBalancer.Ingress) != 1 || s.Status.LoadBalancer.Ingress[0].IP != "127.0.0.1" {
			return fmt.Errorf("status is %+v", s.Status.LoadBalancer)
		}
		return nil
	})
	if out := e.run(t, "status"); !strings.Contains(out, "127.0.0.1:18080 pods/web-18080") {
		t.Errorf("status does not tell of the published port:\n%s", out)
	}
	if err := e.client.CoreV1().Services("pods").Delete(t.Context(), "web-18080", metav1.DeleteOptions{}); err != nil {
		t.Fatal(err)
	}
	eventually(t, "the port to close", time.Minute, func() error {
		if _, err := fetch("GET", "http://127.0.0.1:18080/", time.Second); err == nil {
			return errStillThere
		}
		return nil
	})
}

func (e *env) testVolumes(t *testing.T) {
	e.namespace(t, "volumes", nil)
	e.claim(t, "volumes", "data", "64Mi")
	ip := e.start(t, pod("volumes", "writer", withClaim("data")))
	free := freeBytes(t)
	if got := fill(t, ip, 200); !strings.Contains(got, "no space left on device") {
		t.Errorf("writing 200 MiB into a volume of 64 MiB: %s", got)
	}
	if lost := free - freeBytes(t); lost > 100<<20 {
		t.Errorf("the machine lost %d MiB to a volume of 64 MiB", lost>>20)
	}
	patch := []byte(`{"spec":{"resources":{"requests":{"storage":"256Mi"}}}}`)
	claims := e.client.CoreV1().PersistentVolumeClaims("volumes")
	if _, err := claims.Patch(t.Context(), "data", "application/merge-patch+json", patch, metav1.PatchOptions{}); err != nil {
		t.Fatal(err)
	}
	// Not every machine may resize a mounted file system; all may once it is free.
	if err := e.client.CoreV1().Pods("volumes").Delete(t.Context(), "writer", metav1.DeleteOptions{}); err != nil {
		t.Fatal(err)
	}
	var volume string
	eventually(t, "the volume to grow", time.Minute, func() error {
		claim, err := claims.Get(t.Context(), "data", metav1.GetOptions{})
		if err != nil {
			return err
		}
		volume = claim.Spec.VolumeName
		if got := claim.Status.Capacity[corev1.ResourceStorage]; got.Cmp(resource.MustParse("256Mi")) != 0 {
			return fmt.Errorf("it has %s", got.String())
		}
		return nil
	})
	ip = e.start(t, pod("volumes", "writer", withClaim("data")))
	if got := fill(t, ip, 200); got != "written" {
		t.Errorf("writing 200 MiB into a volume that grew to 256 MiB: %s", got)
	}
	e.deleteClaim(t, volume)
}

// deleteClaim removes the claim and expects its volume to go, file and all.
func (e *env) deleteClaim(t *testing.T, volume string) {
	t.Helper()
	dir := filepath.Join(state, "volumes", volume)
	if _, err := os.Stat(filepath.Join(dir, "volume.img")); err != nil {
		t.Fatalf("the file of the volume: %v", err)
	}
	if err := e.client.CoreV1().Pods("volumes").Delete(t.Context(), "writer", metav1.DeleteOptions{}); err != nil {
		t.Fatal(err)
	}
	if err := e.client.CoreV1().PersistentVolumeClaims("volumes").Delete(t.Context(), "data", metav1.DeleteOptions{}); err != nil {
		t.Fatal(err)
	}
	eventually(t, "the volume and its file to go", time.Minute, func() error {
		if _, err := os.Stat(dir); !os.IsNotExist(err) {
			return errStillThere
		}
		_, err := e.client.CoreV1().PersistentVolumes().Get(t.Context(), volume, metav1.GetOptions{})
		switch {
		case apierrors.IsNotFound(err):
			return nil
		case err != nil:
			return fmt.Errorf("looking for the volume: %w", err)
		default:
			return errStillThere
		}
	})
}

func fill(t *testing.T, podIP string, mebibytes int) string {
	t.Helper()
	got, err := fetch("POST", fmt.Sprintf("http://%s:8080/fill?dir=/data&mebibytes=%d", podIP, mebibytes), 2*time.Minute)
	if err != nil {
		t.Fatal(err)
	}
	return got
}

func freeBytes(t *testing.T) int64 {
	t.Helper()
	var stat unix.Statfs_t
	if err := unix.Statfs(state, &stat); err != nil {
		t.Fatal(err)
	}
	return int64(stat.Bavail) * stat.Bsize
}
