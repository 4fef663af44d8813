package main

import (
	"errors"
	"flag"
	"fmt"
	"strings"
	"time"

	"k8s.io/utils/clock"
	"sigs.k8s.io/controller-runtime/pkg/metrics"

	"github.com/grupobizopps/salexops/cmd/manager/operator"
	"github.com/grupobizopps/salexops/instance"
	"github.com/grupobizopps/salexops/mail"
)

const (
	// retryRefused is how long a write that the API server refused waits.
	retryRefused = time.Minute
	// lookAgain is how often a deletion under way is looked at.
	lookAgain = 5 * time.Second
)

type options struct {
	operator.Options
	smtp                  mail.Settings
	kubeconfig            string
	qps                   float64
	burst                 int
	verbose, printVersion bool
}

func parse(args []string) (*options, error) {
	o := &options{Options: operator.Options{
		RetryRefused: retryRefused,
		LookAgain:    lookAgain,
		Clock:        clock.RealClock{},
		Exchanger:    instance.NewClient(),
		Metrics:      metrics.Registry,
	}}
	f := flag.NewFlagSet("manager", flag.ContinueOnError)
	f.StringVar(&o.kubeconfig, "kubeconfig", "", "kubeconfig file; empty: the pod's service account")
	f.StringVar(&o.MetricsAddress, "metrics-bind-address", ":8443", "address of /metrics; 0 serves none")
	f.BoolVar(&o.MetricsSecure, "metrics-secure", true, "serve /metrics over TLS, to those whom the cluster authorizes to get it")
	f.StringVar(&o.HealthAddress, "health-probe-bind-address", ":8081", "address of /healthz and /readyz; 0 serves none")
	f.BoolVar(&o.LeaderElection, "leader-elect", true, "wait for a lease before acting, so that one of several acts")
	f.StringVar(&o.SystemNamespace, "system-namespace", "salexops-system", "namespace of the operator and the front door")
	f.StringVar(&o.AccountsNamespace, "accounts-namespace", "salexops-accounts", "namespace of Tenants, Subscriptions and Licenses")
	f.StringVar(&o.LicenceKeys, "licence-keys", "salexops-licence-keys", "Secret in the system namespace that holds the licence keys; made where it is missing")
	f.StringVar(&o.CRMImage, "crm-image", "salexops/crm:dev", "image of the CRM")
	f.StringVar(&o.StorageClass, "storage-class", "", "storage class of the tenants' volumes; empty: the cluster's default")
	f.StringVar(&o.Domain, "domain", "localhost", "domain of tenants without a host of their own: <name>.<domain>")
	f.StringVar(&o.URLTemplate, "url-template", "https://{host}", "address of a tenant for people; {host} is replaced")
	f.BoolVar(&o.AllowTestClock, "allow-test-clock", false,
		"let PlatformPolicy.spec.testClock move the contract's clock; never where a real tenant is")
	f.IntVar(&o.Concurrency, "concurrency", 8, "how many tenants each reconciler works on at a time")
	f.IntVar(&o.ExchangeConcurrency, "exchange-concurrency", 32, "how many instances are exchanged with at a time")
	f.DurationVar(&o.ExchangeInterval, "exchange-interval", 30*time.Second, "time between two exchanges with a running instance")
	f.DurationVar(&o.DeadlineJitter, "deadline-jitter", time.Minute, "deadlines that fall on the same instant are spread over this time, always later, never earlier")
	o.mailFlags(f)
	f.Float64Var(&o.qps, "kube-api-qps", 300, "requests a second to the API server")
	f.IntVar(&o.burst, "kube-api-burst", 600, "requests to the API server that may be made at once")
	f.BoolVar(&o.verbose, "verbose", false, "log what is done for each tenant, too")
	f.BoolVar(&o.printVersion, "version", false, "print the version and end")
	if err := f.Parse(args); err != nil {
		return nil, err
	}
	if f.NArg() > 0 {
		return nil, fmt.Errorf("%q is not a flag", f.Arg(0))
	}
	return o, errors.Join(o.validate(), o.connectMail())
}

func (o *options) mailFlags(f *flag.FlagSet) {
	f.StringVar(&o.smtp.Server, "smtp-server", "", "mail server for notices, host:port; empty: owners are told nothing, and so nothing is ever deleted for a lapse")
	f.StringVar(&o.smtp.From, "smtp-from", "", `who writes, such as "SaleXops <avisos@example.com>"`)
	f.StringVar(&o.smtp.ReplyTo, "smtp-reply-to", "", "address for answers; empty: answers go to --smtp-from")
	f.StringVar((*string)(&o.smtp.TLS), "smtp-tls", string(mail.TLSStartTLS), "encryption of the connection to the mail server: starttls, implicit or none")
	f.StringVar(&o.smtp.CredentialsDir, "smtp-credentials-dir", "",
		"directory with the files username, password and ca.crt, each optional, read at every connection")
	f.IntVar(&o.NoticeConcurrency, "notice-concurrency", 4, "how many notices are sent at a time")
	f.StringVar(&o.Payment.URL, "billing-url", "", "https page where a tenant pays; linked in notices")
	f.StringVar(&o.Payment.Email, "contact-email", "", "address for questions about an account; shown in notices; empty: owners are asked to reply")
}

// connectMail makes the transport of notices, where a mail server is named.
// Nothing is connected to yet.
func (o *options) connectMail() error {
	if o.smtp.Server == "" {
		return nil
	}
	sender, err := mail.NewSender(o.smtp)
	if err != nil {
		return fmt.Errorf("the --smtp-… flags: %w", err)
	}
	o.Transport, o.MailDomain = sender, sender.Domain()
	return nil
}

func (o *options) validate() error {
	var faults []error
	fault := func(bad bool, message string) {
		if bad {
			faults = append(faults, errors.New(message))
		}
	}
	fault(!strings.Contains(o.URLTemplate, "{host}"), "--url-template must contain {host}, as https://{host} does")
	fault(o.Domain == "", "--domain is missing")
	fault(o.CRMImage == "", "--crm-image is missing")
	fault(o.SystemNamespace == "" || o.AccountsNamespace == "", "--system-namespace and --accounts-namespace are needed")
	fault(o.Concurrency < 1 || o.ExchangeConcurrency < 1 || o.NoticeConcurrency < 1,
		"--concurrency, --exchange-concurrency and --notice-concurrency must be at least 1")
	fault(o.ExchangeInterval < time.Second, "--exchange-interval must be at least 1s")
	fault(o.DeadlineJitter < 0, "--deadline-jitter can't be negative: a deadline is never early")
	return errors.Join(faults...)
}
