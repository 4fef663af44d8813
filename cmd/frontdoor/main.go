// Command frontdoor is the browser's way in to every tenant's CRM: see package
// frontdoor.
package main

import (
	"context"
	"errors"
	"flag"
	"fmt"
	"log/slog"
	"net"
	"net/url"
	"os"
	"os/signal"
	"strings"
	"sync/atomic"
	"syscall"
	"time"

	"github.com/go-logr/logr"
	"github.com/prometheus/client_golang/prometheus"
	"github.com/prometheus/client_golang/prometheus/collectors"
	"k8s.io/client-go/rest"
	"k8s.io/client-go/tools/clientcmd"
	"k8s.io/klog/v2"
	"k8s.io/utils/clock"
	ctrllog "sigs.k8s.io/controller-runtime/pkg/log"

	"github.com/grupobizopps/salexops/frontdoor"
)

// version is set when the binary is built.
var version = "dev"

type options struct {
	listen, privateListen string
	kubeconfig            string
	accountsNamespace     string
	domain                string
	trustForwarded        string
	billingURL, contact   string
	hold, drain, grace    time.Duration
	maxHeld               int
	verbose               bool
}

func main() {
	ctx, stop := signal.NotifyContext(context.Background(), syscall.SIGTERM, os.Interrupt)
	defer stop()
	o, err := parse(os.Args[1:])
	if errors.Is(err, flag.ErrHelp) {
		return
	}
	if err != nil {
		fmt.Fprintln(os.Stderr, "frontdoor:", err)
		os.Exit(2) //nolint:gocritic // exitAfterDefer: nothing has been started
	}
	if err := run(ctx, o); err != nil {
		fmt.Fprintln(os.Stderr, "frontdoor:", err)
		os.Exit(1)
	}
}

func parse(args []string) (*options, error) {
	o := &options{}
	f := flag.NewFlagSet("frontdoor", flag.ContinueOnError)
	f.StringVar(&o.listen, "listen", ":8080", "address for browsers")
	f.StringVar(&o.privateListen, "private-listen", ":9090", "address for /healthz, /readyz and /metrics")
	f.StringVar(&o.kubeconfig, "kubeconfig", "", "kubeconfig file; empty: the pod's service account")
	f.StringVar(&o.accountsNamespace, "accounts-namespace", "salexops-accounts", "namespace of the Tenants")
	f.StringVar(&o.domain, "domain", "localhost", "domain of tenants without a host of their own: <name>.<domain>")
	f.DurationVar(&o.hold, "hold", 30*time.Second, "how long a request waits for an instance that should answer")
	f.IntVar(&o.maxHeld, "max-held", 2000, "how many requests wait at once; more get a page at once")
	f.StringVar(&o.trustForwarded, "trust-forwarded", "",
		"networks, separated by commas, of the proxies before this one whose X-Forwarded-For and -Proto are believed, such as 10.0.0.0/8")
	f.StringVar(&o.billingURL, "billing-url", "", "https page where a tenant pays; linked when one is stopped for want of payment")
	f.StringVar(&o.contact, "contact-email", "", "address for questions about an account; shown on the same pages")
	f.DurationVar(&o.drain, "drain", 5*time.Second, "how long to go on serving after having stopped being ready")
	f.DurationVar(&o.grace, "grace", 20*time.Second, "how long requests may take to finish after that")
	f.BoolVar(&o.verbose, "verbose", false, "log what browsers and instances do wrong, too")
	if err := f.Parse(args); err != nil {
		return nil, err
	}
	return o, o.check(f.Args())
}

func (o *options) check(rest []string) error {
	if len(rest) > 0 {
		return fmt.Errorf("unexpected arguments: %s", strings.Join(rest, " "))
	}
	if o.domain == "" || o.accountsNamespace == "" {
		return errors.New("--domain and --accounts-namespace can't be empty")
	}
	if o.hold < 0 || o.drain < 0 || o.grace <= 0 || o.maxHeld < 1 {
		return errors.New("--hold and --drain can't be negative, --grace and --max-held must be positive")
	}
	if o.billingURL != "" {
		if u, err := url.Parse(o.billingURL); err != nil || u.Scheme != "https" || u.Host == "" {
			return fmt.Errorf("--billing-url %q is not an https address", o.billingURL)
		}
	}
	return nil
}

