package contract_test

import (
	"slices"
	"testing"
	"time"

	. "github.com/grupobizopps/salexops/contract"
)

func TestWhatIsMissingKeepsATenantPending(t *testing.T) {
	for _, c := range []struct {
		because string
		spoil   func(*Facts)
		want    []Reason
	}{
		{"nobody answered from the address", func(f *Facts) { f.Registration.AddressConfirmedAt = time.Time{} }, []Reason{AddressUnconfirmed}},
		{"age not declared", func(f *Facts) { f.Registration.AdultDeclaredAt = time.Time{} }, []Reason{AttestationMissing}},
		{"not verified to be human", func(f *Facts) { f.Registration.HumanVerified = false }, []Reason{AttestationMissing}},
		{"no document accepted", func(f *Facts) { f.Registration.Accepted = nil }, []Reason{DocumentNotAccepted}},
		{"one of the two missing", func(f *Facts) { f.Registration.Accepted = f.Registration.Accepted[:1] }, []Reason{DocumentNotAccepted}},
		{"accepted without a digest", func(f *Facts) { f.Registration.Accepted[0].Digest = "" }, []Reason{DocumentNotAccepted}},
		{"another version is in force", func(f *Facts) {
			f.Registration.InForce = []Document{{Kind: TermsOfService, Version: "2027-03", Digest: "sha256:7f"}}
		}, []Reason{DocumentNotAccepted}},
		{"the same version with another text is in force", func(f *Facts) {
			f.Registration.InForce = []Document{{Kind: TermsOfService, Version: "2026-01", Digest: "sha256:7f"}}
		}, []Reason{DocumentNotAccepted}},
		{"no subscription", func(f *Facts) { f.Gaps = []Reason{SubscriptionMissing} }, []Reason{SubscriptionMissing}},
		{"two subscriptions", func(f *Facts) { f.Gaps = []Reason{SubscriptionAmbiguous} }, []Reason{SubscriptionAmbiguous}},
		{"no such plan", func(f *Facts) { f.Gaps = []Reason{PlanNotFound} }, []Reason{PlanNotFound}},
		{"never paid", func(f *Facts) { f.Payments = nil }, []Reason{NeverPaid}},
		{"what to mend first comes first", func(f *Facts) {
			f.Payments, f.Registration = nil, Registration{}
		}, []Reason{AddressUnconfirmed, AttestationMissing, DocumentNotAccepted, NeverPaid}},
	} {
		f := acme(t, "2027-01-15")
		c.spoil(&f)
		s := Evaluate(f)
		if !slices.Equal(s.Missing, c.want) || s.Registered() {
			t.Errorf("%s: missing %v, not %v", c.because, s.Missing, c.want)
		}
		if s.Lifecycle != LifecyclePending || s.MayRun || s.Access != AccessClosed {
			t.Errorf("%s: %s, may run %t, %s (contract.md 2)", c.because, s.Lifecycle, s.MayRun, s.Access)
		}
	}
}

func TestTheDocumentsInForceAreTheOnesToAccept(t *testing.T) {
	f := acme(t, "2027-01-15")
	f.Registration.InForce = slices.Clone(f.Registration.Accepted)
	if s := Evaluate(f); !s.Registered() {
		t.Errorf("both accepted as they are in force, but missing %v", s.Missing)
	}
	revised := Document{Kind: PrivacyPolicy, Version: "2027-03", Digest: "sha256:7f"}
	f.Registration.InForce[1] = revised
	if got := f.Registration.Unaccepted(); !slices.Equal(got, []Document{revised}) {
		t.Errorf("unaccepted: %v", got)
	}
}

func TestATenantThatIsActiveStaysSo(t *testing.T) {
	operator := newOperator(acme(t, "2027-01-15"))
	operator.work(local(t, "2027-01-15"))
	operator.facts.Registration = Registration{} // The address is being corrected, new documents are in force.
	s := operator.work(local(t, "2027-01-16"))
	if s.Lifecycle != LifecycleActive || !s.MayRun || s.Registered() {
		t.Errorf("%s, may run %t, missing %v", s.Lifecycle, s.MayRun, s.Missing)
	}
}

func TestWhatCannotBeFoundHarmsNobody(t *testing.T) {
	for _, gap := range []Reason{SubscriptionMissing, SubscriptionAmbiguous, PlanNotFound} {
		operator := newOperator(acme(t, "2027-01-15"))
		operator.facts.Feed = everComplete(t)
		operator.work(local(t, "2027-01-15"))
		f := operator.facts
		operator.facts = Facts{
			Policy: f.Policy, Registration: f.Registration, Feed: f.Feed, Assurances: sure,
			Gaps: []Reason{gap}, Recorded: f.Recorded,
		}
		s := operator.work(local(t, "2027-06-01"))
		if s.Billing != BillingCurrent || !s.MayRun || len(s.Due) != 0 || s.PaidThrough != date(t, "2027-01-30") {
			t.Errorf("%s: %s, may run %t, due %v, paid through %s", gap, s.Billing, s.MayRun, s.Due, s.PaidThrough)
		}
		if !s.Licence.Granted || !s.Licence.Until.After(s.At) {
			t.Errorf("%s: %+v", gap, s.Licence)
		}
	}
}

func TestPaymentsThatWentMissingAreNoLapse(t *testing.T) {
	operator := newOperator(acme(t, "2027-01-15"))
	operator.facts.Feed = everComplete(t)
	operator.work(local(t, "2027-01-15"))
	kept := operator.facts.Payments
	operator.facts.Payments = nil
	s := operator.work(local(t, "2027-06-01"))
	if s.Billing != BillingCurrent || !s.MayRun || !slices.Equal(s.Missing, []Reason{BillingDataLost}) {
		t.Errorf("a ledger restored without its status: %s, missing %v", s.Billing, s.Missing)
	}
	operator.facts.Payments = kept
	if s := operator.evaluate(local(t, "2027-06-02")); s.Billing != BillingDisabled || !s.Registered() {
		t.Errorf("the payments are back: %s, missing %v", s.Billing, s.Missing)
	}
}
