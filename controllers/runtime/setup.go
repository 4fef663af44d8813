package runtime

import (
	"context"
	"maps"
	"strings"

	appsv1 "k8s.io/api/apps/v1"
	corev1 "k8s.io/api/core/v1"
	networkingv1 "k8s.io/api/networking/v1"
	"k8s.io/apimachinery/pkg/api/equality"
	"k8s.io/apimachinery/pkg/api/meta"
	"k8s.io/apimachinery/pkg/types"
	"k8s.io/client-go/util/workqueue"
	ctrl "sigs.k8s.io/controller-runtime"
	"sigs.k8s.io/controller-runtime/pkg/builder"
	"sigs.k8s.io/controller-runtime/pkg/client"
	"sigs.k8s.io/controller-runtime/pkg/controller"
	"sigs.k8s.io/controller-runtime/pkg/event"
	"sigs.k8s.io/controller-runtime/pkg/handler"
	"sigs.k8s.io/controller-runtime/pkg/predicate"
	"sigs.k8s.io/controller-runtime/pkg/reconcile"

	"github.com/grupobizopps/salexops/api/v1alpha1"
	"github.com/grupobizopps/salexops/controllers/runtime/drift"
	"github.com/grupobizopps/salexops/internal/index"
	"github.com/grupobizopps/salexops/internal/layout"
)

// +kubebuilder:rbac:groups="",resources=namespaces,verbs=get;list;watch;create;patch
// +kubebuilder:rbac:groups="",resources=secrets,verbs=get;list;watch;create;patch;delete
// +kubebuilder:rbac:groups="",resources=services;serviceaccounts;resourcequotas;limitranges;persistentvolumeclaims,verbs=get;list;watch;create;patch
// +kubebuilder:rbac:groups=apps,resources=statefulsets,verbs=get;list;watch;create;patch
// +kubebuilder:rbac:groups=networking.k8s.io,resources=networkpolicies,verbs=get;list;watch;create;patch
// +kubebuilder:rbac:groups=crm.salexops.com,resources=plans,verbs=get;list;watch

// SetupWithManager registers the reconciler with everything it reacts to: the
// ledger, and whatever carries a tenant's label.
func (r *Reconciler) SetupWithManager(mgr ctrl.Manager) error {
	r.drift = drift.NewDetector(mgr.GetScheme())
	r.secrets = newSecretMemory()

	ofLabel := handler.EnqueueRequestsFromMapFunc(r.tenantOfLabel)
	return ctrl.NewControllerManagedBy(mgr).
		Named("runtime").
		For(&v1alpha1.Tenant{}, builder.WithPredicates(inputsChanged())).
		Watches(&v1alpha1.Tenant{}, r.rivals()).
		Watches(&v1alpha1.License{}, handler.EnqueueRequestsFromMapFunc(r.tenantOfLicense)).
		Watches(&v1alpha1.Plan{}, handler.EnqueueRequestsFromMapFunc(r.tenantsOnPlan),
			builder.WithPredicates(predicate.GenerationChangedPredicate{})).
		WatchesMetadata(&corev1.Namespace{}, handler.EnqueueRequestsFromMapFunc(r.tenantOfNamespace)).
		WatchesMetadata(&corev1.Secret{}, ofLabel).
		Watches(&corev1.Service{}, ofLabel).
		Watches(&corev1.ServiceAccount{}, ofLabel).
		Watches(&corev1.ResourceQuota{}, ofLabel).
		Watches(&corev1.LimitRange{}, ofLabel).
		Watches(&corev1.PersistentVolumeClaim{}, ofLabel).
		Watches(&networkingv1.NetworkPolicy{}, ofLabel).
		Watches(&appsv1.StatefulSet{}, ofLabel).
		WithOptions(controller.Options{MaxConcurrentReconciles: r.Options.Concurrency}).
		Complete(r)
}

func (r *Reconciler) request(tenant string) reconcile.Request {
	return reconcile.Request{NamespacedName: types.NamespacedName{Namespace: r.Options.AccountsNamespace, Name: tenant}}
}

// tenantOfLabel maps what runs for a tenant to it. Labels do the work of owner
// references, which may not cross namespaces: garbage collection must never be
// able to delete data.
func (r *Reconciler) tenantOfLabel(_ context.Context, object client.Object) []reconcile.Request {
	tenant := object.GetLabels()[layout.LabelTenant]
	if tenant == "" || object.GetNamespace() != layout.Namespace(tenant) {
		return nil
	}
	return []reconcile.Request{r.request(tenant)}
}

