package simulate_test

import (
	"os"
	"strings"
	"testing"
)

// good is the sample tenant on the plans of testdata, as a file of two documents.
func good(t *testing.T) string {
	t.Helper()
	text, err := os.ReadFile("testdata/histories/lapse-monthly.yaml")
	if err != nil {
		t.Fatal(err)
	}
	return string(text)
}

const more = `---
apiVersion: crm.salexops.com/v1alpha1
`

// TestBadInputIsRefused: file, document, object, field and what is wrong; exit
// code 2; nothing on the standard output (contract.md 13).
func TestBadInputIsRefused(t *testing.T) {
	for name, c := range map[string]struct {
		old, new string // what is replaced in a good file; appended where old is empty
		says     []string
	}{
		"an unknown field": {"displayName: Acme", "displayName: Acme\n  displayname: Acme",
			[]string{"-: document 1: Tenant acme: spec.displayname: there is no such field"}},
		"an unknown field in a payment": {`currency: MXN`, "currency: MXN\n        paid: true",
			[]string{"-: document 2: Subscription acme: status.billing.payments[0].paid: there is no such field"}},
		"a key that is written twice": {"interval: Monthly", "interval: Monthly\n  interval: Annual",
			[]string{"-: document 2: interval: is written twice (line 16)"}},
		"an unknown kind": {"kind: Tenant", "kind: Client",
			[]string{`-: document 1: Client acme: kind: "Client" is not a kind that can be simulated: write one of Cancellation, Plan, `}},
		"no kind":            {"kind: Tenant", "sort: Tenant", []string{"-: document 1: acme: kind: is missing"}},
		"another apiVersion": {"crm.salexops.com/v1alpha1\nkind: Tenant", "crm.salexops.com/v1\nkind: Tenant", []string{`-: document 1: Tenant acme: apiVersion: "crm.salexops.com/v1" is not crm.salexops.com/v1alpha1`}},
		"no apiVersion":      {"apiVersion: crm.salexops.com/v1alpha1\nkind: Tenant", "kind: Tenant", []string{"-: document 1: Tenant acme: apiVersion: is missing"}},
		"no name":            {"{name: acme, namespace", "{namespace", []string{"-: document 1: Tenant: metadata.name: is missing"}},
		"no YAML":            {"spec:", "spec: [", []string{"-: document 1: is not YAML"}},
		"no object":          {"", "---\n- 1\n", []string{"-: document 3: is no object"}},
		"a date that doesn't exist": {`anchorDate: "2026-12-31"`, `anchorDate: "2027-02-29"`,
			[]string{`-: document 2: Subscription acme: spec.anchorDate: "2027-02-29" is not a date`}},
		"no date":         {`  anchorDate: "2026-12-31"`, "", []string{"Subscription acme: spec.anchorDate: is missing"}},
		"a date in words": {`periodTo: "2027-01-30"`, `periodTo: "30 Jan"`, []string{`status.billing.payments[0].periodTo: "30 Jan" is not a date`}},
		"a period backwards": {`periodTo: "2027-01-30"`, `periodTo: "2026-12-30"`,
			[]string{"status.billing.payments[0].periodTo: 2026-12-30 lies before periodFrom 2026-12-31"}},
		"a year as a date": {`periodTo: "2027-01-30"`, `periodTo: 2027`, []string{"status.billing.payments[0].periodTo: 2027 is not a text"}},
		"an instant in words": {`receivedAt: "2026-12-31T18:00:00Z"`, `receivedAt: yesterday`,
			[]string{`status.billing.payments[0].receivedAt: "yesterday" is not an instant`}},
		"no instant":            {`        receivedAt: "2026-12-31T18:00:00Z"`, "", []string{"status.billing.payments[0].receivedAt: is missing"}},
		"a negative amount":     {`amount: "499.00"`, `amount: "-499.00"`, []string{`status.billing.payments[0].amount: "-499.00" is not an amount`}},
		"an amount as a number": {`amountUSD: "27.10"`, `amountUSD: 27.10`, []string{"status.billing.payments[0].amountUSD: 27.1 is not a text"}},
		"no currency":           {`        currency: MXN`, "", []string{"status.billing.payments[0].currency: is missing"}},
		"a weekly interval":     {"interval: Monthly", "interval: Weekly", []string{`spec.interval: "Weekly" is none of Monthly, Quarterly, SemiAnnual, Annual`}},
		"a missing plan":        {"planRef: {name: team}", "planRef: {name: gold}", []string{"-: document 2: Subscription acme: spec.planRef.name: there is no Plan gold in any of the files"}},
		"a missing tenant":      {"tenantRef: {name: acme}", "tenantRef: {name: globex}", []string{"Subscription acme: spec.tenantRef.name: there is no Tenant globex in any of the files"}},
		"a tenant elsewhere":    {"{name: acme, namespace: salexops-accounts}\nspec:\n  tenantRef", "{name: acme, namespace: other}\nspec:\n  tenantRef", []string{"spec.tenantRef.name: Tenant acme is in namespace salexops-accounts, and this in other"}},
		"a list for an object":  {"tenantRef: {name: acme}", "tenantRef: [acme]", []string{"Subscription acme: spec.tenantRef: must have fields of its own"}},
		"a text for a list":     {"    payments:\n", "    payments: none\n    more:\n", []string{"status.billing.payments: must be a list"}},
		"reversed too early":    {`periodTo: "2027-01-30"`, "periodTo: \"2027-01-30\"\n        reversedAt: \"2026-12-01T00:00:00Z\"", []string{"status.billing.payments[0].reversedAt: lies before receivedAt"}},
		"an object twice":       {"", more + "kind: Tenant\nmetadata: {name: acme}\nspec: {displayName: Acme}\n", []string{"-: document 3: Tenant acme: metadata.name: is there already: -: document 1"}},
		"a second subscription": {"", more + "kind: Subscription\nmetadata: {name: acme-2}\nspec: {tenantRef: {name: acme}, planRef: {name: free}, interval: Monthly, anchorDate: \"2027-01-01\"}\n",
			[]string{"-: document 3: Subscription acme-2: spec.tenantRef.name: tenant acme has a Subscription already: acme (-: document 2)"}},
		"a zone that is an offset": {"", more + "kind: PlatformPolicy\nmetadata: {name: default}\nspec: {timeZone: UTC-7}\n", []string{`-: document 3: PlatformPolicy default: spec.timeZone: "UTC-7" is not an IANA time zone`}},
		"a policy of another name": {"", more + "kind: PlatformPolicy\nmetadata: {name: mine}\n", []string{`PlatformPolicy mine: metadata.name: "mine" is not "default"`}},
		"a grace of no days":       {"", more + "kind: PlatformPolicy\nmetadata: {name: default}\nspec: {lapse: {disableAfterDays: 0}}\n", []string{"spec.lapse.disableAfterDays: 0 does not lie between 1 and 365"}},
		"a purge before disabling": {"", more + "kind: PlatformPolicy\nmetadata: {name: default}\nspec: {lapse: {purgeAfterDays: {Monthly: 3}}}\n", []string{"spec.lapse.purgeAfterDays.Monthly: 3 is not greater than disableAfterDays (3)"}},
		"an unknown quota policy":  {"", more + "kind: PlatformPolicy\nmetadata: {name: default}\nspec: {overQuota: {policy: Some}}\n", []string{`spec.overQuota.policy: "Some" is none of ReadOnly, OldestFirst, All`}},
		"a holiday in words":       {"", more + "kind: PlatformPolicy\nmetadata: {name: default}\nspec: {businessCalendar: {extraHolidays: [Easter]}}\n", []string{`spec.businessCalendar.extraHolidays[0]: "Easter" is not a date`}},
		"a plan without tier":      {"", more + "kind: Plan\nmetadata: {name: gold}\nspec: {displayName: Gold}\n", []string{"Plan gold: spec.tier: is missing"}},
		"a quota that is no size":  {"", more + "kind: Plan\nmetadata: {name: gold}\nspec: {displayName: Gold, tier: Paid, documentQuota: much}\n", []string{`Plan gold: spec.documentQuota: "much" is not a size`}},
	} {
		t.Run(name, func(t *testing.T) {
			text := good(t) + c.new
			if c.old != "" {
				text = strings.Replace(good(t), c.old, c.new, 1)
				if text == good(t) {
					t.Fatalf("there is no %q to replace", c.old)
				}
			}
			refused(t, text, c.says)
		})
	}
}

