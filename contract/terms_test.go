package contract_test

import (
	"testing"
	"time"

	"pgregory.net/rapid"

	. "github.com/grupobizopps/salexops/contract"
)

// asked is a tenant that has paid for the year and was told on 1 March of the
// revision of contract.md 10, which takes effect on 17 March.
func asked(t testing.TB, now string) Facts {
	t.Helper()
	f := paidAllYear(t, now)
	f.Terms = []Terms{{Name: "terms-2027-03", Revision: march(t), Mail: Delivery{AcceptedAt: local(t, "2027-03-01")}}}
	if f.Now.Before(local(t, "2027-03-01")) {
		f.Terms[0].Mail = Delivery{}
	}
	return f
}

func objection(t testing.TB, at string) Cancellation {
	c := word(t, CauseTermsObjection, at)
	c.Revision = "terms-2027-03"
	return c
}

func TestATenantDecidesOnce(t *testing.T) {
	explicit := func(f *Facts) {
		f.Terms[0].Decision = Decision{Outcome: TermsAccepted, Mode: ModeExplicit, At: local(t, "2027-03-10")}
	}
	objects := func(at string) func(*Facts) {
		return func(f *Facts) { f.Cancellations = append(f.Cancellations, objection(t, at)) }
	}
	for _, c := range []struct {
		because string
		now     string
		happens []func(*Facts)
		want    Decision
		life    Lifecycle
	}{
		{"nothing was said yet", "2027-03-16 23:59:59", nil, Decision{}, LifecycleActive},
		{"silence is acceptance", "2027-03-17", nil, Decision{TermsAccepted, ModeSilence, local(t, "2027-03-17")}, LifecycleActive},
		{"accepted before", "2027-03-17", []func(*Facts){explicit}, Decision{TermsAccepted, ModeExplicit, local(t, "2027-03-10")}, LifecycleActive},
		{"objected in time", "2027-03-16 23:55", []func(*Facts){objects("2027-03-16 23:50")}, Decision{TermsObjected, ModeExplicit, local(t, "2027-03-16 23:50")}, LifecycleActive},
		{"and it ends with the effect", "2027-03-17", []func(*Facts){objects("2027-03-16 23:50")}, Decision{TermsObjected, ModeExplicit, local(t, "2027-03-16 23:50")}, LifecycleExporting},
		{"objected too late", "2027-03-18", []func(*Facts){objects("2027-03-17 00:00")}, Decision{TermsAccepted, ModeSilence, local(t, "2027-03-17")}, LifecycleActive},
		{"accepted, then objected", "2027-03-18", []func(*Facts){explicit, objects("2027-03-11")}, Decision{TermsAccepted, ModeExplicit, local(t, "2027-03-10")}, LifecycleActive},
		{"objected, then accepted", "2027-03-18", []func(*Facts){explicit, objects("2027-03-09")}, Decision{TermsObjected, ModeExplicit, local(t, "2027-03-09")}, LifecycleExporting},
	} {
		f := asked(t, c.now)
		for _, happens := range c.happens {
			happens(&f)
		}
		s := Evaluate(f)
		got := s.Terms[0].Decision
		if got.Outcome != c.want.Outcome || got.Mode != c.want.Mode || !got.At.Equal(c.want.At) || s.Lifecycle != c.life {
			t.Errorf("%s: %+v, %s; want %+v, %s (contract.md 10)", c.because, got, s.Lifecycle, c.want, c.life)
		}
	}
}

// While nobody knows whether an objection comes from the owner, silence means
// nothing; once it is known, the contract ends.
func TestAnObjectionInDoubtKeepsSilenceFromCounting(t *testing.T) {
	f := asked(t, "2027-03-18")
	doubted := objection(t, "2027-03-16")
	doubted.VerifiedAt = time.Time{}
	f.Cancellations = []Cancellation{doubted}
	if s := Evaluate(f); s.Terms[0].Decision.Outcome != "" || s.Lifecycle != LifecycleActive {
		t.Errorf("in doubt: %+v, %s", s.Terms[0].Decision, s.Lifecycle)
	}
	f.Cancellations[0].VerifiedAt = local(t, "2027-03-18")
	if s := Evaluate(f); s.Terms[0].Decision.Outcome != TermsObjected || !s.Ending.Ends.At.Equal(local(t, "2027-03-18")) {
		t.Errorf("verified: %+v, ends %s", s.Terms[0].Decision, s.Ending.Ends.At)
	}
}

