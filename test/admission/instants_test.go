package admission

import (
	"fmt"
	"testing"

	. "github.com/onsi/gomega"
	"k8s.io/apimachinery/pkg/apis/meta/v1/unstructured"
	"sigs.k8s.io/controller-runtime/pkg/client"
)

// A date-time of the API server may be one that no program can read, and one
// unreadable object hides a whole kind from the operator.
func TestAnInstantThatProgramsCannotReadIsRefused(t *testing.T) {
	g := NewWithT(t)
	at(t, present)
	subscription := create(t, sample(t, "Subscription", "unreadable"))
	policy := object("crm.salexops.com/v1alpha1", "PlatformPolicy", "", "default")
	notice := create(t, notice("unreadable-purge-notice-2027-02-20"))
	const remedy = "must be an instant of this century, such as 2027-01-31T18:00:00Z, with a capital T and a capital Z or an offset"
	for _, instant := range []string{"2027-01-31t18:00:00z", "2027-01-31T18:00:00z", "2027-01-31T18:00:00ZTen", "2027-01-31T18:00:00+99:99", "2027-01-31T18:00:00x5Z"} {
		tenant := sample(t, "Tenant", "unreadable")
		set(t, tenant, "spec.acceptedDocuments", acceptedAt(instant))
		for field, err := range map[string]error{
			"receivedAt":  appendPayment(t, subscription, with(payment(1), "receivedAt", instant)),
			"reversedAt":  appendPayment(t, subscription, with(payment(1), "reversedAt", instant)),
			"billing":     patchStatus(t, billing, subscription, asOfPatch("billing", instant)),
			"billingFeed": patchStatus(t, billing, policy, asOfPatch("billingFeed", instant)),
			"acceptedAt":  admin.Create(t.Context(), tenant, client.DryRunAll),
			"reports":     patchStatus(t, admin, notice, reportPatch(instant)),
		} {
			g.Expect(err).To(MatchError(And(ContainSubstring(remedy), ContainSubstring(instant))), "%s %s", field, instant)
		}
	}
	g.Expect(patchStatus(t, admin, notice, reportPatch("2027-02-20T07:05:00Z"))).To(Succeed(), "what can be read is taken")
}

// acceptedAt is a list with one document, accepted at an instant.
func acceptedAt(instant string) []any {
	document := accepted("TermsOfService", "sha256:9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08")
	document[0].(map[string]any)["acceptedAt"] = instant
	return document
}

// reportPatch is a mail gateway's word that a message came back at an instant.
func reportPatch(instant string) string {
	return fmt.Sprintf(`{"status":{"reports":[{"messageID":"<x@salexops.example>","kind":"Bounced","at":%q}]}}`, instant)
}

// notice returns a Notice as the operator writes it.
func notice(name string) *unstructured.Unstructured {
	notice := object("crm.salexops.com/v1alpha1", "Notice", accounts, name)
	notice.Object["spec"] = map[string]any{
		"tenantRef": map[string]any{"name": "acme"},
		"purpose":   "PurgeNotice",
		"deadline":  map[string]any{"at": "2027-02-20T07:00:00Z", "from": "2027-01-31"},
		"recipient": map[string]any{
			"name": "Lucía Moreno", "email": "lucia@acme.example", "locale": "es-MX", "company": "Ferretería Acme",
		},
	}
	return notice
}
