// Package agent does on the node what a production cluster gets from its cloud
// and its network: volumes, network policies and load balancers. It is one
// process on the host.
package agent

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"log/slog"
	"net"
	"net/http"
	"net/netip"
	"os"
	"strings"
	"time"

	"golang.org/x/sync/errgroup"
	corev1 "k8s.io/api/core/v1"
	"k8s.io/apimachinery/pkg/api/meta"
	metav1 "k8s.io/apimachinery/pkg/apis/meta/v1"
	"k8s.io/client-go/informers"
	"k8s.io/client-go/kubernetes"
	"k8s.io/client-go/kubernetes/scheme"
	typedcorev1 "k8s.io/client-go/kubernetes/typed/core/v1"
	"k8s.io/client-go/rest"
	"k8s.io/client-go/tools/cache"
	"k8s.io/client-go/tools/clientcmd"
	"k8s.io/client-go/tools/record"
	"sigs.k8s.io/knftables"

	"github.com/grupobizopps/salexops/hack/localcluster/internal/layout"
	"github.com/grupobizopps/salexops/hack/localcluster/internal/policy"
	"github.com/grupobizopps/salexops/hack/localcluster/internal/publish"
	"github.com/grupobizopps/salexops/hack/localcluster/internal/volume"
)

// Run works until the context ends.
func Run(ctx context.Context, paths layout.Paths) error {
	config, err := clientcmd.BuildConfigFromFlags("", paths.Config("agent.kubeconfig"))
	if err != nil {
		return fmt.Errorf("reading the agent's kubeconfig: %w", err)
	}
	config.QPS = -1 // one client of a cluster of one node
	rest.AddUserAgent(config, "localcluster-agent")
	client, err := kubernetes.NewForConfig(config)
	if err != nil {
		return err
	}
	all := informers.NewSharedInformerFactoryWithOptions(client, 0, informers.WithTransform(stripManagedFields))
	local := informers.NewSharedInformerFactoryWithOptions(client, 0,
		informers.WithTransform(stripManagedFields),
		informers.WithTweakListOptions(func(o *metav1.ListOptions) { o.FieldSelector = "spec.nodeName=" + layout.Node }),
	)
	policies, err := newPolicies(client, local, all)
	if err != nil {
		return err
	}
	broadcaster := record.NewBroadcaster(record.WithContext(ctx))
	broadcaster.StartRecordingToSink(&typedcorev1.EventSinkImpl{Interface: client.CoreV1().Events("")})
	defer broadcaster.Shutdown()
	services, err := publish.New(client, all, broadcaster.NewRecorder(scheme.Scheme, corev1.EventSource{Component: "localcluster"}))
	if err != nil {
		return err
	}
	claims := all.Core().V1().PersistentVolumeClaims().Informer()
	group, ctx := errgroup.WithContext(ctx)
	for _, factory := range []informers.SharedInformerFactory{all, local} {
		factory.Start(ctx.Done())
		defer factory.Shutdown()
	}
	group.Go(func() error { return policies.Run(ctx) })
	group.Go(func() error { return services.Run(ctx) })
	group.Go(func() error { return runVolumes(ctx, client, paths, claims) })
	group.Go(func() error { return serve(ctx, policies, services) })
	return group.Wait()
}

// stripManagedFields halves what informers keep in memory.
func stripManagedFields(object any) (any, error) {
	if accessor, err := meta.Accessor(object); err == nil {
		accessor.SetManagedFields(nil)
	}
	return object, nil
}

func newPolicies(client kubernetes.Interface, local, all informers.SharedInformerFactory) (*policy.Controller, error) {
	nft, err := knftables.New(knftables.IPv4Family, layout.Name)
	if err != nil {
		return nil, fmt.Errorf("looking for nftables: %w", err)
	}
	registry, err := policy.OpenRegistry(layout.Endpoints())
	if err != nil {
		return nil, err
	}
	network := policy.Network{Pods: netip.MustParsePrefix(layout.PodCIDR), APIPort: layout.APIPort}
	return policy.New(client, local, all, nft, network, registry)
}

// runVolumes begins as soon as the API server lets it.
func runVolumes(ctx context.Context, client kubernetes.Interface, paths layout.Paths, claims cache.SharedIndexInformer) error {
	if !cache.WaitForCacheSync(ctx.Done(), claims.HasSynced) {
		return nil
	}
	for {
		err := volume.Run(ctx, client, volume.Store{Dir: paths.Volumes()}, layout.Node, claims)
		if err == nil || ctx.Err() != nil {
			return nil //nolint:nilerr // told to stop: what it said on the way is no failure
		}
		slog.ErrorContext(ctx, "starting the provisioner", "error", err)
		select {
		case <-ctx.Done():
			return nil
		case <-time.After(time.Second):
		}
	}
}

// serve answers the network plugin, `up` and `status` on the agent's socket.
func serve(ctx context.Context, policies *policy.Controller, services *publish.Controller) error {
	socket := layout.AgentSocket()
	if err := os.Remove(socket); err != nil && !errors.Is(err, fs.ErrNotExist) {
		return fmt.Errorf("removing the socket of an earlier agent: %w", err)
	}
	listener, err := net.Listen("unix", socket)
	if err != nil {
		return fmt.Errorf("listening for the network plugin: %w", err)
	}
	if err := os.Chmod(socket, 0o600); err != nil {
		return err
	}
	mux := http.NewServeMux()
	mux.Handle("/endpoints", policies.Handler())
	mux.Handle("/endpoints/", policies.Handler())
	mux.HandleFunc("GET /healthz", func(w http.ResponseWriter, _ *http.Request) {
		if !policies.Ready() {
			http.Error(w, "no network rules are written yet", http.StatusServiceUnavailable)
		}
	})
	mux.HandleFunc("GET /published", func(w http.ResponseWriter, _ *http.Request) {
		fmt.Fprint(w, strings.Join(services.Published(), "\n"))
	})
	server := &http.Server{Handler: mux, ReadHeaderTimeout: 5 * time.Second}
	stop := context.AfterFunc(ctx, func() {
		closing, cancel := context.WithTimeout(context.WithoutCancel(ctx), 3*time.Second)
		defer cancel()
		_ = server.Shutdown(closing)
	})
	defer stop()
	if err := server.Serve(listener); !errors.Is(err, http.ErrServerClosed) {
		return fmt.Errorf("answering the network plugin: %w", err)
	}
	return nil
}
