package v1alpha1

import (
	metav1 "k8s.io/apimachinery/pkg/apis/meta/v1"
	"k8s.io/apimachinery/pkg/runtime"
	"k8s.io/apimachinery/pkg/runtime/schema"
)

var (
	// GroupVersion is the group and version of every kind in this package.
	GroupVersion = schema.GroupVersion{Group: "crm.salexops.com", Version: "v1alpha1"}

	// SchemeGroupVersion is GroupVersion under the name that generated code
	// expects.
	SchemeGroupVersion = GroupVersion

	// SchemeBuilder collects the functions that add these kinds to a scheme.
	SchemeBuilder = runtime.NewSchemeBuilder(addKnownTypes)

	// AddToScheme adds the kinds of this package to a scheme.
	AddToScheme = SchemeBuilder.AddToScheme
)

// Resource qualifies a resource name with this API's group, as API errors
// and REST mappings want it.
func Resource(resource string) schema.GroupResource {
	return GroupVersion.WithResource(resource).GroupResource()
}

func addKnownTypes(scheme *runtime.Scheme) error {
	scheme.AddKnownTypes(GroupVersion,
		&PlatformPolicy{}, &PlatformPolicyList{},
		&Plan{}, &PlanList{},
		&Tenant{}, &TenantList{},
		&Subscription{}, &SubscriptionList{},
		&License{}, &LicenseList{},
		&Notice{}, &NoticeList{},
		&Suspension{}, &SuspensionList{},
		&Cancellation{}, &CancellationList{},
		&TermsRevision{}, &TermsRevisionList{},
	)
	metav1.AddToGroupVersion(scheme, GroupVersion)
	return nil
}
