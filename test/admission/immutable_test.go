package admission

import (
	"testing"

	. "github.com/onsi/gomega"
	"k8s.io/apimachinery/pkg/apis/meta/v1/unstructured"
	"sigs.k8s.io/controller-runtime/pkg/client"
)

// merge changes an object's spec the way `kubectl patch --type=merge` does.
func merge(t *testing.T, object *unstructured.Unstructured, patch string) error {
	t.Helper()
	return admin.Patch(t.Context(), object.DeepCopy(), client.RawPatch("application/merge-patch+json", []byte(patch)))
}

func TestWhatNeverChangesCannotBeChanged(t *testing.T) {
	tenant := create(t, sample(t, "Tenant", "constant"))
	subscription := create(t, sample(t, "Subscription", "constant"))
	plan := create(t, sample(t, "Plan", "constant"))
	licence := create(t, license("constant"))
	for _, c := range []struct {
		name   string
		object *unstructured.Unstructured
		patch  string
		words  []string
	}{
		{"the anchor date", subscription, `{"spec":{"anchorDate":"2027-01-15"}}`,
			[]string{"spec.anchorDate", "the anchor date never changes: every billing period is counted from it"}},
		{"the tenant of a subscription", subscription, `{"spec":{"tenantRef":{"name":"globex"}}}`,
			[]string{"spec.tenantRef", "a subscription never moves to another tenant"}},
		{"the holder", tenant, `{"spec":{"owner":{"personID":"someone-else"}}}`,
			[]string{"spec.owner.personID", "the holder never changes: an account can't move to another person"}},
		{"the holder's name", tenant, `{"spec":{"owner":{"name":"Otra Persona"}}}`,
			[]string{"spec.owner.name", "the holder never changes: an account can't move to another person"}},
		{"the holder's type", tenant, `{"spec":{"owner":{"type":"Person"}}}`,
			[]string{"spec.owner.type", "the holder never changes: an account can't move between a person and an organization"}},
		{"the tier of a plan", plan, `{"spec":{"tier":"Free","prices":null,"currency":null}}`,
			[]string{"spec.tier", "the tier of a plan never changes; create another plan"}},
		{"the holder of a licence", licence, `{"spec":{"holder":{"personID":"someone-else"}}}`,
			[]string{"spec", "a licence never changes: it can't move to another person, tenant or plan"}},
		{"the tenant of a licence", licence, `{"spec":{"tenantRef":{"name":"globex"}}}`,
			[]string{"spec", "a licence never changes"}},
		{"the plan of a licence", licence, `{"spec":{"planRef":{"name":"free"}}}`,
			[]string{"spec", "a licence never changes"}},
	} {
		t.Run(c.name, func(t *testing.T) {
			expectRefusal(t, merge(t, c.object, c.patch), c.words...)
		})
	}
}

func TestWhatMayChangeCanBeChanged(t *testing.T) {
	tenant := create(t, sample(t, "Tenant", "variable"))
	subscription := create(t, sample(t, "Subscription", "variable"))
	plan := create(t, sample(t, "Plan", "variable"))
	for _, c := range []struct {
		name   string
		object *unstructured.Unstructured
		patch  string
	}{
		{"a hold", tenant, `{"spec":{"hold":true}}`},
		{"a host", tenant, `{"spec":{"host":"ferreteria.localhost"}}`},
		{"an alternate address", tenant, `{"spec":{"owner":{"alternateEmail":"pagos@acme.example"}}}`},
		{"an address, confirmed anew", tenant, `{"spec":{"owner":{"email":"lucia.moreno@acme.example","emailConfirmedAt":"2027-01-05T16:00:00Z"}}}`},
		{"an address, to be confirmed", tenant, `{"spec":{"owner":{"email":"l.moreno@acme.example","emailConfirmedAt":null}}}`},
		{"an unconfirmed address", tenant, `{"spec":{"owner":{"email":"lmoreno@acme.example"}}}`},
		{"a plan", subscription, `{"spec":{"planRef":{"name":"free"}}}`},
		{"an interval", subscription, `{"spec":{"interval":"Annual"}}`},
		{"a price", plan, `{"spec":{"prices":{"Monthly":"549.00"}}}`},
		{"seats", plan, `{"spec":{"seats":12}}`},
	} {
		t.Run(c.name, func(t *testing.T) {
			NewWithT(t).Expect(merge(t, c.object, c.patch)).To(Succeed())
		})
	}
}

// Otherwise whoever edits the address would inherit the confirmation of the
// old one, and with it the power to cancel the contract by mail.
func TestACorrectedAddressDoesNotInheritItsConfirmation(t *testing.T) {
	tenant := create(t, sample(t, "Tenant", "corrected"))
	expectRefusal(t, merge(t, tenant, `{"spec":{"owner":{"email":"lucia@otra.example"}}}`),
		"spec.owner", "the new e-mail address has not been confirmed", "set emailConfirmedAt to the time it was confirmed, or remove emailConfirmedAt")
}
