package facts_test

import (
	"errors"
	"strings"
	"testing"
	"time"

	metav1 "k8s.io/apimachinery/pkg/apis/meta/v1"

	"github.com/grupobizopps/salexops/api/v1alpha1"
	"github.com/grupobizopps/salexops/contract"
	"github.com/grupobizopps/salexops/facts"
)

func instantOf(t *testing.T, text string) *metav1.Time { return &metav1.Time{Time: at(t, text)} }

// cases is one of each kind, all about acme.
func cases(t *testing.T) facts.Cases {
	var c facts.Cases
	c.Suspensions = make([]v1alpha1.Suspension, 1)
	s := &c.Suspensions[0]
	s.Namespace, s.Name = "salexops-accounts", "acme-2027-05"
	s.Spec = v1alpha1.SuspensionSpec{
		TenantRef: v1alpha1.TenantReference{Name: "acme"}, Action: v1alpha1.SuspensionSuspend,
		Reason: v1alpha1.SuspensionCommitmentsNotMet, OpenedAt: instantOf(t, "2027-05-10T17:00:00Z"), CureDays: 7,
	}
	s.Status.NoticeDeliveredAt = instantOf(t, "2027-05-10T17:00:09Z")

	c.Revisions = make([]v1alpha1.TermsRevision, 1)
	r := &c.Revisions[0]
	r.Name = "terms-2027-03"
	r.Spec = v1alpha1.TermsRevisionSpec{Kind: v1alpha1.TermsOfService, Version: "2027-03", AnnouncedOn: "2027-03-01", PostedOn: "2027-03-06"}

	c.Cancellations = make([]v1alpha1.Cancellation, 1)
	k := &c.Cancellations[0]
	k.Namespace, k.Name = "salexops-accounts", "acme-objects"
	k.Spec = v1alpha1.CancellationSpec{
		TenantRef: v1alpha1.TenantReference{Name: "acme"}, Cause: v1alpha1.CauseTermsObjection,
		ReceivedAt: *instantOf(t, "2027-03-10T16:00:00Z"), TermsRevisionRef: &v1alpha1.TermsRevisionReference{Name: "terms-2027-03"},
	}
	k.Status.VerifiedAt = instantOf(t, "2027-03-10T16:00:10Z")
	return c
}

func withCases(t *testing.T, objects facts.Objects, c facts.Cases) (contract.Facts, error) {
	t.Helper()
	account, err := facts.From(objects, at(t, "2027-01-15T17:00:00Z"))
	if err != nil {
		t.Fatal(err)
	}
	err = account.WithCases(c)
	return account.Facts, err
}

func TestCasesAreReadAsTheyAre(t *testing.T) {
	f, err := withCases(t, ledger(t), cases(t))
	if err != nil {
		t.Fatal(err)
	}
	opened, told := at(t, "2027-05-10T17:00:00Z"), at(t, "2027-05-10T17:00:09Z")
	if got := f.Suspensions[0]; got != (contract.Suspension{Name: "acme-2027-05", Action: contract.ActionSuspend, OpenedAt: opened,
		CureDays: 7, Notice: contract.Delivery{AcceptedAt: told}}) {
		t.Errorf("%+v", got)
	}
	if got := f.Cancellations[0]; got.Cause != contract.CauseTermsObjection || got.Revision != "terms-2027-03" ||
		!got.ReceivedAt.Equal(at(t, "2027-03-10T16:00:00Z")) || !got.VerifiedAt.Equal(at(t, "2027-03-10T16:00:10Z")) {
		t.Errorf("%+v", got)
	}
	if got := f.Terms[0]; got.Name != "terms-2027-03" || got.AnnouncedOn.String() != "2027-03-01" || got.PostedOn.String() != "2027-03-06" || got.Exception {
		t.Errorf("%+v", got)
	}
	if f.Documents.Bytes != 1048576 {
		t.Errorf("%+v", f.Documents)
	}
}

