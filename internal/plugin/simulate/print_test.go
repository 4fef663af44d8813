package simulate_test

import (
	"os"
	"strings"
	"testing"
)

// The example of contract.md 13, to the letter.
func TestOneObjectALine(t *testing.T) {
	out, problems, code := simulated("", "-f", "testdata/plans.yaml", "-f", "testdata/histories/lapse-monthly.yaml",
		"--from", "2027-02-04", "--until", "2027-02-05", "-o", "json")
	want := `{"at":"2027-02-04T00:00:00-07:00","tenant":"acme","event":"UsersDisabled"}` + "\n"
	if code != 0 || out != want || problems != "" {
		t.Errorf("got %swant %s%s", out, want, problems)
	}
}

func TestATableForPeople(t *testing.T) {
	out, problems, code := simulated("", "-f", "testdata/plans.yaml", "-f", "testdata/histories/terms-objected.yaml",
		"--from", "2027-03-01", "--until", "2027-05-01")
	want := strings.Join([]string{
		"WHEN               TENANT   WHAT                      DETAIL",
		"2027-03-01 00:00   acme     new terms are announced   terms-2027-03",
		"2027-03-16 23:50   acme     owner objects to new terms   terms-2027-03",
		"2027-03-17 00:00   acme     contract ends             TermsObjection",
		"2027-04-17 00:00   acme     everything is deleted     -",
	}, "\n") + "\n"
	if code != 0 || squeezed(out) != squeezed(want) {
		t.Errorf("got\n%swant\n%s%s", out, want, problems)
	}
	lines := strings.Split(out, "\n")
	column := strings.Index(lines[0], "DETAIL")
	for _, line := range lines[1:5] {
		if line[column-1] != ' ' || line[column] == ' ' {
			t.Errorf("%q is not aligned with %q", line, lines[0])
		}
	}
}

// squeezed leaves one space between words.
func squeezed(text string) string {
	var lines []string
	for line := range strings.Lines(text) {
		lines = append(lines, strings.Join(strings.Fields(line), " "))
	}
	return strings.Join(lines, "\n")
}

func TestAnUneventfulTimeIsSaidToBeOne(t *testing.T) {
	arguments := []string{"-f", "testdata/plans.yaml", "-f", "testdata/histories/never-paid.yaml", "--from", "2027-01-01", "--until", "2027-01-01"}
	if out, _, code := simulated("", arguments...); code != 0 || out != "Nothing happens from 2027-01-01 until 2027-01-01.\n" {
		t.Errorf("exits with %d, prints %q", code, out)
	}
	if out, _, code := simulated("", append(arguments, "-o", "json")...); code != 0 || out != "" {
		t.Errorf("exits with %d, prints %q", code, out)
	}
}

func TestSecondsAreShownWhereThereAreSome(t *testing.T) {
	out, _, _ := simulated("", "-f", "testdata/plans.yaml", "-f", "testdata/histories/a-recorded-lapse-keeps-its-policy.yaml",
		"--from", "2027-02-04", "--until", "2027-02-05")
	if !strings.Contains(out, "2027-02-04 00:00:02   acme     users are disabled") {
		t.Errorf("%s", out)
	}
}

// What kubectl writes is read as well: a List, with what the API server added.
func TestAListIsReadAsItsItems(t *testing.T) {
	text := `apiVersion: v1
kind: List
metadata: {resourceVersion: ""}
items:
- apiVersion: crm.salexops.com/v1alpha1
  kind: Tenant
  metadata: {name: acme, namespace: salexops-accounts, uid: "1", resourceVersion: "7", creationTimestamp: "2026-12-31T18:00:00Z",
    managedFields: [{manager: kubectl, operation: Apply, fieldsType: FieldsV1, fieldsV1: {"f:spec": {}}, time: "2026-12-31T18:00:00Z"}]}
  spec: {displayName: Acme}
- apiVersion: crm.salexops.com/v1alpha1
  kind: Subscription
  metadata: {name: acme, namespace: salexops-accounts}
  spec: {tenantRef: {name: acme}, planRef: {name: free}, interval: Weekly, anchorDate: "2026-12-31"}
`
	arguments := []string{"-f", "testdata/plans.yaml", "-f", "-", "--from", "2027-01-01", "--until", "2027-02-01"}
	_, problems, code := simulated(text, arguments...)
	if want := `-: document 1: items[1]: Subscription acme: spec.interval: "Weekly"`; code != 2 || !strings.Contains(problems, want) {
		t.Errorf("says %s, wants %s", problems, want)
	}
	if _, problems, code := simulated(strings.Replace(text, "Weekly", "Monthly", 1), arguments...); code != 0 {
		t.Errorf("exits with %d: %s", code, problems)
	}
}

// The order of files and documents, and the machine's zone, say nothing.
func TestTheOrderOfTheFilesSaysNothing(t *testing.T) {
	flags := []string{"--from", "2027-01-01", "--until", "2027-04-01", "-o", "json"}
	first, _, _ := simulated("", append([]string{"-f", "testdata/plans.yaml", "-f", "testdata/histories/two-tenants-one-on-hold.yaml"}, flags...)...)
	text, err := os.ReadFile("testdata/histories/two-tenants-one-on-hold.yaml")
	if err != nil {
		t.Fatal(err)
	}
	documents := strings.Split(string(text), "---\n")
	for i, j := 0, len(documents)-1; i < j; i, j = i+1, j-1 {
		documents[i], documents[j] = documents[j], documents[i]
	}
	second, _, _ := simulated(strings.Join(documents, "---\n"), append([]string{"-f", "-", "-f", "testdata/plans.yaml"}, flags...)...)
	if first != second || first == "" {
		t.Errorf("got\n%sand\n%s", first, second)
	}
}
