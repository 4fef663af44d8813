package simulate

import (
	"fmt"

	"github.com/grupobizopps/salexops/api/v1alpha1"
)

// accountsNamespace is the namespace of what names none.
const accountsNamespace = "salexops-accounts"

// ledger is what all files together hold.
type ledger struct {
	policy        *v1alpha1.PlatformPolicy
	plans         []v1alpha1.Plan
	tenants       []v1alpha1.Tenant
	subscriptions []v1alpha1.Subscription
	suspensions   []v1alpha1.Suspension
	cancellations []v1alpha1.Cancellation
	revisions     []v1alpha1.TermsRevision

	// objects are all of them, in the order in which they were read.
	objects  []*object
	problems []problem
}

// cluster are the kinds without a namespace.
var cluster = map[string]bool{"PlatformPolicy": true, "Plan": true, "TermsRevision": true}

// gather puts the objects together, and refuses those that are there twice or
// refer to something that is not there.
func gather(objects []*object) *ledger {
	l := &ledger{objects: objects}
	for _, o := range objects {
		switch {
		case cluster[o.kind]:
			o.value.SetNamespace("")
		case o.value.GetNamespace() == "":
			o.value.SetNamespace(accountsNamespace)
		}
		if first := l.sameAs(o); first != nil {
			l.fail(o, "metadata.name", "is there already: %s", first.at)
			continue
		}
		l.add(o)
	}
	for _, o := range objects {
		l.resolve(o)
	}
	return l
}

func (l *ledger) fail(o *object, field, format string, arguments ...any) {
	l.problems = append(l.problems, problem{at: o.at, object: o.label(), field: field, says: fmt.Sprintf(format, arguments...)})
}

// sameAs is the object of the same kind and name that was read before. Tenants
// share one list of names whatever their namespace, since that of what runs for
// them is made of it.
func (l *ledger) sameAs(o *object) *object {
	for _, other := range l.objects {
		if other == o {
			return nil
		}
		if other.kind == o.kind && other.value.GetName() == o.value.GetName() &&
			(o.kind == "Tenant" || other.value.GetNamespace() == o.value.GetNamespace()) {
			return other
		}
	}
	return nil
}

func (l *ledger) add(o *object) {
	switch value := o.value.(type) {
	case *v1alpha1.PlatformPolicy:
		l.policy = value
	case *v1alpha1.Plan:
		l.plans = append(l.plans, *value)
	case *v1alpha1.Tenant:
		l.tenants = append(l.tenants, *value)
	case *v1alpha1.Subscription:
		l.subscriptions = append(l.subscriptions, *value)
	case *v1alpha1.Suspension:
		l.suspensions = append(l.suspensions, *value)
	case *v1alpha1.Cancellation:
		l.cancellations = append(l.cancellations, *value)
	case *v1alpha1.TermsRevision:
		l.revisions = append(l.revisions, *value)
	}
}

// resolve looks for everything that an object refers to.
func (l *ledger) resolve(o *object) {
	switch value := o.value.(type) {
	case *v1alpha1.Subscription:
		l.refersTo(o, "spec.tenantRef.name", "Tenant", value.Spec.TenantRef.Name)
		l.refersTo(o, "spec.planRef.name", "Plan", value.Spec.PlanRef.Name)
		for i := range value.Status.PlanPeriods {
			l.refersTo(o, fmt.Sprintf("status.planPeriods[%d].planRef.name", i), "Plan", value.Status.PlanPeriods[i].PlanRef.Name)
		}
		l.onlySubscription(o, value)
	case *v1alpha1.Suspension:
		l.refersTo(o, "spec.tenantRef.name", "Tenant", value.Spec.TenantRef.Name)
	case *v1alpha1.Cancellation:
		l.refersTo(o, "spec.tenantRef.name", "Tenant", value.Spec.TenantRef.Name)
		if ref := value.Spec.TermsRevisionRef; ref != nil {
			l.refersTo(o, "spec.termsRevisionRef.name", "TermsRevision", ref.Name)
		}
	}
}

// refersTo: the object that is named has to be in one of the files.
func (l *ledger) refersTo(o *object, field, kind, name string) {
	if name == "" {
		return // It was said before that it is missing.
	}
	elsewhere := ""
	for _, other := range l.objects {
		if other.kind != kind || other.value.GetName() != name {
			continue
		}
		if cluster[kind] || other.value.GetNamespace() == o.value.GetNamespace() {
			return
		}
		elsewhere = other.value.GetNamespace()
	}
	if elsewhere != "" {
		l.fail(o, field, "%s %s is in namespace %s, and this in %s", kind, name, elsewhere, o.value.GetNamespace())
		return
	}
	l.fail(o, field, "there is no %s %s in any of the files", kind, name)
}

// onlySubscription: there is one a tenant.
func (l *ledger) onlySubscription(o *object, s *v1alpha1.Subscription) {
	for _, other := range l.objects {
		rival, ok := other.value.(*v1alpha1.Subscription)
		switch {
		case !ok:
		case other == o:
			return
		case rival.Spec.TenantRef.Name == s.Spec.TenantRef.Name && rival.Namespace == s.Namespace && rival.Name != s.Name:
			l.fail(o, "spec.tenantRef.name", "tenant %s has a Subscription already: %s (%s)", s.Spec.TenantRef.Name, rival.Name, other.at)
		}
	}
}
