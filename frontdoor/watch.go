package frontdoor

import (
	"context"
	"errors"
	"fmt"
	"sync/atomic"

	discoveryv1 "k8s.io/api/discovery/v1"
	"k8s.io/apimachinery/pkg/api/meta"
	metav1 "k8s.io/apimachinery/pkg/apis/meta/v1"
	"k8s.io/apimachinery/pkg/labels"
	"k8s.io/apimachinery/pkg/runtime"
	"k8s.io/client-go/rest"
	toolscache "k8s.io/client-go/tools/cache"
	"sigs.k8s.io/controller-runtime/pkg/cache"
	"sigs.k8s.io/controller-runtime/pkg/client"

	"github.com/grupobizopps/salexops/api/v1alpha1"
)

// Everything that runs for a tenant carries this label, its EndpointSlices by
// way of the Service (docs/design.md).
const (
	managedByLabel = "app.kubernetes.io/managed-by"
	managedBy      = "salexops"
)

// Watch keeps a Table up to date with the API server.
type Watch struct {
	table  *Table
	domain string
	cache  cache.Cache
	synced atomic.Bool
}

// NewWatch prepares to watch the Tenants of the accounts namespace and the
// EndpointSlices of their instances. Tenants without a host of their own are
// reached under domain.
func NewWatch(config *rest.Config, table *Table, accountsNamespace, domain string) (*Watch, error) {
	scheme := runtime.NewScheme()
	if err := errors.Join(v1alpha1.AddToScheme(scheme), discoveryv1.AddToScheme(scheme)); err != nil {
		return nil, fmt.Errorf("preparing the scheme: %w", err)
	}
	c, err := cache.New(config, cache.Options{
		Scheme: scheme,
		Mapper: mapper(),
		ByObject: map[client.Object]cache.ByObject{
			&v1alpha1.Tenant{}: {
				Namespaces: map[string]cache.Config{accountsNamespace: {}},
				Transform:  stripTenant,
			},
			&discoveryv1.EndpointSlice{}: {
				Label:     labels.SelectorFromSet(labels.Set{managedByLabel: managedBy}),
				Transform: stripSlice,
			},
		},
	})
	if err != nil {
		return nil, fmt.Errorf("preparing the cache: %w", err)
	}
	return &Watch{table: table, domain: domain, cache: c}, nil
}

// mapper knows the two kinds by heart: the front door needs no discovery, and
// waits patiently for definitions that are installed after it.
func mapper() meta.RESTMapper {
	m := meta.NewDefaultRESTMapper(nil)
	m.Add(v1alpha1.GroupVersion.WithKind("Tenant"), meta.RESTScopeNamespace)
	m.Add(discoveryv1.SchemeGroupVersion.WithKind("EndpointSlice"), meta.RESTScopeNamespace)
	return m
}

// Synced reports whether the table once held everything that the API server
// knew; it stays true when the API server goes away.
func (w *Watch) Synced() bool { return w.synced.Load() }

// Run watches until the context ends.
func (w *Watch) Run(ctx context.Context) error {
	tenants, err := w.follow(ctx, &v1alpha1.Tenant{}, w.tenantChanged, w.tenantDeleted)
	if err != nil {
		return fmt.Errorf("watching Tenants: %w", err)
	}
	slices, err := w.follow(ctx, &discoveryv1.EndpointSlice{}, w.sliceChanged, w.sliceDeleted)
	if err != nil {
		return fmt.Errorf("watching EndpointSlices: %w", err)
	}
	go func() {
		// HasSynced of a registration means that its handler has seen the whole
		// first list, and so that the table holds it.
		if toolscache.WaitForCacheSync(ctx.Done(), tenants.HasSynced, slices.HasSynced) {
			w.synced.Store(true)
		}
	}()
	if err := w.cache.Start(ctx); err != nil {
		return fmt.Errorf("watching the API server: %w", err)
	}
	return nil
}