func run(ctx context.Context, o *options) error {
	logger := newLogger(o.verbose)
	trust, err := frontdoor.ParseTrust(strings.FieldsFunc(o.trustForwarded, func(r rune) bool { return r == ',' || r == ' ' }))
	if err != nil {
		return fmt.Errorf("--trust-forwarded: %w", err)
	}
	config, err := kubeConfig(o.kubeconfig)
	if err != nil {
		return err
	}
	table := frontdoor.NewTable()
	watch, err := frontdoor.NewWatch(config, table, o.accountsNamespace, o.domain)
	if err != nil {
		return err
	}
	registry := prometheus.NewRegistry()
	registry.MustRegister(collectors.NewGoCollector(), collectors.NewProcessCollector(collectors.ProcessCollectorOpts{}))
	door := frontdoor.NewDoor(frontdoor.Config{
		Table: table, Synced: watch.Synced, Hold: o.hold, MaxHeld: o.maxHeld, Trust: trust,
		Contact: frontdoor.Contact{BillingURL: o.billingURL, Email: o.contact},
		Metrics: frontdoor.NewMetrics(registry, table), Logger: logger, Clock: clock.RealClock{},
	})
	defer door.Close()
	return serve(ctx, o, logger, watch, door, registry)
}

// serve keeps the watch and both listeners going until the context ends. The
// watch outlives the drain: until the last request, the table stays fresh.
func serve(ctx context.Context, o *options, logger *slog.Logger, watch *frontdoor.Watch, door *frontdoor.Door, registry *prometheus.Registry) error {
	listen := net.ListenConfig{}
	public, err := listen.Listen(ctx, "tcp", o.listen)
	if err != nil {
		return fmt.Errorf("--listen: %w", err)
	}
	private, err := listen.Listen(ctx, "tcp", o.privateListen)
	if err != nil {
		return errors.Join(fmt.Errorf("--private-listen: %w", err), public.Close())
	}
	var draining atomic.Bool
	server := &frontdoor.Server{
		Public: door, Private: frontdoor.NewPrivate(registry, readiness(watch, &draining)),
		Drain: o.drain, Grace: o.grace, Draining: func() { draining.Store(true) }, Logger: logger,
	}
	logger.Info("the front door opens", slog.String("version", version), slog.String("listen", public.Addr().String()),
		slog.String("private", private.Addr().String()), slog.String("domain", o.domain))

	watchCtx, stopWatch := context.WithCancel(context.WithoutCancel(ctx))
	serveCtx, stopServing := context.WithCancelCause(ctx)
	defer stopServing(nil)
	watched := make(chan error, 1)
	go func() {
		err := watch.Run(watchCtx)
		if err != nil {
			stopServing(err)
		}
		watched <- err
	}()
	err = server.Run(serveCtx, public, private)
	stopWatch()
	return errors.Join(err, <-watched)
}

// readiness names what is missing before this door can take requests.
func readiness(watch *frontdoor.Watch, draining *atomic.Bool) func() string {
	return func() string {
		switch {
		case draining.Load():
			return "stopping"
		case !watch.Synced():
			return "the tenants are not known yet"
		default:
			return ""
		}
	}
}

func kubeConfig(file string) (*rest.Config, error) {
	var config *rest.Config
	var err error
	if file == "" {
		config, err = rest.InClusterConfig()
	} else {
		config, err = clientcmd.BuildConfigFromFlags("", file)
	}
	if err != nil {
		return nil, fmt.Errorf("finding the API server: %w", err)
	}
	config.UserAgent = "salexops-frontdoor/" + version
	return config, nil
}

// newLogger writes JSON to standard error, the libraries' messages too.
func newLogger(verbose bool) *slog.Logger {
	level := slog.LevelInfo
	if verbose {
		level = slog.LevelDebug
	}
	handler := slog.NewJSONHandler(os.Stderr, &slog.HandlerOptions{Level: level})
	bridge := logr.FromSlogHandler(handler)
	klog.SetLogger(bridge)
	ctrllog.SetLogger(bridge)
	return slog.New(handler)
}
