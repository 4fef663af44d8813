package admission

import (
	"strings"
	"testing"

	. "github.com/onsi/gomega"
	"k8s.io/apimachinery/pkg/apis/meta/v1/unstructured"
	"sigs.k8s.io/controller-runtime/pkg/client"
)

// mistake is one thing wrong with an otherwise good object.
type mistake struct {
	name  string
	kind  string
	path  string
	value any
	words []string
}

func TestMistakesAreRefusedInWordsAPersonUnderstands(t *testing.T) {
	for _, mistakes := range [][]mistake{tenantMistakes, subscriptionMistakes, planMistakes, policyMistakes} {
		for _, m := range mistakes {
			t.Run(m.kind+": "+m.name, func(t *testing.T) {
				object := sample(t, m.kind, defaultName(m.kind))
				set(t, object, m.path, m.value)
				expectRefusal(t, admin.Create(t.Context(), object, client.DryRunAll), m.words...)
			})
		}
	}
}

// defaultName is a name under which an object of the kind is accepted.
func defaultName(kind string) string {
	if kind == "PlatformPolicy" {
		return "default"
	}
	return "mistaken"
}

const (
	notAnAddress = "is not an e-mail address; write one such as lucia@acme.example"
	notAHost     = "must be a host name in lower case, such as acme.example.com, without https://, port or path"
	notAName     = "the name of a Tenant has at most 40 characters"
	notADigest   = `must be "sha256:" followed by 64 hexadecimal digits in lower case`
	notASize     = "must be a size between 1Mi and 100Ti, such as 512Mi or 10Gi"
	notAnAmount  = `must be an amount such as "499.00"`
	notAZone     = "must be the IANA name of a time zone, such as America/Hermosillo"
	notATime     = "must be a time such as 30m or 4h, between 1m and 8760h"
)

var tenantMistakes = []mistake{
	{"an address without an at sign", "Tenant", "spec.owner.email", "lucia.acme.example", []string{"spec.owner.email", notAnAddress}},
	{"an address with a name around it", "Tenant", "spec.owner.email", "Lucía <lucia@acme.example>", []string{"spec.owner.email", notAnAddress}},
	{"an address with a line break in it", "Tenant", "spec.owner.email", "lucia@acme.example\nBcc: all@acme.example", []string{"spec.owner.email", notAnAddress}},
	{"two addresses", "Tenant", "spec.owner.email", "lucia@acme.example,cuentas@acme.example", []string{"spec.owner.email", notAnAddress}},
	{"an address without a domain", "Tenant", "spec.owner.email", "lucia@localhost", []string{"spec.owner.email", notAnAddress}},
	{"an address with two dots in a row", "Tenant", "spec.owner.email", "lucia..m@acme.example", []string{"spec.owner.email", notAnAddress}},
	{"a bad alternate address", "Tenant", "spec.owner.alternateEmail", "cuentas@", []string{"spec.owner.alternateEmail", notAnAddress}},
	{"no address", "Tenant", "spec.owner.email", nil, []string{"spec.owner.email", "Required value"}},
	{"no name", "Tenant", "spec.owner.name", nil, []string{"spec.owner.name", "Required value"}},
	{"an owner that is neither person nor organization", "Tenant", "spec.owner.type", "Robot", []string{"spec.owner.type", "Unsupported value", `"Person", "Organization"`}},
	{"a host with a scheme", "Tenant", "spec.host", "https://acme.localhost", []string{"spec.host", notAHost}},
	{"a host with a port", "Tenant", "spec.host", "acme.localhost:8080", []string{"spec.host", notAHost}},
	{"a host in capitals", "Tenant", "spec.host", "Acme.localhost", []string{"spec.host", notAHost}},
	{"a host with an underscore", "Tenant", "spec.host", "acme_mx.localhost", []string{"spec.host", notAHost}},
	{"an address of a machine for a host", "Tenant", "spec.host", "192.0.2.7", []string{"spec.host", notAHost}},
	{"a label that is too long", "Tenant", "spec.host", strings.Repeat("a", 64) + ".localhost", []string{"spec.host", notAHost}},
	{"a language that the CRM does not speak", "Tenant", "spec.locale", "fr", []string{"spec.locale", "Unsupported value", `"es-MX", "en"`}},
	{"a release channel with a space", "Tenant", "spec.releaseChannel", "very stable", []string{"spec.releaseChannel", "must be the name of a release channel"}},
	{"a name that starts with a digit", "Tenant", "metadata.name", "7leguas", []string{notAName, "starts with a letter"}},
	{"a name with a dot", "Tenant", "metadata.name", "acme.mx", []string{notAName}},
	{"a name of 41 characters", "Tenant", "metadata.name", strings.Repeat("a", 41), []string{notAName}},
	{"a digest of another kind", "Tenant", "spec.acceptedDocuments", accepted("TermsOfService", "md5:9f86d081"), []string{"spec.acceptedDocuments[0].digest", notADigest}},
	{"a document that does not exist", "Tenant", "spec.acceptedDocuments", accepted("Terms", "sha256:"+strings.Repeat("0", 64)), []string{"spec.acceptedDocuments[0].kind", "Unsupported value", `"TermsOfService", "PrivacyPolicy"`}},
}

