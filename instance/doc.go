// Package instance holds what the operator and a tenant's CRM say to each
// other: the exchange of docs/design.md, from both ends.
//
// The operator uses Client, the CRM mounts Handler on its private port. The
// call is always made by the operator; a tenant's pod has no egress at all. The
// licence's signature authenticates the body, a bearer token guards the answer.
package instance

// Ports of the CRM's pod and Service (docs/design.md, "In the cluster").
const (
	// PublicPortName and PublicPort serve the browser, through the front door only.
	PublicPortName = "http"
	PublicPort     = 8080
	// PrivatePortName and PrivatePort serve the operator and the kubelet only.
	PrivatePortName = "private"
	PrivatePort     = 9090
)

// Paths on the private port.
const (
	PathLicence = "/internal/v1/licence" // PUT: the exchange
	PathHealthz = "/healthz"             // GET: the process is alive
	PathReadyz  = "/readyz"              // GET: it answers
	PathMetrics = "/metrics"             // GET: Prometheus
)

// Content types of the exchange.
const (
	ContentTypeLicence = "application/jose"
	ContentTypeReport  = "application/json"
	ContentTypeProblem = "application/problem+json"
)

// HeaderReceived names the newest decision that the operator has, with all
// before it: an optional header of the exchange's request, the id of a Decision.
const HeaderReceived = "Salexops-Received"

const (
	// MaxLicenceBytes is the most that an instance reads of a request.
	MaxLicenceBytes = 64 << 10
	// MaxReportBytes is the most that the operator reads of an answer.
	MaxReportBytes = 1 << 20
)
