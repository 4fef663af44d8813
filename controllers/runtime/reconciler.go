// Package runtime makes what runs for a tenant so: its namespace, its isolation,
// its volumes and its workload, as Tenant.status.standing and the plan ask.
package runtime

import (
	"context"
	"errors"
	"fmt"
	"time"

	metav1 "k8s.io/apimachinery/pkg/apis/meta/v1"
	"k8s.io/client-go/tools/events"
	"k8s.io/utils/clock"
	ctrl "sigs.k8s.io/controller-runtime"
	"sigs.k8s.io/controller-runtime/pkg/client"

	"github.com/grupobizopps/salexops/api/v1alpha1"
	"github.com/grupobizopps/salexops/controllers/runtime/drift"
	"github.com/grupobizopps/salexops/internal/index"
	"github.com/grupobizopps/salexops/internal/layout"
	"github.com/grupobizopps/salexops/internal/tenantstatus"
)

// Options are what a platform engineer chooses.
type Options struct {
	// Image of the CRM.
	Image string
	// Domain below which tenants without a host of their own are reached.
	Domain string
	// URLTemplate makes a tenant's address of its host: {host} is replaced.
	URLTemplate string
	// AccountsNamespace holds the ledger.
	AccountsNamespace string
	// SystemNamespace is where the operator and the front door run.
	SystemNamespace string
	// StorageClass of the tenants' volumes; nil is the cluster's default.
	StorageClass *string
	// RetryRefused is how long a write that the API server refused waits before
	// it is tried again, when nothing changes that the operator watches.
	RetryRefused time.Duration
	// Concurrency is how many tenants are worked on at a time.
	Concurrency int
}

// Reconciler carries out the standing of Tenants.
type Reconciler struct {
	// Client reads from the cache and writes to the API server.
	Client client.Client
	// APIReader reads live, where the cache must not be trusted.
	APIReader client.Reader
	Clock     clock.PassiveClock
	Recorder  events.EventRecorder
	// TrustedKeys returns the public keys of licences as a JWKS.
	TrustedKeys func(context.Context) ([]byte, error)
	Options     Options

	drift   *drift.Detector
	secrets *secretMemory
}

func (r *Reconciler) now() metav1.Time {
	return metav1.NewTime(r.Clock.Now().UTC().Truncate(time.Second))
}

// Reconcile makes what runs for one tenant so, and records how it stands. A pass
// that finds everything as it should be makes no request.
func (r *Reconciler) Reconcile(ctx context.Context, request ctrl.Request) (ctrl.Result, error) {
	var tenant v1alpha1.Tenant
	if err := r.Client.Get(ctx, request.NamespacedName, &tenant); err != nil {
		if client.IgnoreNotFound(err) == nil {
			r.forget(request.Name)
			return ctrl.Result{}, nil
		}
		return ctrl.Result{}, fmt.Errorf("reading Tenant %s: %w", request.NamespacedName, err)
	}
	if tenant.DeletionTimestamp != nil {
		// What is on its way out is storage's; nothing is made for it any more.
		r.forget(request.Name)
		return ctrl.Result{}, nil
	}

	attempt, err := r.gather(ctx, &tenant)
	if err != nil {
		return ctrl.Result{}, err
	}
	stop := r.provision(ctx, attempt)
	if !expected(stop) {
		return ctrl.Result{}, stop
	}
	if err := r.stopDespiteBlock(ctx, attempt, stop); err != nil {
		return ctrl.Result{}, err
	}
	if err := r.record(ctx, attempt, stop); err != nil {
		return ctrl.Result{}, err
	}
	return ctrl.Result{RequeueAfter: r.retryAfter(stop)}, nil
}

// expected tells the ends of a pass that a status explains from failures.
func expected(stop error) bool {
	var block *blockedError
	var wait *waitingError
	return stop == nil || errors.As(stop, &block) || errors.As(stop, &wait)
}

// retryAfter is for what no watch tells of: whether the API server would still
// refuse. Everything else comes back by itself when it is mended.
func (r *Reconciler) retryAfter(stop error) time.Duration {
	var block *blockedError
	if errors.As(stop, &block) && block.reason == reasonClusterRefused {
		return r.Options.RetryRefused
	}
	return 0
}

// stopDespiteBlock scales an instance to zero that may not run any more, even
// when something else about it can't be carried out.
func (r *Reconciler) stopDespiteBlock(ctx context.Context, a *attempt, stop error) error {
	var block *blockedError
	if !errors.As(stop, &block) || block.reason == reasonNotRegistered || mayRun(a.tenant) {
		return nil
	}
	if a.workload == nil || !layout.BelongsTo(a.workload.Labels, a.tenant.Name) ||
		(a.workload.Spec.Replicas != nil && *a.workload.Spec.Replicas == 0) {
		return nil
	}
	scaled := a.workload.DeepCopy()
	scaled.Spec.Replicas = new(int32)
	if err := r.Client.Patch(ctx, scaled, client.MergeFrom(a.workload), owner); err != nil {
		return fmt.Errorf("stopping StatefulSet %s/%s: %w", scaled.Namespace, scaled.Name, err)
	}
	return nil
}

// record saves the status, and only then tells of what changed.
func (r *Reconciler) record(ctx context.Context, a *attempt, stop error) error {
	workload, err := r.findWorkload(ctx, a.tenant.Name)
	if err != nil {
		return err
	}
	now := r.now()
	after := a.tenant.DeepCopy()
	describe(after, situation{
		attempt: a, stop: stop, workload: workload, now: now,
		url: addressOf(r.Options.URLTemplate, index.Host(a.tenant, r.Options.Domain)),
	})
	wrote, err := tenantstatus.Save(ctx, r.Client, v1alpha1.RuntimeFieldOwner, ownPart, a.tenant, after)
	if err != nil {
		return err
	}
	if wrote {
		r.announce(a.tenant, after)
		measureStart(a.tenant, after, now.Time)
	}
	return nil
}

func (r *Reconciler) forget(tenant string) {
	namespace := layout.Namespace(tenant)
	for _, name := range []string{layout.LicenceSecret, layout.KeysSecret, layout.DocumentsKey, layout.PasswordSecret} {
		r.secrets.forget(client.ObjectKey{Namespace: namespace, Name: name})
	}
}