func refused(t *testing.T, text string, says []string) {
	t.Helper()
	out, problems, code := simulated(text, "-f", "testdata/plans.yaml", "-f", "-", "--from", "2027-01-01", "--until", "2027-04-01", "-o", "json")
	if code != 2 || out != "" {
		t.Errorf("exits with %d, prints %q", code, out)
	}
	for _, part := range says {
		if !strings.Contains(problems, part) {
			t.Errorf("says  %s\nwants %s", problems, part)
		}
	}
}

func TestBadCasesAreRefused(t *testing.T) {
	suspension := func(spec string) string {
		return more + "kind: Suspension\nmetadata: {name: case}\nspec: {tenantRef: {name: acme}, " + spec + "}\n"
	}
	cancellation := func(spec string) string {
		return more + "kind: Cancellation\nmetadata: {name: word}\nspec: {tenantRef: {name: acme}, evidence: {source: Email}, " + spec + "}\n"
	}
	revision := func(spec string) string {
		return more + "kind: TermsRevision\nmetadata: {name: terms}\nspec: {version: \"1\", " + spec + "}\n"
	}
	const fine = `reason: Interference, openedAt: "2027-05-10T17:00:00Z"`
	for name, c := range map[string]struct{ text, says string }{
		"an unknown action":    {suspension("action: Expel, " + fine), `Suspension case: spec.action: "Expel" is none of Warn, Suspend, Disable`},
		"no action":            {suspension(fine), "spec.action: is missing"},
		"an unknown reason":    {suspension(`action: Warn, reason: Dislike, openedAt: "2027-05-10T17:00:00Z"`), `spec.reason: "Dislike" is none of`},
		"an unknown exception": {suspension("action: Suspend, exceptionReason: Haste, " + fine), `spec.exceptionReason: "Haste" is none of Harm, LawOrCourt, PlatformSecurity`},
		"at once for no reason": {suspension("action: Suspend, cureDays: 0, " + fine),
			"spec.cureDays: 0 lies below 1: at once only with an exceptionReason"},
		"no opening":             {suspension("action: Warn, reason: Interference"), "spec.openedAt: is missing"},
		"resolved before":        {suspension(`action: Warn, resolvedAt: "2027-05-09T17:00:00Z", ` + fine), "spec.resolvedAt: lies before openedAt"},
		"a case of nobody":       {strings.Replace(suspension("action: Warn, "+fine), "acme", "globex", 1), "spec.tenantRef.name: there is no Tenant globex"},
		"an unknown cause":       {cancellation(`cause: Whim, receivedAt: "2027-01-04T16:00:00Z"`), `Cancellation word: spec.cause: "Whim" is none of OwnerRequest`},
		"no receipt":             {cancellation("cause: OwnerRequest"), "spec.receivedAt: is missing"},
		"an objection to what":   {cancellation(`cause: TermsObjection, receivedAt: "2027-01-04T16:00:00Z"`), "spec.termsRevisionRef.name: is missing"},
		"an objection to none":   {cancellation(`cause: TermsObjection, receivedAt: "2027-01-04T16:00:00Z", termsRevisionRef: {name: terms}`), "spec.termsRevisionRef.name: there is no TermsRevision terms"},
		"a correction of a wish": {cancellation(`cause: OwnerRequest, receivedAt: "2027-01-04T16:00:00Z", correctedAt: "2027-01-05T16:00:00Z"`), "spec.correctedAt: only a ProviderBreach can be corrected"},
		"terms of what":          {revision(`announcedOn: "2027-03-01", postedOn: "2027-03-06"`), "TermsRevision terms: spec.kind: is missing"},
		"terms never announced":  {revision(`kind: PrivacyPolicy, postedOn: "2027-03-06"`), "spec.announcedOn: is missing"},
		"an unknown reason for haste": {revision(`kind: PrivacyPolicy, announcedOn: "2027-03-01", postedOn: "2027-03-06", exception: Whim`),
			`spec.exception: "Whim" is none of NewService, Emergency, Legal`},
	} {
		t.Run(name, func(t *testing.T) { refused(t, good(t)+c.text, []string{"-: document 3: ", c.says}) })
	}
}