// Without them the facts are those of before: an operator that carries out no
// cases is not told of any.
func TestFactsWithoutCasesKnowNone(t *testing.T) {
	account, s := standing(t, ledger(t), "2027-01-15T17:00:00Z")
	f := account.Facts
	if len(f.Suspensions)+len(f.Cancellations)+len(f.Terms) > 0 || f.Documents != (contract.Documents{}) || s.Ending != (contract.Ending{}) {
		t.Errorf("%+v", f)
	}
}

func TestCasesOfOthersDoNotCount(t *testing.T) {
	c := cases(t)
	c.Suspensions[0].Spec.TenantRef.Name = "globex"
	c.Cancellations[0].Namespace = "elsewhere"
	f, err := withCases(t, ledger(t), c)
	if err != nil || len(f.Suspensions)+len(f.Cancellations) > 0 {
		t.Errorf("%v, %+v, %+v", err, f.Suspensions, f.Cancellations)
	}
}

func TestACaseWithoutOpeningIsAsOldAsItsObject(t *testing.T) {
	c := cases(t)
	c.Suspensions[0].Spec.OpenedAt = nil
	c.Suspensions[0].CreationTimestamp = *instantOf(t, "2027-05-11T17:00:00Z")
	f, err := withCases(t, ledger(t), c)
	if err != nil || !f.Suspensions[0].OpenedAt.Equal(at(t, "2027-05-11T17:00:00Z")) {
		t.Errorf("%v, %+v", err, f.Suspensions)
	}
}

func TestWhatTheTenantsStatusRecordsIsRead(t *testing.T) {
	objects := ledger(t)
	objects.Tenant.Status = v1alpha1.TenantStatus{
		Usage:     &v1alpha1.Usage{DocumentBytes: 7},
		OverQuota: &v1alpha1.OverQuotaStatus{Since: instantOf(t, "2027-03-01T07:00:00Z"), NoticeDeliveredAt: instantOf(t, "2027-03-02T07:00:00Z")},
		Terms: []v1alpha1.TermsDecision{{Revision: "terms-2027-03", DeliveredAt: instantOf(t, "2027-03-01T07:00:00Z"),
			Decision: "Accepted", Mode: "Explicit", DecidedAt: instantOf(t, "2027-03-08T17:00:00Z")}},
		Termination: &v1alpha1.TerminationStatus{Cause: v1alpha1.CauseProviderBreach, ExportUntil: "2027-03-19",
			Ends:   &v1alpha1.Deadline{At: instantOf(t, "2027-02-17T07:00:00Z"), From: "2027-01-04"},
			Delete: &v1alpha1.Deadline{At: instantOf(t, "2027-03-20T07:00:00Z"), From: "2027-02-17"}},
		Deletion: &v1alpha1.DeletionStatus{IntentAt: instantOf(t, "2027-03-20T07:00:00Z")},
	}
	f, err := withCases(t, objects, facts.Cases{Revisions: cases(t).Revisions})
	if err != nil {
		t.Fatal(err)
	}
	if d := f.Documents; d.Bytes != 7 || !d.FullSince.Equal(at(t, "2027-03-01T07:00:00Z")) || !d.Notice.AcceptedAt.Equal(at(t, "2027-03-02T07:00:00Z")) {
		t.Errorf("%+v", d)
	}
	if got := f.Terms[0]; got.Decision.Outcome != contract.TermsAccepted || got.Decision.Mode != contract.ModeExplicit ||
		!got.Decision.At.Equal(at(t, "2027-03-08T17:00:00Z")) || !got.Mail.AcceptedAt.Equal(at(t, "2027-03-01T07:00:00Z")) {
		t.Errorf("%+v", got)
	}
	if e := f.Recorded.Ending; e.Cause != contract.CauseProviderBreach || e.ExportUntil.String() != "2027-03-19" || e.Ends.From.String() != "2027-01-04" {
		t.Errorf("%+v", e)
	}
	if !f.Deletion.StartedAt.Equal(at(t, "2027-03-20T07:00:00Z")) || !f.Deletion.CompletedAt.IsZero() {
		t.Errorf("%+v", f.Deletion)
	}
}