func TestWhoseContractIsOverSaysNothingByNotSpeaking(t *testing.T) {
	f := asked(t, "2027-03-20")
	f.Cancellations = []Cancellation{word(t, CauseProviderBreach, "2027-01-04 09:00")}
	if s := Evaluate(f); s.Terms[0].Decision.Outcome != "" {
		t.Errorf("%+v", s.Terms[0].Decision)
	}
	f = paid(t, "2027-03-20")
	f.Terms = asked(t, "2027-03-20").Terms
	if s := Evaluate(f); s.Lifecycle != LifecyclePending || s.Terms[0].Decision.Outcome != "" {
		t.Errorf("%s, %+v", s.Lifecycle, s.Terms[0].Decision)
	}
}

func TestPersonalDataWaitForTheTenantsOwnMail(t *testing.T) {
	f := asked(t, "2027-04-20")
	f.Terms[0].AffectsPersonalData = true
	f.Terms[0].Mail = Delivery{}
	if s := Evaluate(f); s.Terms[0].Decision.Outcome != "" || !s.Terms[0].Effective.At.IsZero() {
		t.Errorf("not told: %+v", s.Terms[0])
	}
	f.Terms[0].Mail.AcceptedAt = local(t, "2027-04-09 10:00")
	if s := Evaluate(f); !s.Terms[0].Decision.At.Equal(local(t, "2027-04-20")) { // 9 Apr + 11
		t.Errorf("told on 9 Apr: %+v", s.Terms[0])
	}
}

// Properties 15 and 16 of contract.md 12, over the whole of a standing.
func TestNobodyBothAcceptsAndObjects(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		f := anyFacts(t)
		revision := Revision{AnnouncedOn: anyDate(t, "announced"), PostedOn: anyDate(t, "posted"), Exception: rapid.Bool().Draw(t, "exception")}
		f.Terms, f.Cancellations = []Terms{{Name: "r", Revision: revision}}, nil
		if rapid.Bool().Draw(t, "decided") {
			f.Terms[0].Decision = Decision{Outcome: TermsAccepted, Mode: ModeExplicit, At: anyInstant(t, "decided at")}
		}
		for range rapid.IntRange(0, 3).Draw(t, "objections") {
			at := anyInstant(t, "objected")
			f.Cancellations = append(f.Cancellations, Cancellation{Cause: CauseTermsObjection, Revision: "r", ReceivedAt: at, VerifiedAt: at})
		}
		first := Evaluate(f)
		f.Recorded = Recorded{Billing: first.Billing, Lifecycle: first.Lifecycle, PaidThrough: first.PaidThrough, Ending: first.Ending}
		if decision := first.Terms[0].Decision; decision.Outcome == TermsAccepted {
			f.Terms[0].Decision = decision
		}
		f.Now = f.Now.Add(time.Duration(rapid.IntRange(0, 400*24).Draw(t, "hours later")) * time.Hour)
		s := Evaluate(f)
		if was, is := first.Terms[0].Decision, s.Terms[0].Decision; was.Outcome != "" && was != is {
			t.Fatalf("property 16: %+v, and then %+v", was, is)
		}
		decision := s.Terms[0].Decision
		on := hermosillo.DateOf(decision.At.Add(-1))
		if decision.Mode == ModeSilence && (on.DaysSince(revision.PostedOn) < 10 || !revision.Exception && on.DaysSince(revision.AnnouncedOn) < 15) {
			t.Fatalf("property 15: %+v in force after %s", revision, on)
		}
		if (decision.Outcome == TermsObjected) != (s.Ending.Cause == CauseTermsObjection) {
			t.Fatalf("decided %+v, ends %+v", decision, s.Ending)
		}
	})
}
