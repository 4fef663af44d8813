package controlplane

import (
	"context"
	"fmt"

	appsv1 "k8s.io/api/apps/v1"
	corev1 "k8s.io/api/core/v1"
	discoveryv1 "k8s.io/api/discovery/v1"
	"k8s.io/apimachinery/pkg/api/equality"
	apierrors "k8s.io/apimachinery/pkg/api/errors"
	"k8s.io/apimachinery/pkg/api/resource"
	metav1 "k8s.io/apimachinery/pkg/apis/meta/v1"
	"k8s.io/utils/ptr"
	ctrl "sigs.k8s.io/controller-runtime"
	"sigs.k8s.io/controller-runtime/pkg/client"
	ctrlconfig "sigs.k8s.io/controller-runtime/pkg/config"
	metricsserver "sigs.k8s.io/controller-runtime/pkg/metrics/server"
	"sigs.k8s.io/controller-runtime/pkg/reconcile"

	"github.com/grupobizopps/salexops/cmd/manager/operator"
	"github.com/grupobizopps/salexops/internal/layout"
)

// StandIn does what the controllers of a cluster do as far as the operator
// waits for it: it counts quotas, which otherwise refuse everything, empties
// namespaces that are deleted, and says of StatefulSets that their pod is ready.
type StandIn struct {
	c client.Client
}

// StartStandIn runs the stand-in until the context ends.
func (p *Plane) StartStandIn(ctx context.Context) error {
	mgr, err := ctrl.NewManager(p.AdminConfig, ctrl.Options{
		Scheme:     operator.NewScheme(),
		Metrics:    metricsserver.Options{BindAddress: "0"},
		Controller: ctrlconfig.Controller{SkipNameValidation: ptr.To(true), MaxConcurrentReconciles: 4},
	})
	if err != nil {
		return fmt.Errorf("making the stand-in: %w", err)
	}
	s := &StandIn{c: mgr.GetClient()}
	for object, reconcile := range map[client.Object]reconcile.Func{
		&corev1.ResourceQuota{}:         s.countQuota,
		&corev1.Namespace{}:             s.emptyNamespace,
		&corev1.PersistentVolumeClaim{}: s.serveClaim,
		&appsv1.StatefulSet{}:           s.runWorkload,
	} {
		if err := ctrl.NewControllerManagedBy(mgr).For(object).Complete(reconcile); err != nil {
			return fmt.Errorf("setting up the stand-in for %T: %w", object, err)
		}
	}
	go func() { _ = mgr.Start(ctx) }() // It ends with the API server it talks to.
	return nil
}

func (s *StandIn) countQuota(ctx context.Context, request ctrl.Request) (ctrl.Result, error) {
	var quota corev1.ResourceQuota
	if err := s.c.Get(ctx, request.NamespacedName, &quota); err != nil {
		return ctrl.Result{}, client.IgnoreNotFound(err)
	}
	used := corev1.ResourceList{}
	for name := range quota.Spec.Hard {
		used[name] = resource.MustParse("0")
	}
	if equality.Semantic.DeepEqual(quota.Status.Hard, quota.Spec.Hard) {
		return ctrl.Result{}, nil
	}
	quota.Status.Hard, quota.Status.Used = quota.Spec.Hard, used
	return ctrl.Result{}, ignoreConflict(s.c.Status().Update(ctx, &quota))
}

