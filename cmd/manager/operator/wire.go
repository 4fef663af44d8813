// Package operator wires the operator together: for the command, and for tests
// that run the whole of it.
package operator

import (
	"context"
	"fmt"
	"time"

	apiruntime "k8s.io/apimachinery/pkg/runtime"
	utilruntime "k8s.io/apimachinery/pkg/util/runtime"
	clientgoscheme "k8s.io/client-go/kubernetes/scheme"
	"k8s.io/client-go/rest"
	ctrl "sigs.k8s.io/controller-runtime"
	"sigs.k8s.io/controller-runtime/pkg/client"
	ctrlconfig "sigs.k8s.io/controller-runtime/pkg/config"
	"sigs.k8s.io/controller-runtime/pkg/healthz"
	"sigs.k8s.io/controller-runtime/pkg/metrics/filters"
	metricsserver "sigs.k8s.io/controller-runtime/pkg/metrics/server"

	"github.com/grupobizopps/salexops/api/v1alpha1"
	"github.com/grupobizopps/salexops/controllers/notices"
	"github.com/grupobizopps/salexops/controllers/observer"
	"github.com/grupobizopps/salexops/controllers/runtime"
	"github.com/grupobizopps/salexops/controllers/standing"
	"github.com/grupobizopps/salexops/controllers/storage"
	"github.com/grupobizopps/salexops/internal/breaker"
	"github.com/grupobizopps/salexops/internal/index"
	"github.com/grupobizopps/salexops/internal/servertime"
	"github.com/grupobizopps/salexops/internal/signing"
)

// +kubebuilder:rbac:groups=coordination.k8s.io,namespace=salexops-system,resources=leases,verbs=create
// +kubebuilder:rbac:groups=coordination.k8s.io,namespace=salexops-system,resources=leases,resourceNames=salexops-manager,verbs=get;update
// +kubebuilder:rbac:groups="",namespace=salexops-system,resources=events,verbs=create;patch
// +kubebuilder:rbac:groups=authentication.k8s.io,resources=tokenreviews,verbs=create
// +kubebuilder:rbac:groups=authorization.k8s.io,resources=subjectaccessreviews,verbs=create

const (
	// shutdownWithin bounds a clean end: less than the pod's grace period.
	shutdownWithin = 20 * time.Second
)

// NewScheme returns a scheme with the kinds that the operator handles.
func NewScheme() *apiruntime.Scheme {
	scheme := apiruntime.NewScheme()
	utilruntime.Must(clientgoscheme.AddToScheme(scheme))
	utilruntime.Must(v1alpha1.AddToScheme(scheme))
	return scheme
}

// New wires everything and starts nothing.
func New(ctx context.Context, config *rest.Config, o Options) (ctrl.Manager, error) {
	shutdown := shutdownWithin
	serving := metricsserver.Options{BindAddress: o.MetricsAddress, SecureServing: o.MetricsSecure}
	if o.MetricsSecure {
		serving.FilterProvider = filters.WithAuthenticationAndAuthorization
	}
	mgr, err := ctrl.NewManager(config, ctrl.Options{
		Scheme:                        NewScheme(),
		Cache:                         CacheOptions(o),
		Metrics:                       serving,
		HealthProbeBindAddress:        o.HealthAddress,
		LeaderElection:                o.LeaderElection,
		LeaderElectionID:              "salexops-manager",
		LeaderElectionNamespace:       o.SystemNamespace,
		LeaderElectionReleaseOnCancel: true,
		GracefulShutdownTimeout:       &shutdown,
		Controller:                    ctrlconfig.Controller{SkipNameValidation: &o.Repeatable},
	})
	if err != nil {
		return nil, fmt.Errorf("making the manager: %w", err)
	}
	if err := index.Register(ctx, mgr.GetFieldIndexer(), o.Domain); err != nil {
		return nil, err
	}
	if err := addReconcilers(mgr, o); err != nil {
		return nil, err
	}
	census := &standing.Census{Reader: mgr.GetClient(), Clock: o.Clock, Options: ledger(o)}
	if err := o.Metrics.Register(census); err != nil {
		return nil, fmt.Errorf("registering the census of tenants: %w", err)
	}
	backlog := &notices.Backlog{
		Reader: mgr.GetClient(), Clock: o.Clock, AccountsNamespace: o.AccountsNamespace, AllowTestClock: o.AllowTestClock,
	}
	if err := o.Metrics.Register(backlog); err != nil {
		return nil, fmt.Errorf("registering the count of undelivered notices: %w", err)
	}
	if err := mgr.AddHealthzCheck("ping", healthz.Ping); err != nil {
		return nil, fmt.Errorf("adding the health check: %w", err)
	}
	if err := mgr.AddReadyzCheck("ping", healthz.Ping); err != nil {
		return nil, fmt.Errorf("adding the readiness check: %w", err)
	}
	return mgr, nil
}