// tenantOfNamespace goes by the name, so that a foreign namespace that makes
// way lets the tenant of its name in.
func (r *Reconciler) tenantOfNamespace(_ context.Context, object client.Object) []reconcile.Request {
	tenant, ok := strings.CutPrefix(object.GetName(), layout.Namespace(""))
	if !ok {
		return nil
	}
	return []reconcile.Request{r.request(tenant)}
}

func (r *Reconciler) tenantOfLicense(_ context.Context, object client.Object) []reconcile.Request {
	license, ok := object.(*v1alpha1.License)
	if !ok {
		return nil
	}
	return []reconcile.Request{r.request(license.Spec.TenantRef.Name)}
}

func (r *Reconciler) tenantsOnPlan(ctx context.Context, plan client.Object) []reconcile.Request {
	return r.tenantsBy(ctx, index.TenantByPlan, plan.GetName())
}

// tenantsBy lists tenants by an index. A cache that can't answer has stopped,
// and with it everything that would act on the answer.
func (r *Reconciler) tenantsBy(ctx context.Context, name, key string) []reconcile.Request {
	var tenants v1alpha1.TenantList
	if err := r.Client.List(ctx, &tenants, client.InNamespace(r.Options.AccountsNamespace), client.MatchingFields{name: key}); err != nil {
		return nil
	}
	requests := make([]reconcile.Request, 0, len(tenants.Items))
	for i := range tenants.Items {
		requests = append(requests, r.request(tenants.Items[i].Name))
	}
	return requests
}

// rivals brings back the tenants that want a host name when another one gives
// it up, by another name or by going.
func (r *Reconciler) rivals() handler.EventHandler {
	type queue = workqueue.TypedRateLimitingInterface[reconcile.Request]
	freed := func(ctx context.Context, object client.Object, q queue) {
		tenant, ok := object.(*v1alpha1.Tenant)
		if !ok {
			return
		}
		for _, request := range r.tenantsBy(ctx, index.TenantByHost, index.Host(tenant, r.Options.Domain)) {
			if request.Name != tenant.Name {
				q.Add(request)
			}
		}
	}
	return handler.Funcs{
		UpdateFunc: func(ctx context.Context, e event.UpdateEvent, q queue) {
			before, okBefore := e.ObjectOld.(*v1alpha1.Tenant)
			after, okAfter := e.ObjectNew.(*v1alpha1.Tenant)
			if okBefore && okAfter && before.Spec.Host != after.Spec.Host {
				freed(ctx, before, q)
				freed(ctx, after, q)
			}
		},
		DeleteFunc: func(ctx context.Context, e event.DeleteEvent, q queue) { freed(ctx, e.Object, q) },
	}
}

// inputsChanged lets through what a pass depends on. The echo of the status
// that runtime itself wrote passes too: a pass that ran before the cache had it
// compared with what stood there before, and may have left unwritten what it
// should have written.
func inputsChanged() predicate.Predicate {
	return predicate.Funcs{UpdateFunc: func(e event.UpdateEvent) bool {
		before, okBefore := e.ObjectOld.(*v1alpha1.Tenant)
		after, okAfter := e.ObjectNew.(*v1alpha1.Tenant)
		if !okBefore || !okAfter {
			return true
		}
		return before.ResourceVersion == after.ResourceVersion ||
			before.Generation != after.Generation ||
			!before.DeletionTimestamp.Equal(after.DeletionTimestamp) ||
			!maps.Equal(before.Annotations, after.Annotations) ||
			!equality.Semantic.DeepEqual(ownPart(before.Status), ownPart(after.Status)) ||
			!equality.Semantic.DeepEqual(inputs(&before.Status), inputs(&after.Status))
	}}
}

// inputs are the parts of the status that others write and runtime reads.
func inputs(status *v1alpha1.TenantStatus) []any {
	registered := meta.FindStatusCondition(status.Conditions, conditionRegistered)
	instance := v1alpha1.InstanceStatus{}
	if status.Instance != nil {
		instance = *status.Instance
	}
	return []any{status.Standing, registered, instance.OwnerPasswordChangedAt, instance.ExchangedAt == nil}
}
