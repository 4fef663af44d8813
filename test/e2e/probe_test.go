//go:build e2e

package e2e

import (
	"context"
	"fmt"
	"io"
	"strings"

	. "github.com/onsi/ginkgo/v2"
	. "github.com/onsi/gomega"
	corev1 "k8s.io/api/core/v1"
	metav1 "k8s.io/apimachinery/pkg/apis/meta/v1"
	"k8s.io/apimachinery/pkg/util/intstr"
	"k8s.io/utils/ptr"
	"sigs.k8s.io/controller-runtime/pkg/client"
)

// restricted is the security context that the tenants' namespaces ask for.
func restricted() *corev1.SecurityContext {
	return &corev1.SecurityContext{
		AllowPrivilegeEscalation: ptr.To(false),
		RunAsNonRoot:             ptr.To(true),
		RunAsUser:                ptr.To[int64](65532),
		ReadOnlyRootFilesystem:   ptr.To(true),
		Capabilities:             &corev1.Capabilities{Drop: []corev1.Capability{"ALL"}},
		SeccompProfile:           &corev1.SeccompProfile{Type: corev1.SeccompProfileTypeRuntimeDefault},
	}
}

// insidePod runs the probe in an ephemeral container of a running pod: the
// same network and, where mounts are given, the same volumes. It returns what
// the probe printed.
func insidePod(ctx context.Context, namespace, pod string, mounts []corev1.VolumeMount, args ...string) string {
	GinkgoHelper()
	var live corev1.Pod
	key := client.ObjectKey{Namespace: namespace, Name: pod}
	Expect(k8s.Get(ctx, key, &live)).To(Succeed())
	name := fmt.Sprintf("probe-%d", len(live.Spec.EphemeralContainers)+1)
	live.Spec.EphemeralContainers = append(live.Spec.EphemeralContainers, corev1.EphemeralContainer{
		EphemeralContainerCommon: corev1.EphemeralContainerCommon{
			Name: name, Image: probeImage, Args: args, VolumeMounts: mounts,
			ImagePullPolicy: corev1.PullIfNotPresent, SecurityContext: restricted(),
		},
	})
	Expect(k8s.SubResource("ephemeralcontainers").Update(ctx, &live)).To(Succeed())

	Eventually(func(g Gomega) {
		g.Expect(k8s.Get(ctx, key, &live)).To(Succeed())
		var state corev1.ContainerState
		for _, status := range live.Status.EphemeralContainerStatuses {
			if status.Name == name {
				state = status.State
			}
		}
		g.Expect(state.Terminated).NotTo(BeNil(), "the probe in %s/%s has not ended: %+v", namespace, pod, state)
		g.Expect(state.Terminated.ExitCode).To(BeZero(), "the probe failed: %s", state.Terminated.Message)
	}).Should(Succeed())
	return podLog(ctx, namespace, pod, name)
}

// probePod runs the probe in a pod of its own, with these labels, and returns
// what it printed.
func probePod(ctx context.Context, namespace string, labels map[string]string, args ...string) string {
	GinkgoHelper()
	pod := &corev1.Pod{
		ObjectMeta: metav1.ObjectMeta{GenerateName: "probe-", Namespace: namespace, Labels: labels},
		Spec: corev1.PodSpec{
			RestartPolicy:                corev1.RestartPolicyNever,
			AutomountServiceAccountToken: ptr.To(false),
			Containers: []corev1.Container{{
				Name: "probe", Image: probeImage, Args: args,
				ImagePullPolicy: corev1.PullIfNotPresent, SecurityContext: restricted(),
			}},
		},
	}
	Expect(k8s.Create(ctx, pod)).To(Succeed())
	DeferCleanup(func(ctx SpecContext) {
		Expect(client.IgnoreNotFound(k8s.Delete(ctx, pod, client.GracePeriodSeconds(0)))).To(Succeed())
	})
	Eventually(func(g Gomega) {
		g.Expect(k8s.Get(ctx, client.ObjectKeyFromObject(pod), pod)).To(Succeed())
		g.Expect(pod.Status.Phase).To(Equal(corev1.PodSucceeded), "%+v", pod.Status.ContainerStatuses)
	}).Should(Succeed())
	return podLog(ctx, namespace, pod.Name, "probe")
}

func podLog(ctx context.Context, namespace, pod, container string) string {
	GinkgoHelper()
	stream, err := clientset.CoreV1().Pods(namespace).GetLogs(pod, &corev1.PodLogOptions{Container: container}).Stream(ctx)
	Expect(err).NotTo(HaveOccurred())
	defer func() { _ = stream.Close() }()
	text, err := io.ReadAll(stream)
	Expect(err).NotTo(HaveOccurred())
	return strings.TrimSpace(string(text))
}

// podAddress is the pod's own address with a port.
func podAddress(ctx context.Context, namespace, pod string, port int) string {
	GinkgoHelper()
	var live corev1.Pod
	Expect(k8s.Get(ctx, client.ObjectKey{Namespace: namespace, Name: pod}, &live)).To(Succeed())
	Expect(live.Status.PodIP).NotTo(BeEmpty(), "pod %s/%s has an address", namespace, pod)
	return fmt.Sprintf("%s:%d", live.Status.PodIP, port)
}

// probeServer runs a pod that listens on 8080 and returns its address.
func probeServer(ctx context.Context, namespace string) string {
	GinkgoHelper()
	pod := &corev1.Pod{
		ObjectMeta: metav1.ObjectMeta{GenerateName: "server-", Namespace: namespace},
		Spec: corev1.PodSpec{
			AutomountServiceAccountToken: ptr.To(false),
			Containers: []corev1.Container{{
				Name: "probe", Image: probeImage, Args: []string{"listen", ":8080"},
				ImagePullPolicy: corev1.PullIfNotPresent, SecurityContext: restricted(),
				ReadinessProbe: &corev1.Probe{
					ProbeHandler:  corev1.ProbeHandler{TCPSocket: &corev1.TCPSocketAction{Port: intstr.FromInt32(8080)}},
					PeriodSeconds: 1,
				},
			}},
		},
	}
	Expect(k8s.Create(ctx, pod)).To(Succeed())
	DeferCleanup(func(ctx SpecContext) {
		Expect(client.IgnoreNotFound(k8s.Delete(ctx, pod, client.GracePeriodSeconds(0)))).To(Succeed())
	})
	Eventually(func(g Gomega) {
		g.Expect(k8s.Get(ctx, client.ObjectKeyFromObject(pod), pod)).To(Succeed())
		g.Expect(podReady(pod)).To(BeTrue(), "%+v", pod.Status.ContainerStatuses)
	}).Should(Succeed())
	return podAddress(ctx, namespace, pod.Name, 8080)
}

func podReady(pod *corev1.Pod) bool {
	for _, condition := range pod.Status.Conditions {
		if condition.Type == corev1.PodReady {
			return condition.Status == corev1.ConditionTrue
		}
	}
	return false
}

// eventuallyServiceAccount waits until a new namespace can run pods.
func eventuallyServiceAccount(ctx context.Context, namespace string) {
	GinkgoHelper()
	Eventually(func() error {
		return k8s.Get(ctx, client.ObjectKey{Namespace: namespace, Name: "default"}, &corev1.ServiceAccount{})
	}).Should(Succeed())
}