// reconciler is one that registers itself.
type reconciler interface {
	SetupWithManager(ctrl.Manager) error
}

func addReconcilers(mgr ctrl.Manager, o Options) error {
	keyring := &signing.Keyring{
		Reader: mgr.GetAPIReader(), Writer: mgr.GetClient(), Clock: o.Clock,
		Key: client.ObjectKey{Namespace: o.SystemNamespace, Name: o.LicenceKeys},
	}
	serverTime := o.ServerTime
	if serverTime == nil {
		var err error
		if serverTime, err = servertime.Of(mgr.GetConfig()); err != nil {
			return err
		}
	}
	fuse := &breaker.Breaker{
		Client: mgr.GetClient(), Recorder: mgr.GetEventRecorder("salexops-breaker"), AccountsNamespace: o.AccountsNamespace,
	}
	destruction := storage.Options{AccountsNamespace: o.AccountsNamespace, LookAgain: o.LookAgain, AllowTestClock: o.AllowTestClock}
	for name, r := range map[string]reconciler{
		"standing": &standing.Reconciler{
			Client: mgr.GetClient(), APIReader: mgr.GetAPIReader(), Clock: o.Clock,
			Recorder: mgr.GetEventRecorder("salexops-standing"),
			Keys:     keyring.Keys, Breaker: fuse, Jitter: standing.SpreadBy(o.DeadlineJitter), Options: ledger(o),
		},
		"policy": &standing.PolicyReconciler{Client: mgr.GetClient(), Clock: o.Clock, Breaker: fuse, Options: ledger(o)},
		"plan":   &standing.PlanReconciler{Client: mgr.GetClient(), Options: ledger(o)},
		"runtime": &runtime.Reconciler{
			Client: mgr.GetClient(), APIReader: mgr.GetAPIReader(), Clock: o.Clock,
			Recorder:    mgr.GetEventRecorder("salexops-runtime"),
			TrustedKeys: keyring.TrustedKeys,
			Options: runtime.Options{
				Image: o.CRMImage, Domain: o.Domain, URLTemplate: o.URLTemplate,
				AccountsNamespace: o.AccountsNamespace, SystemNamespace: o.SystemNamespace,
				StorageClass: storageClass(o.StorageClass), RetryRefused: o.RetryRefused, Concurrency: o.Concurrency,
			},
		},
		"observer": &observer.Reconciler{
			Client: mgr.GetClient(), APIReader: mgr.GetAPIReader(), Clock: o.Clock, Exchanger: o.Exchanger,
			Options: observer.Options{AccountsNamespace: o.AccountsNamespace, Interval: o.ExchangeInterval, Concurrency: o.ExchangeConcurrency},
		},
		"notices": &notices.Reconciler{
			Client: mgr.GetClient(), APIReader: mgr.GetAPIReader(), Clock: o.Clock, Transport: o.Transport,
			Recorder: mgr.GetEventRecorder("salexops-notices"),
			Options: notices.Options{
				AccountsNamespace: o.AccountsNamespace, AllowTestClock: o.AllowTestClock, Concurrency: o.NoticeConcurrency,
				Domain: o.MailDomain, Payment: o.Payment,
			},
		},
		"storage": &storage.Reconciler{
			Client: mgr.GetClient(), APIReader: mgr.GetAPIReader(), Clock: o.Clock,
			Recorder: mgr.GetEventRecorder("salexops-storage"),
			Options:  destruction,
		},
		"purge": &storage.PurgeReconciler{
			Client: mgr.GetClient(), APIReader: mgr.GetAPIReader(), Clock: o.Clock, ServerTime: serverTime, Permit: fuse.Permit,
			Recorder: mgr.GetEventRecorder("salexops-storage"), Jitter: standing.SpreadBy(o.DeadlineJitter), Options: destruction,
		},
	} {
		if err := r.SetupWithManager(mgr); err != nil {
			return fmt.Errorf("setting up %s: %w", name, err)
		}
	}
	return nil
}

// ledger is what the reconcilers of the ledger agree on.
func ledger(o Options) standing.Options {
	return standing.Options{AccountsNamespace: o.AccountsNamespace, AllowTestClock: o.AllowTestClock, Concurrency: o.Concurrency}
}

func storageClass(name string) *string {
	if name == "" {
		return nil
	}
	return &name
}
