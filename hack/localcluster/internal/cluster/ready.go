package cluster

import (
	"context"
	"crypto/tls"
	"crypto/x509"
	"errors"
	"fmt"
	"io"
	"net/http"
	"os"
	"strings"
	"time"

	corev1 "k8s.io/api/core/v1"
	metav1 "k8s.io/apimachinery/pkg/apis/meta/v1"
	"k8s.io/client-go/kubernetes"
	"k8s.io/client-go/tools/clientcmd"

	"github.com/grupobizopps/salexops/hack/localcluster/internal/agent"
	"github.com/grupobizopps/salexops/hack/localcluster/internal/component"
	"github.com/grupobizopps/salexops/hack/localcluster/internal/layout"
	"github.com/grupobizopps/salexops/hack/localcluster/internal/pki"
)

// client speaks to the API server as the administrator.
func (c *Cluster) client() (kubernetes.Interface, error) {
	config, err := clientcmd.BuildConfigFromFlags("", c.Paths.Kubeconfig())
	if err != nil {
		return nil, fmt.Errorf("reading the kubeconfig: %w", err)
	}
	config.Timeout = 10 * time.Second
	return kubernetes.NewForConfig(config)
}

// settle waits until pods can be run: every component is well, the node takes
// pods, policies are enforced and claims have a storage class.
func (c *Cluster) settle(ctx context.Context) error {
	client, err := c.client()
	if err != nil {
		return err
	}
	if err := ensureObjects(ctx, client); err != nil {
		return err
	}
	for _, wait := range []struct {
		what, component string
		check           func(context.Context) error
	}{
		{"the agent", component.Agent, agent.Healthy},
		{"the node", component.Kubelet, func(ctx context.Context) error { return c.nodeReady(ctx, client) }},
		{"the controller manager", component.ControllerManager, func(ctx context.Context) error {
			_, err := client.CoreV1().ServiceAccounts("default").Get(ctx, "default", metav1.GetOptions{})
			return err
		}},
		{"kube-proxy", component.Proxy, func(ctx context.Context) error {
			return get(ctx, http.DefaultClient, "http://127.0.0.1:10256/healthz")
		}},
		{"the scheduler", component.Scheduler, func(ctx context.Context) error {
			return get(ctx, loopback(), "https://127.0.0.1:10259/readyz")
		}},
	} {
		if err := poll(ctx, wait.what, 2*time.Minute, c.died(wait.component), wait.check); err != nil {
			return err
		}
	}
	return nil
}

// nodeReady looks for a report made since the kubelet was started: right after
// a crash the API server still tells of the kubelet before.
func (c *Cluster) nodeReady(ctx context.Context, client kubernetes.Interface) error {
	node, err := client.CoreV1().Nodes().Get(ctx, layout.Node, metav1.GetOptions{})
	if err != nil {
		return err
	}
	for _, taint := range node.Spec.Taints {
		if taint.Effect == corev1.TaintEffectNoSchedule && strings.HasPrefix(taint.Key, "node.kubernetes.io/") {
			return fmt.Errorf("the node is tainted %s", taint.Key)
		}
	}
	// Heartbeats are told in whole seconds.
	since := c.record(component.Kubelet).Since.Truncate(time.Second)
	for _, condition := range node.Status.Conditions {
		if condition.Type != corev1.NodeReady {
			continue
		}
		if condition.LastHeartbeatTime.Time.Before(since) {
			return errors.New("the kubelet has not reported yet")
		}
		if condition.Status != corev1.ConditionTrue {
			return fmt.Errorf("the node is not ready: %s", condition.Message)
		}
		return nil
	}
	return errors.New("the node says nothing of being ready")
}

func (c *Cluster) apiReady(ctx context.Context) error {
	client, err := c.tlsClient(pki.ClusterCA, "admin")
	if err != nil {
		return err
	}
	return get(ctx, client, fmt.Sprintf("https://127.0.0.1:%d/readyz", layout.APIPort))
}

// loopback is a client for components that sign their own certificate at each
// start, and answer questions about their health on 127.0.0.1 only.
func loopback() *http.Client {
	return &http.Client{Transport: &http.Transport{
		TLSClientConfig: &tls.Config{InsecureSkipVerify: true}, DisableKeepAlives: true,
	}}
}

func (c *Cluster) etcdReady(ctx context.Context) error {
	client, err := c.tlsClient(pki.EtcdCA, "etcd-client")
	if err != nil {
		return err
	}
	return get(ctx, client, fmt.Sprintf("https://127.0.0.1:%d/health", layout.EtcdPort))
}

func (c *Cluster) tlsClient(authority, owner string) (*http.Client, error) {
	pair, err := tls.LoadX509KeyPair(c.Paths.PKI(owner+".crt"), c.Paths.PKI(owner+".key"))
	if err != nil {
		return nil, fmt.Errorf("reading the certificate of %s: %w", owner, err)
	}
	ca, err := os.ReadFile(c.Paths.PKI(authority + ".crt"))
	if err != nil {
		return nil, fmt.Errorf("reading the authority: %w", err)
	}
	roots := x509.NewCertPool()
	roots.AppendCertsFromPEM(ca)
	return &http.Client{Transport: &http.Transport{
		TLSClientConfig:   &tls.Config{Certificates: []tls.Certificate{pair}, RootCAs: roots},
		DisableKeepAlives: true,
	}}, nil
}

// get succeeds on an answer of 200.
func get(ctx context.Context, client *http.Client, url string) error {
	ctx, cancel := context.WithTimeout(ctx, 5*time.Second)
	defer cancel()
	request, err := http.NewRequestWithContext(ctx, http.MethodGet, url, nil)
	if err != nil {
		return err
	}
	response, err := client.Do(request)
	if err != nil {
		return err
	}
	defer response.Body.Close()
	body, err := io.ReadAll(io.LimitReader(response.Body, 1<<12))
	if err != nil {
		return err
	}
	if response.StatusCode != http.StatusOK {
		return fmt.Errorf("%s answers %s: %s", url, response.Status, strings.TrimSpace(string(body)))
	}
	return nil
}