// All that is wrong is told at once.
func TestEveryProblemIsTold(t *testing.T) {
	text := strings.Replace(good(t), "interval: Monthly", "interval: Weekly", 1)
	text = strings.Replace(text, `anchorDate: "2026-12-31"`, `anchorDate: "31 December"`, 1)
	text = strings.Replace(text, "displayName: Acme", "name: Acme", 1)
	refused(t, text, []string{"Tenant acme: spec.name: there is no such field", "spec.interval", "spec.anchorDate"})
}

func TestFlagsThatCannotBeMeantAreRefused(t *testing.T) {
	fine := []string{"-f", "testdata/plans.yaml", "-f", "testdata/histories/lapse-monthly.yaml", "--from", "2027-01-01", "--until", "2027-04-01"}
	for name, c := range map[string]struct {
		arguments []string
		says      string
	}{
		"no file":              {[]string{"--from", "2027-01-01", "--until", "2027-04-01"}, "-f is missing"},
		"a file that is not":   {append([]string{"-f", "testdata/none.yaml"}, fine...), "-f testdata/none.yaml: "},
		"an empty file":        {append([]string{"-f", "-"}, fine...), "-f -: there is no document in it"},
		"no beginning":         {[]string{"-f", "testdata/plans.yaml", "--until", "2027-04-01"}, "--from is missing"},
		"no end":               {[]string{"-f", "testdata/plans.yaml", "--from", "2027-04-01"}, "--until is missing"},
		"a date in words":      {append(fine, "--from", "today"), `--from: "today" is not a date`},
		"the end before":       {append(fine, "--until", "2026-12-31"), "--until 2026-12-31 lies before --from 2027-01-01"},
		"another form":         {append(fine, "-o", "yaml"), `-o "yaml" is not a form of output`},
		"a feed in words":      {append(fine, "--billing-as-of", "2027-02-01"), `--billing-as-of: "2027-02-01" is not an instant`},
		"an outage of one end": {append(fine, "--notice-outage", "2027-02-01"), "--notice-outage: \"2027-02-01\" is not a span of dates"},
		"an outage backwards":  {append(fine, "--notice-outage", "2027-02-02..2027-02-01"), "--notice-outage: 2027-02-02 lies after 2027-02-01"},
		"an outage in words":   {append(fine, "--notice-outage", "2027-02-02..then"), `--notice-outage: "then" is not a date`},
		"a flag that is not":   {append(fine, "--since", "2027-02-02"), "unknown flag: --since"},
		"a file without -f":    {append(fine, "acme.yaml"), `"acme.yaml": files are named with -f`},
	} {
		t.Run(name, func(t *testing.T) {
			out, problems, code := simulated("", c.arguments...)
			if code != 2 || out != "" || !strings.Contains(problems, c.says) {
				t.Errorf("exits with %d, prints %q, says %q", code, out, problems)
			}
		})
	}
}
