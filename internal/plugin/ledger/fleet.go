package ledger

import (
	"context"

	apierrors "k8s.io/apimachinery/pkg/api/errors"
	"sigs.k8s.io/controller-runtime/pkg/client"

	"github.com/grupobizopps/salexops/api/v1alpha1"
	"github.com/grupobizopps/salexops/facts"
)

// pageSize is how many objects one request brings.
const pageSize = 500

// Fleet is the ledger of all tenants of one accounts namespace.
type Fleet struct {
	// Namespace is the accounts namespace.
	Namespace string
	// Policy is the platform's; nil where there is none.
	Policy *v1alpha1.PlatformPolicy
	// Plans are all there are.
	Plans []v1alpha1.Plan
	// Tenants and Subscriptions are those of the namespace.
	Tenants       []v1alpha1.Tenant
	Subscriptions []v1alpha1.Subscription
	// Notices are those about which something is to be done.
	Notices []v1alpha1.Notice
	// NoticesHidden says that whoever asks may not read notices.
	NoticesHidden bool

	subscriptionsOf map[string][]v1alpha1.Subscription
	noticesOf       map[string][]v1alpha1.Notice
}

// ReadFleet reads the ledger, each kind once and in pages.
func ReadFleet(ctx context.Context, c client.Client, namespace string) (*Fleet, error) {
	fleet := &Fleet{Namespace: namespace}
	var err error
	if fleet.Policy, err = Policy(ctx, c); err != nil {
		return nil, err
	}
	if fleet.Plans, err = Plans(ctx, c); err != nil {
		return nil, err
	}
	in := client.InNamespace(namespace)
	err = pages(ctx, c, func(page *v1alpha1.TenantList) { fleet.Tenants = append(fleet.Tenants, page.Items...) }, in)
	if err != nil {
		return nil, problem("reading the tenants", err)
	}
	err = pages(ctx, c, func(page *v1alpha1.SubscriptionList) {
		fleet.Subscriptions = append(fleet.Subscriptions, page.Items...)
	}, in)
	if err != nil {
		return nil, problem("reading the subscriptions", err)
	}
	fleet.Notices, fleet.NoticesHidden, err = notices(ctx, c, in, client.HasLabels{v1alpha1.OpenNoticeLabel})
	if err != nil {
		return nil, err
	}
	fleet.Index()
	return fleet, nil
}

// Index prepares Objects. ReadFleet has done so.
func (f *Fleet) Index() {
	f.subscriptionsOf = make(map[string][]v1alpha1.Subscription, len(f.Subscriptions))
	for i := range f.Subscriptions {
		tenant := f.Subscriptions[i].Spec.TenantRef.Name
		f.subscriptionsOf[tenant] = append(f.subscriptionsOf[tenant], f.Subscriptions[i])
	}
	f.noticesOf = make(map[string][]v1alpha1.Notice, len(f.Notices))
	for i := range f.Notices {
		tenant := f.Notices[i].Spec.TenantRef.Name
		f.noticesOf[tenant] = append(f.noticesOf[tenant], f.Notices[i])
	}
}

// Objects is what the ledger holds about one of its tenants.
func (f *Fleet) Objects(tenant *v1alpha1.Tenant) facts.Objects {
	return facts.Objects{
		Policy: f.Policy, Tenant: tenant, Plans: f.Plans,
		Subscriptions: f.subscriptionsOf[tenant.Name], Notices: f.noticesOf[tenant.Name],
	}
}

// Policy reads the policy; there may be none.
func Policy(ctx context.Context, c client.Client) (*v1alpha1.PlatformPolicy, error) {
	var policy v1alpha1.PlatformPolicy
	err := c.Get(ctx, client.ObjectKey{Name: v1alpha1.PlatformPolicyName}, &policy)
	if apierrors.IsNotFound(err) && !NotInstalled(err) {
		return nil, nil //nolint:nilnil // A ledger without a policy is one: the contract's own figures hold.
	}
	if err != nil {
		return nil, problem("reading the PlatformPolicy", err)
	}
	return &policy, nil
}

// Plans reads all plans.
func Plans(ctx context.Context, c client.Client) ([]v1alpha1.Plan, error) {
	var all []v1alpha1.Plan
	err := pages(ctx, c, func(page *v1alpha1.PlanList) { all = append(all, page.Items...) })
	return all, problem("reading the plans", err)
}

// notices reads notices. Nothing but their own lines depends on them, so
// somebody who may not read them still gets an answer.
func notices(ctx context.Context, c client.Client, options ...client.ListOption) (all []v1alpha1.Notice, hidden bool, err error) {
	err = pages(ctx, c, func(page *v1alpha1.NoticeList) { all = append(all, page.Items...) }, options...)
	if apierrors.IsForbidden(err) {
		return nil, true, nil
	}
	return all, false, problem("reading the notices", err)
}

// list is a kind of list, by the type of its pages.
type list[T any] interface {
	*T
	client.ObjectList
}

// pages lists page after page and calls take with each. Every page is a list of
// its own: decoding into the one before would keep what the next leaves out.
func pages[T any, L list[T]](ctx context.Context, c client.Client, take func(L), options ...client.ListOption) error {
	next := ""
	for {
		var page L = new(T)
		err := c.List(ctx, page, append([]client.ListOption{client.Limit(pageSize), client.Continue(next)}, options...)...)
		if err != nil {
			return err
		}
		take(page)
		if next = page.GetContinue(); next == "" {
			return nil
		}
	}
}