func TestCasesThatCannotBeReadNameObjectAndField(t *testing.T) {
	for _, c := range []struct {
		spoil func(*facts.Objects, *facts.Cases)
		want  string
	}{
		{func(_ *facts.Objects, c *facts.Cases) { c.Suspensions[0].Spec.Action = "Expel" },
			`Suspension acme-2027-05: spec.action: "Expel" is not an action`},
		{func(_ *facts.Objects, c *facts.Cases) { c.Suspensions[0].Spec.OpenedAt = nil },
			`Suspension acme-2027-05: spec.openedAt: is missing`},
		{func(_ *facts.Objects, c *facts.Cases) {
			c.Suspensions[0].Spec.ResolvedAt = &metav1.Time{Time: time.Unix(1, 0)}
		}, `Suspension acme-2027-05: spec.resolvedAt: lies before openedAt`},
		{func(_ *facts.Objects, c *facts.Cases) { c.Cancellations[0].Spec.Cause = "Whim" },
			`Cancellation acme-objects: spec.cause: "Whim" is not a cause`},
		{func(_ *facts.Objects, c *facts.Cases) { c.Cancellations[0].Spec.ReceivedAt = metav1.Time{} },
			`Cancellation acme-objects: spec.receivedAt: is missing`},
		{func(_ *facts.Objects, c *facts.Cases) {
			c.Cancellations[0].Status.VerifiedAt = &metav1.Time{Time: time.Unix(1, 0)}
		}, `Cancellation acme-objects: status.verifiedAt: lies before spec.receivedAt`},
		{func(_ *facts.Objects, c *facts.Cases) {
			c.Cancellations[0].Spec.CorrectedAt = &c.Cancellations[0].Spec.ReceivedAt
		}, `Cancellation acme-objects: spec.correctedAt: only a ProviderBreach can be corrected`},
		{func(_ *facts.Objects, c *facts.Cases) { c.Cancellations[0].Spec.TermsRevisionRef = nil },
			`Cancellation acme-objects: spec.termsRevisionRef.name: is missing`},
		{func(_ *facts.Objects, c *facts.Cases) { c.Revisions = nil },
			`Cancellation acme-objects: spec.termsRevisionRef.name: there is no TermsRevision terms-2027-03`},
		{func(_ *facts.Objects, c *facts.Cases) { c.Cancellations[0].Spec.Cause = v1alpha1.CauseOwnerRequest },
			`Cancellation acme-objects: spec.termsRevisionRef.name: only a TermsObjection`},
		{func(_ *facts.Objects, c *facts.Cases) { c.Revisions[0].Spec.PostedOn = "March" },
			`TermsRevision terms-2027-03: spec.postedOn: "March" is not a date`},
		{func(o *facts.Objects, _ *facts.Cases) {
			o.Tenant.Status.Terms = []v1alpha1.TermsDecision{{Revision: "terms-2027-03", Decision: "Accepted"}}
		}, `Tenant acme: status.terms[0].decidedAt: is missing`},
		{func(o *facts.Objects, _ *facts.Cases) {
			o.Tenant.Status.Terms = []v1alpha1.TermsDecision{{Revision: "terms-2027-03", Decision: "Maybe"}}
		}, `Tenant acme: status.terms[0].decision: "Maybe" is not a decision`},
		{func(o *facts.Objects, _ *facts.Cases) {
			o.Tenant.Status.Termination = &v1alpha1.TerminationStatus{Ends: &v1alpha1.Deadline{From: "soon"}}
		}, `Tenant acme: status.termination.ends.from: "soon" is not a date`},
	} {
		objects, all := ledger(t), cases(t)
		c.spoil(&objects, &all)
		_, err := withCases(t, objects, all)
		var field *facts.FieldError
		if !errors.As(err, &field) || !strings.HasPrefix(err.Error(), c.want) {
			t.Errorf("got  %v\nwant %s…", err, c.want)
		}
	}
}
