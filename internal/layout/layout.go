// Package layout names what runs for a tenant: its namespace, the objects in
// it, their labels and ports. Reconcilers don't import each other; this is
// what they agree on (docs/design.md, "In the cluster").
package layout

// Labels on everything that runs for a tenant.
const (
	LabelName      = "app.kubernetes.io/name"
	LabelManagedBy = "app.kubernetes.io/managed-by"
	LabelComponent = "app.kubernetes.io/component"
	LabelTenant    = "crm.salexops.com/tenant"

	ManagedBy    = "salexops"
	InstanceName = "salexops-crm"
)

// Labels of the operator's and the front door's own pods.
const (
	SystemName         = "salexops"
	ComponentManager   = "manager"
	ComponentFrontdoor = "frontdoor"
)

// Names of the objects in a tenant's namespace.
const (
	Workload        = "crm" // StatefulSet, Service, ServiceAccount, ResourceQuota, LimitRange, container
	Records         = "records"
	Documents       = "documents"
	LicenceSecret   = "crm-licence"
	KeysSecret      = "crm-keys"
	DocumentsKey    = "crm-documents-key"
	PasswordSecret  = "crm-initial-password"
	DefaultDeny     = "default-deny"
	FromFrontdoor   = "from-frontdoor"
	FromOperator    = "from-operator"
	PodName         = Workload + "-0"
	namespacePrefix = "crm-"
)

// Keys of the Secrets, which are also the names of the files in the pod.
const (
	LicenceFile      = "licence.jws"
	TrustedKeysFile  = "trusted-keys.json"
	ExchangeToken    = "exchange-token"
	DocumentsKeyFile = "identity"
	InitialEmail     = "email"
	InitialName      = "name"
	InitialPassword  = "password"
	PortHTTPName     = "http"
	PortPrivateName  = "private"
	PortHTTP         = 8080
	PortPrivate      = 9090
	SecurityLevel    = "restricted"
	SecurityVersion  = "latest"
	NamespaceNameKey = "kubernetes.io/metadata.name"
)

// Namespace returns the name of the namespace that a tenant's instance runs in.
func Namespace(tenant string) string { return namespacePrefix + tenant }

// Labels returns the labels that everything of a tenant's instance carries.
func Labels(tenant string) map[string]string {
	return map[string]string{
		LabelName:      InstanceName,
		LabelManagedBy: ManagedBy,
		LabelTenant:    tenant,
	}
}

// BelongsTo tells whether an object with these labels was made for this tenant.
func BelongsTo(labels map[string]string, tenant string) bool {
	return labels[LabelManagedBy] == ManagedBy && labels[LabelTenant] == tenant
}
