package admission

import (
	"strings"
	"testing"

	. "github.com/onsi/gomega"
)

// One line answers the daily questions about a tenant.
func TestOneLineSaysHowATenantStands(t *testing.T) {
	g := NewWithT(t)
	tenant := create(t, sample(t, "Tenant", "botica"))
	g.Expect(patchStatus(t, operator, tenant, `{"status":{
		"instance":{"state":"Asleep","ready":"Asleep"},
		"standing":{"plan":"team","planTier":"Paid","billing":"PurgeScheduled","conduct":"Good","lifecycle":"Active",
			"access":"Closed","mayRun":false,"supportEntitled":false,"paidThrough":"2027-01-30","summary":"PurgeScheduled",
			"next":{"at":"2027-03-03T07:00:00Z","when":"2027-03-03 00:00","what":"documents are deleted"}}}}`)).To(Succeed())

	said, err := kubectl(t, administrator(t), "get", "tenants", "botica", "-n", accounts)
	g.Expect(err).NotTo(HaveOccurred(), said)
	lines := strings.Split(strings.TrimSpace(said), "\n")
	g.Expect(lines).To(HaveLen(2), said)
	g.Expect(strings.Fields(lines[0])).To(Equal(strings.Fields("NAME PLAN STANDING ACCESS READY PAID THROUGH NEXT WHEN AGE")))
	g.Expect(strings.Join(strings.Fields(lines[1]), " ")).To(
		HavePrefix("botica team PurgeScheduled Closed Asleep 2027-01-30 documents are deleted 2027-03-03 00:00 "))
}

// A kind's columns name fields that exist; a misspelled path would leave the
// column empty for ever.
func TestEveryColumnNamesAField(t *testing.T) {
	for kind, definition := range definitions(t) {
		for _, column := range definition.Spec.Versions[0].AdditionalPrinterColumns {
			schema := *definition.Spec.Versions[0].Schema.OpenAPIV3Schema
			for _, field := range strings.Split(strings.TrimPrefix(column.JSONPath, "."), ".") {
				if field == "metadata" {
					break
				}
				next, exists := schema.Properties[field]
				if !exists && schema.AdditionalProperties != nil {
					next, exists = *schema.AdditionalProperties.Schema, true
				}
				if !exists {
					t.Errorf("%s: column %q names %s, which has no field %q", kind, column.Name, column.JSONPath, field)
					break
				}
				schema = next
			}
		}
	}
}
