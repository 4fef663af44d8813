package observer

import (
	"context"
	"encoding/json"
	"fmt"
	"net"
	"strconv"

	corev1 "k8s.io/api/core/v1"
	discoveryv1 "k8s.io/api/discovery/v1"
	"k8s.io/apimachinery/pkg/api/equality"
	metav1 "k8s.io/apimachinery/pkg/apis/meta/v1"
	"sigs.k8s.io/controller-runtime/pkg/client"

	"github.com/grupobizopps/salexops/api/v1alpha1"
	acv1 "github.com/grupobizopps/salexops/api/v1alpha1/applyconfiguration/api/v1alpha1"
	"github.com/grupobizopps/salexops/instance"
	"github.com/grupobizopps/salexops/internal/layout"
)

// findInstance returns the private address of the instance that is ready in a
// namespace, or "" where none is. There is no DNS to rely on: the EndpointSlices
// of the Service say both where it is and whether it is ready.
func (r *Reconciler) findInstance(ctx context.Context, namespace string) (string, error) {
	var slices discoveryv1.EndpointSliceList
	err := r.Client.List(ctx, &slices, client.InNamespace(namespace),
		client.MatchingLabels{discoveryv1.LabelServiceName: layout.Workload}, client.UnsafeDisableDeepCopy)
	if err != nil {
		return "", fmt.Errorf("listing the EndpointSlices in namespace %s: %w", namespace, err)
	}
	return readyAddress(slices.Items), nil
}

// readyAddress picks the address and private port of the one ready endpoint.
func readyAddress(slices []discoveryv1.EndpointSlice) string {
	for _, slice := range slices {
		port := privatePort(slice.Ports)
		if port == 0 {
			continue
		}
		for _, endpoint := range slice.Endpoints {
			ready := endpoint.Conditions.Ready
			if len(endpoint.Addresses) > 0 && ready != nil && *ready {
				return net.JoinHostPort(endpoint.Addresses[0], strconv.Itoa(int(port)))
			}
		}
	}
	return ""
}

func privatePort(ports []discoveryv1.EndpointPort) int32 {
	for _, port := range ports {
		if port.Name != nil && *port.Name == instance.PrivatePortName && port.Port != nil {
			return *port.Port
		}
	}
	return 0
}

// token returns the bearer token of the exchange. It is read live, and kept in
// memory for as long as the Secret's version stays the same.
func (r *Reconciler) token(ctx context.Context, tenant *v1alpha1.Tenant) (string, error) {
	key := client.ObjectKey{Namespace: tenant.Status.Namespace, Name: layout.KeysSecret}
	metadata := &metav1.PartialObjectMetadata{}
	metadata.SetGroupVersionKind(corev1.SchemeGroupVersion.WithKind("Secret"))
	if err := r.Client.Get(ctx, key, metadata); err != nil {
		return "", fmt.Errorf("reading the metadata of Secret %s: %w", key, err)
	}
	if token, known := r.memory.token(tenant.Name, metadata.ResourceVersion); known {
		return token, nil
	}
	var secret corev1.Secret
	if err := r.APIReader.Get(ctx, key, &secret); err != nil {
		return "", fmt.Errorf("reading the exchange token in Secret %s: %w", key, err)
	}
	token := string(secret.Data[layout.ExchangeToken])
	if token == "" {
		return "", fmt.Errorf("the Secret %s has no %s", key, layout.ExchangeToken)
	}
	r.memory.rememberToken(tenant.Name, token, secret.ResourceVersion)
	return token, nil
}

// recordHolders writes who holds a seat into the License.
func (r *Reconciler) recordHolders(ctx context.Context, licence *v1alpha1.License, report *instance.Report, now metav1.Time) error {
	holders := holdersOf(licence.Status.Holders, report, now)
	if equality.Semantic.DeepEqual(licence.Status.Holders, holders) {
		return nil
	}
	status := acv1.LicenseStatus()
	data, err := json.Marshal(v1alpha1.LicenseStatus{Holders: holders})
	if err != nil {
		return fmt.Errorf("encoding the holders of License %s: %w", licence.Name, err)
	}
	if err := json.Unmarshal(data, status); err != nil {
		return fmt.Errorf("decoding the holders of License %s: %w", licence.Name, err)
	}
	configuration := acv1.License(licence.Name, licence.Namespace).WithUID(licence.UID).WithStatus(status)
	if err := r.Client.Status().Apply(ctx, configuration, client.FieldOwner(v1alpha1.ObserverFieldOwner), client.ForceOwnership); err != nil {
		return fmt.Errorf("applying the holders of License %s: %w", licence.Name, err)
	}
	return nil
}