func (s *StandIn) emptyNamespace(ctx context.Context, request ctrl.Request) (ctrl.Result, error) {
	var namespace corev1.Namespace
	if err := s.c.Get(ctx, request.NamespacedName, &namespace); err != nil {
		return ctrl.Result{}, client.IgnoreNotFound(err)
	}
	if namespace.DeletionTimestamp == nil {
		return ctrl.Result{}, nil
	}
	for _, object := range []client.Object{
		&appsv1.StatefulSet{}, &corev1.Service{}, &corev1.ResourceQuota{}, &corev1.PersistentVolumeClaim{}, &corev1.Secret{},
	} {
		if err := s.c.DeleteAllOf(ctx, object, client.InNamespace(namespace.Name)); err != nil && !apierrors.IsMethodNotSupported(err) {
			return ctrl.Result{}, err
		}
	}
	var claims corev1.PersistentVolumeClaimList
	if err := s.c.List(ctx, &claims, client.InNamespace(namespace.Name)); err != nil {
		return ctrl.Result{}, err
	}
	for i := range claims.Items {
		if err := s.releaseClaim(ctx, &claims.Items[i]); err != nil {
			return ctrl.Result{}, err
		}
	}
	namespace.Spec.Finalizers = nil
	return ctrl.Result{}, ignoreConflict(client.IgnoreNotFound(s.c.SubResource("finalize").Update(ctx, &namespace)))
}

// runWorkload says that what is wanted runs, and publishes its address.
func (s *StandIn) runWorkload(ctx context.Context, request ctrl.Request) (ctrl.Result, error) {
	var workload appsv1.StatefulSet
	if err := s.c.Get(ctx, request.NamespacedName, &workload); err != nil {
		return ctrl.Result{}, client.IgnoreNotFound(err)
	}
	replicas := ptr.Deref(workload.Spec.Replicas, 1)
	if _, paused := workload.Annotations[Paused]; !paused &&
		(workload.Status.ReadyReplicas != replicas || workload.Status.ObservedGeneration != workload.Generation) {
		workload.Status = appsv1.StatefulSetStatus{
			ObservedGeneration: workload.Generation, Replicas: replicas,
			ReadyReplicas: replicas, AvailableReplicas: replicas, UpdatedReplicas: replicas,
		}
		if err := s.c.Status().Update(ctx, &workload); err != nil {
			return ctrl.Result{}, ignoreConflict(err)
		}
	}
	return ctrl.Result{}, s.publish(ctx, &workload, replicas > 0)
}

// Paused is an annotation of a StatefulSet that keeps the stand-in from saying
// that its pod is as wanted.
const Paused = "test/paused"

// Address is what the stand-in publishes for every instance.
const Address = "10.11.12.13"

func (s *StandIn) publish(ctx context.Context, workload *appsv1.StatefulSet, ready bool) error {
	slice := &discoveryv1.EndpointSlice{
		ObjectMeta: metav1.ObjectMeta{
			Namespace: workload.Namespace, Name: layout.Workload + "-stand-in",
			Labels: map[string]string{discoveryv1.LabelServiceName: layout.Workload},
		},
		AddressType: discoveryv1.AddressTypeIPv4,
		Endpoints: []discoveryv1.Endpoint{{
			Addresses: []string{Address}, Conditions: discoveryv1.EndpointConditions{Ready: &ready},
		}},
		Ports: []discoveryv1.EndpointPort{
			{Name: ptr.To(layout.PortHTTPName), Port: ptr.To[int32](layout.PortHTTP)},
			{Name: ptr.To(layout.PortPrivateName), Port: ptr.To[int32](layout.PortPrivate)},
		},
	}
	// As the cluster's own controller does, copy the labels of the Service.
	for key, value := range workload.Labels {
		slice.Labels[key] = value
	}
	err := s.c.Create(ctx, slice)
	if !apierrors.IsAlreadyExists(err) {
		return client.IgnoreNotFound(err)
	}
	var live discoveryv1.EndpointSlice
	if err := s.c.Get(ctx, client.ObjectKeyFromObject(slice), &live); err != nil {
		return client.IgnoreNotFound(err)
	}
	if equality.Semantic.DeepEqual(live.Endpoints, slice.Endpoints) {
		return nil
	}
	live.Endpoints = slice.Endpoints
	return ignoreConflict(s.c.Update(ctx, &live))
}

// ignoreConflict leaves what changed in the meantime to the event of the change.
func ignoreConflict(err error) error {
	if apierrors.IsConflict(err) {
		return nil
	}
	return err
}