var subscriptionMistakes = []mistake{
	{"a weekly interval", "Subscription", "spec.interval", "weekly", []string{`spec.interval: Unsupported value: "weekly": supported values: "Monthly", "Quarterly", "SemiAnnual", "Annual"`}},
	{"no interval", "Subscription", "spec.interval", nil, []string{"spec.interval", "Required value"}},
	{"a day that does not exist", "Subscription", "spec.anchorDate", "2027-02-29", []string{"spec.anchorDate", "must be of type date", "2027-02-29"}},
	{"a date in another notation", "Subscription", "spec.anchorDate", "31/12/2026", []string{"spec.anchorDate", "must be of type date"}},
	{"an instant for a date", "Subscription", "spec.anchorDate", "2026-12-31T00:00:00Z", []string{"spec.anchorDate"}},
	{"no plan", "Subscription", "spec.planRef", nil, []string{"spec.planRef", "Required value"}},
	{"no tenant", "Subscription", "spec.tenantRef", nil, []string{"spec.tenantRef", "Required value"}},
}

var planMistakes = []mistake{
	{"a negative quota", "Plan", "spec.documentQuota", "-1Gi", []string{"spec.documentQuota", notASize}},
	{"records without room", "Plan", "spec.recordsSize", "0", []string{"spec.recordsSize", notASize}},
	{"no seats", "Plan", "spec.seats", int64(0), []string{"spec.seats", "should be greater than or equal to 1"}},
	{"another tier", "Plan", "spec.tier", "Gold", []string{"spec.tier", "Unsupported value", `"Free", "Paid"`}},
	{"a paid plan without prices", "Plan", "spec.prices", nil, []string{"a Paid plan needs a currency and the price of at least one interval"}},
	{"a free plan with prices", "Plan", "spec.tier", "Free", []string{"a Free plan has no prices"}},
	{"a weekly price", "Plan", "spec.prices", map[string]any{"Weekly": "120.00"}, []string{"spec.prices", "the keys are intervals: Monthly, Quarterly, SemiAnnual, Annual"}},
	{"a price with three decimals", "Plan", "spec.prices", map[string]any{"Monthly": "499.001"}, []string{"spec.prices", notAnAmount}},
	{"a negative price", "Plan", "spec.prices", map[string]any{"Monthly": "-1"}, []string{"spec.prices", notAnAmount}},
	{"a currency that nobody knows", "Plan", "spec.currency", "XYZ", []string{"spec.currency", `"XYZ"`, "must be the code of a currency in use, by ISO 4217"}},
	{"a currency by its symbol", "Plan", "spec.currency", "$", []string{"spec.currency", "three capital letters, such as MXN"}},
	{"a time without a unit", "Plan", "spec.sleepAfter", "30", []string{"spec.sleepAfter", notATime}},
	{"a time that is too short", "Plan", "spec.sleepAfter", "5s", []string{"spec.sleepAfter", notATime}},
}

