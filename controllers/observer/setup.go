package observer

import (
	"context"

	discoveryv1 "k8s.io/api/discovery/v1"
	"k8s.io/apimachinery/pkg/types"
	"k8s.io/utils/ptr"
	ctrl "sigs.k8s.io/controller-runtime"
	"sigs.k8s.io/controller-runtime/pkg/builder"
	"sigs.k8s.io/controller-runtime/pkg/client"
	"sigs.k8s.io/controller-runtime/pkg/controller"
	"sigs.k8s.io/controller-runtime/pkg/event"
	"sigs.k8s.io/controller-runtime/pkg/handler"
	"sigs.k8s.io/controller-runtime/pkg/predicate"
	"sigs.k8s.io/controller-runtime/pkg/reconcile"

	"github.com/grupobizopps/salexops/api/v1alpha1"
	"github.com/grupobizopps/salexops/internal/layout"
)

// +kubebuilder:rbac:groups=discovery.k8s.io,resources=endpointslices,verbs=get;list;watch
// +kubebuilder:rbac:groups="",resources=secrets,verbs=get;list;watch
// +kubebuilder:rbac:groups=crm.salexops.com,resources=tenants/status;licenses/status,verbs=patch

// SetupWithManager registers the reconciler: an instance that becomes ready and
// a licence that changes are exchanged with at once.
func (r *Reconciler) SetupWithManager(mgr ctrl.Manager) error {
	r.memory = newMemory()
	return ctrl.NewControllerManagedBy(mgr).
		Named("observer").
		For(&v1alpha1.Tenant{}, builder.WithPredicates(namespaceChanged())).
		Watches(&v1alpha1.License{}, handler.EnqueueRequestsFromMapFunc(r.tenantOfLicense), builder.WithPredicates(tokenChanged())).
		Watches(&discoveryv1.EndpointSlice{}, handler.EnqueueRequestsFromMapFunc(r.tenantOfSlice)).
		WithOptions(controller.Options{
			MaxConcurrentReconciles: r.Options.Concurrency,
			// First come, first served: who comes back every half minute must
			// not be put behind who comes back for another reason.
			UsePriorityQueue: ptr.To(false),
		}).
		Complete(r)
}

func (r *Reconciler) tenantOfLicense(_ context.Context, object client.Object) []reconcile.Request {
	licence, ok := object.(*v1alpha1.License)
	if !ok {
		return nil
	}
	return []reconcile.Request{r.request(licence.Spec.TenantRef.Name)}
}

func (r *Reconciler) tenantOfSlice(_ context.Context, object client.Object) []reconcile.Request {
	tenant := object.GetLabels()[layout.LabelTenant]
	if tenant == "" || object.GetNamespace() != layout.Namespace(tenant) {
		return nil
	}
	return []reconcile.Request{r.request(tenant)}
}

func (r *Reconciler) request(tenant string) reconcile.Request {
	return reconcile.Request{NamespacedName: types.NamespacedName{Namespace: r.Options.AccountsNamespace, Name: tenant}}
}

// namespaceChanged lets a Tenant through when it gets a place to run, or goes.
// A resync doesn't pass: it would exchange with the whole fleet at once.
func namespaceChanged() predicate.Predicate {
	return predicate.Funcs{UpdateFunc: func(e event.UpdateEvent) bool {
		before, okBefore := e.ObjectOld.(*v1alpha1.Tenant)
		after, okAfter := e.ObjectNew.(*v1alpha1.Tenant)
		return !okBefore || !okAfter ||
			before.Status.Namespace != after.Status.Namespace ||
			before.DeletionTimestamp.IsZero() != after.DeletionTimestamp.IsZero()
	}}
}

// tokenChanged lets a License through when another text was signed.
func tokenChanged() predicate.Predicate {
	return predicate.Funcs{UpdateFunc: func(e event.UpdateEvent) bool {
		before, okBefore := e.ObjectOld.(*v1alpha1.License)
		after, okAfter := e.ObjectNew.(*v1alpha1.License)
		return !okBefore || !okAfter || before.Status.Token != after.Status.Token
	}}
}
