package operator

import (
	"time"

	"github.com/prometheus/client_golang/prometheus"
	"k8s.io/utils/clock"

	"github.com/grupobizopps/salexops/controllers/notices"
	"github.com/grupobizopps/salexops/controllers/observer"
	"github.com/grupobizopps/salexops/internal/servertime"
	"github.com/grupobizopps/salexops/mail"
)

// Options are what a platform engineer chooses with flags, and what tests
// replace.
type Options struct {
	// MetricsAddress and HealthAddress are listened on; "0" serves none.
	MetricsAddress, HealthAddress string
	// MetricsSecure serves metrics over TLS, to those authorized to get them.
	MetricsSecure bool
	// LeaderElection waits for the lease before acting.
	LeaderElection bool
	// SystemNamespace is the operator's own, AccountsNamespace the ledger's.
	SystemNamespace, AccountsNamespace string
	// LicenceKeys is the Secret in SystemNamespace with the licence keys.
	LicenceKeys string
	// CRMImage is what runs for tenants, on volumes of StorageClass ("" is the
	// cluster's default).
	CRMImage, StorageClass string
	// Domain is that of tenants without a host of their own; URLTemplate makes
	// an address of a host in place of {host}.
	Domain, URLTemplate string
	// AllowTestClock lets the PlatformPolicy move the contract's clock.
	AllowTestClock bool
	// Concurrency is how many tenants each reconciler works on at a time,
	// ExchangeConcurrency how many instances are exchanged with.
	Concurrency, ExchangeConcurrency int
	// ExchangeInterval is the time between two exchanges with an instance.
	ExchangeInterval time.Duration
	// DeadlineJitter spreads deadlines of one instant, always later.
	DeadlineJitter time.Duration
	// RetryRefused is how long a write that the API server refused waits.
	RetryRefused time.Duration
	// Resync is how often everything in the cache is reconciled again; nil is
	// the library's ten hours.
	Resync *time.Duration
	// LookAgain is how often a deletion under way is looked at.
	LookAgain time.Duration
	// NoticeConcurrency is how many notices are sent at a time.
	NoticeConcurrency int
	// MailDomain is that of the sender's address; Payment is how an owner pays
	// and asks about it, as notices say.
	MailDomain string
	Payment    mail.Payment

	// Clock is the one clock of all reconcilers.
	Clock clock.PassiveClock
	// ServerTime is the API server's clock; nil reads it from the API server.
	ServerTime servertime.Source
	// Exchanger talks to instances.
	Exchanger observer.Exchanger
	// Transport connects to the mail server; nil where there is none, and then
	// nobody is told anything.
	Transport notices.Transport
	// Metrics is where the census of tenants is registered.
	Metrics prometheus.Registerer
	// Repeatable lets one process start several operators, as tests do.
	Repeatable bool
}