var policyMistakes = []mistake{
	{"a second one", "PlatformPolicy", "metadata.name", "other", []string{`there is exactly one PlatformPolicy and its name is "default"`}},
	{"an offset for a zone", "PlatformPolicy", "spec.timeZone", "UTC-7", []string{"spec.timeZone", notAZone}},
	{"the machine's zone", "PlatformPolicy", "spec.timeZone", "Local", []string{"spec.timeZone", notAZone}},
	{"a purge for a weekly interval", "PlatformPolicy", "spec.lapse.purgeAfterDays", map[string]any{"Weekly": int64(30)}, []string{"spec.lapse.purgeAfterDays", "the keys are intervals: Monthly, Quarterly, SemiAnnual, Annual"}},
	{"a purge before users are disabled", "PlatformPolicy", "spec.lapse.purgeAfterDays", map[string]any{"Monthly": int64(3)}, []string{"documents are never deleted while users still work"}},
	{"a purge after no days", "PlatformPolicy", "spec.lapse.purgeAfterDays", map[string]any{"Monthly": int64(0)}, []string{"each number of days lies between 1 and 3650"}},
	{"an unknown way with full tenants", "PlatformPolicy", "spec.overQuota.policy", "Newest", []string{"spec.overQuota.policy", "Unsupported value", `"ReadOnly", "OldestFirst", "All"`}},
	{"less notice of new terms than promised", "PlatformPolicy", "spec.terms.announceDays", int64(10), []string{"spec.terms.announceDays", "should be greater than or equal to 15"}},
	{"less liability than promised", "PlatformPolicy", "spec.liability.floorUSD", "499.99", []string{"the contract promises a cap of at least 500 US dollars"}},
	{"a holiday that does not exist", "PlatformPolicy", "spec.businessCalendar.extraHolidays", []any{"2027-06-31"}, []string{"spec.businessCalendar.extraHolidays", "must be of type date"}},
	{"a weekday in Spanish", "PlatformPolicy", "spec.businessCalendar.weekend", []any{"Sábado"}, []string{"spec.businessCalendar.weekend", "Unsupported value", `"Saturday"`}},
}

// Every quantity of Kubernetes answers with its own pattern first; what it
// means is said after it.
func TestWhatIsNoSizeAtAllIsRefusedInWordsToo(t *testing.T) {
	for _, field := range []string{"spec.documentQuota", "spec.recordsSize"} {
		object := sample(t, "Plan", "mistaken")
		set(t, object, field, "ten gigabytes")
		NewWithT(t).Expect(admin.Create(t.Context(), object, client.DryRunAll)).
			To(MatchError(ContainSubstring(field + `: Invalid value: "ten gigabytes": ` + notASize)))
	}
}

// accepted is a list with one accepted document.
func accepted(kind, digest string) []any {
	return []any{map[string]any{"kind": kind, "version": "2026-01", "digest": digest, "acceptedAt": "2026-12-31T15:58:00Z"}}
}