func (w *Watch) follow(ctx context.Context, kind client.Object, changed, deleted func(any)) (toolscache.ResourceEventHandlerRegistration, error) {
	informer, err := w.cache.GetInformer(ctx, kind, cache.BlockUntilSynced(false))
	if err != nil {
		return nil, err
	}
	return informer.AddEventHandler(toolscache.ResourceEventHandlerFuncs{
		AddFunc:    changed,
		UpdateFunc: func(_, object any) { changed(object) },
		DeleteFunc: deleted,
	})
}

func (w *Watch) tenantChanged(object any) {
	if tenant, ok := object.(*v1alpha1.Tenant); ok {
		w.table.SetTenant(tenantFrom(tenant, w.domain))
	}
}

func (w *Watch) tenantDeleted(object any) {
	if tenant, ok := last[*v1alpha1.Tenant](object); ok {
		w.table.DeleteTenant(tenant.Name)
	}
}

func (w *Watch) sliceChanged(object any) {
	if slice, ok := object.(*discoveryv1.EndpointSlice); ok {
		w.table.SetEndpoint(slice.Namespace, slice.Name, addressOf(slice))
	}
}

func (w *Watch) sliceDeleted(object any) {
	if slice, ok := last[*discoveryv1.EndpointSlice](object); ok {
		w.table.SetEndpoint(slice.Namespace, slice.Name, "")
	}
}

// last is the object of a deletion, also of one that was only noticed later.
func last[T any](object any) (T, bool) {
	if tombstone, ok := object.(toolscache.DeletedFinalStateUnknown); ok {
		object = tombstone.Obj
	}
	t, ok := object.(T)
	return t, ok
}

// stripTenant leaves of a Tenant what tenantFrom reads: neither the owner's
// name and address nor the history stay in this process's memory.
func stripTenant(object any) (any, error) {
	full, ok := object.(*v1alpha1.Tenant)
	if !ok {
		return object, nil
	}
	return &v1alpha1.Tenant{
		ObjectMeta: stripMeta(&full.ObjectMeta),
		Spec:       v1alpha1.TenantSpec{DisplayName: full.Spec.DisplayName, Host: full.Spec.Host},
		Status:     v1alpha1.TenantStatus{Standing: stripStanding(full.Status.Standing), Instance: stripInstance(full.Status.Instance)},
	}, nil
}

func stripStanding(full *v1alpha1.Standing) *v1alpha1.Standing {
	if full == nil {
		return nil
	}
	return &v1alpha1.Standing{Billing: full.Billing, Conduct: full.Conduct, Lifecycle: full.Lifecycle,
		Access: full.Access, PaidThrough: full.PaidThrough}
}

func stripInstance(full *v1alpha1.InstanceStatus) *v1alpha1.InstanceStatus {
	if full == nil {
		return nil
	}
	return &v1alpha1.InstanceStatus{State: full.State}
}

// stripSlice leaves of an EndpointSlice what addressOf reads.
func stripSlice(object any) (any, error) {
	full, ok := object.(*discoveryv1.EndpointSlice)
	if !ok {
		return object, nil
	}
	slice := &discoveryv1.EndpointSlice{ObjectMeta: stripMeta(&full.ObjectMeta), AddressType: full.AddressType, Ports: full.Ports}
	slice.Labels = map[string]string{discoveryv1.LabelServiceName: full.Labels[discoveryv1.LabelServiceName]}
	for i := range full.Endpoints {
		slice.Endpoints = append(slice.Endpoints, discoveryv1.Endpoint{
			Addresses:  full.Endpoints[i].Addresses,
			Conditions: full.Endpoints[i].Conditions,
		})
	}
	return slice, nil
}

func stripMeta(full *metav1.ObjectMeta) metav1.ObjectMeta {
	return metav1.ObjectMeta{Name: full.Name, Namespace: full.Namespace, UID: full.UID, ResourceVersion: full.ResourceVersion,
		CreationTimestamp: full.CreationTimestamp, DeletionTimestamp: full.DeletionTimestamp}
}