// What looks odd and is right must pass: a rule that refuses it would turn a
// customer away.
func TestOddButRightValuesAreAccepted(t *testing.T) {
	for _, m := range []mistake{
		{name: "a plus sign and a subdomain", kind: "Tenant", path: "spec.owner.email", value: "lucia+crm@ventas.acme.com.mx"},
		{name: "an apostrophe's neighbours", kind: "Tenant", path: "spec.owner.email", value: "o_brien-2@acme.example"},
		{name: "an address with an eñe", kind: "Tenant", path: "spec.owner.email", value: "peña@acme.example"},
		{name: "a domain in its ASCII form", kind: "Tenant", path: "spec.owner.email", value: "hola@xn--pea-8ma.example"},
		{name: "a host of one label", kind: "Tenant", path: "spec.host", value: "acme"},
		{name: "a host that starts with a digit", kind: "Tenant", path: "spec.host", value: "7leguas.example.com"},
		{name: "no host", kind: "Tenant", path: "spec.host", value: nil},
		{name: "a name of 40 characters", kind: "Tenant", path: "metadata.name", value: strings.Repeat("a", 40)},
		{name: "a name of one letter", kind: "Tenant", path: "metadata.name", value: "a"},
		{name: "an owner not yet confirmed", kind: "Tenant", path: "spec.owner.emailConfirmedAt", value: nil},
		{name: "no documents accepted yet", kind: "Tenant", path: "spec.acceptedDocuments", value: nil},
		{name: "a leap day", kind: "Subscription", path: "spec.anchorDate", value: "2028-02-29"},
		{name: "a plan that never sleeps", kind: "Plan", path: "spec.sleepAfter", value: "0s"},
		{name: "a quota in bytes", kind: "Plan", path: "spec.documentQuota", value: int64(536870912)},
		{name: "nobody is ever purged", kind: "PlatformPolicy", path: "spec.lapse.purgeAfterDays", value: map[string]any{}},
		{name: "a zone of three parts", kind: "PlatformPolicy", path: "spec.timeZone", value: "America/Argentina/Buenos_Aires"},
		{name: "no zone but UTC", kind: "PlatformPolicy", path: "spec.timeZone", value: "UTC"},
	} {
		t.Run(m.kind+": "+m.name, func(t *testing.T) {
			object := sample(t, m.kind, defaultName(m.kind))
			set(t, object, m.path, m.value)
			NewWithT(t).Expect(admin.Create(t.Context(), object, client.DryRunAll)).To(Succeed())
		})
	}
}

// A field that nobody knows is a misspelled one; it is refused rather than
// dropped when the client asks for strictness, as kubectl does.
func TestAMisspelledFieldIsNamed(t *testing.T) {
	g := NewWithT(t)
	object := sample(t, "Tenant", "misspelled")
	g.Expect(unstructured.SetNestedField(object.Object, true, "spec", "onHold")).To(Succeed())
	err := client.WithFieldValidation(admin, "Strict").Create(t.Context(), object, client.DryRunAll)
	g.Expect(err).To(MatchError(ContainSubstring(`unknown field "spec.onHold"`)))
}

// TestInstantsThatNobodyCanDecodeAreRefused: one of them in any object would keep
// the operator from listing the kind. The API server's own words come first.
func TestInstantsThatNobodyCanDecodeAreRefused(t *testing.T) {
	for _, field := range []struct{ kind, path, of string }{
		{"Tenant", "spec.owner.emailConfirmedAt", ""},
		{"Tenant", "spec.owner.adultDeclaredAt", ""},
		{"Tenant", "spec.owner.humanVerification.verifiedAt", ""},
		{"PlatformPolicy", "spec.testClock", "now"},
		{"PlatformPolicy", "spec.breaker.acknowledgedTrip", ""},
	} {
		for _, instant := range []string{"2027-01-31t18:00:00z", "2027-01-31T18:00:00z", "2027-01-31T18:00:00+99:99", "1999-12-31T23:59:59Z"} {
			object := sample(t, field.kind, defaultName(field.kind))
			if field.of == "" {
				set(t, object, field.path, instant)
			} else {
				set(t, object, field.path, map[string]any{field.of: instant})
			}
			NewWithT(t).Expect(admin.Create(t.Context(), object, client.DryRunAll)).To(
				MatchError(ContainSubstring("must be an instant of this century, such as 2027-01-31T18:00:00Z")), "%s: %s", field.path, instant)
		}
	}
}
