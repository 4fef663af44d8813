package contract_test

import (
	"testing"
	"time"

	. "github.com/grupobizopps/salexops/contract"
)

// cancelled is a tenant that has paid for the year, with cancellations that were
// received and verified at the same instant.
func cancelled(t testing.TB, now string, cancellations ...Cancellation) Facts {
	t.Helper()
	f := paidAllYear(t, now)
	f.Cancellations = cancellations
	return f
}

// word is a cancellation that was received and verified at an instant.
func word(t testing.TB, cause Cause, at string) Cancellation {
	t.Helper()
	return Cancellation{Cause: cause, ReceivedAt: local(t, at), VerifiedAt: local(t, at)}
}

func TestWhenACancellationEndsTheContract(t *testing.T) {
	breach := word(t, CauseProviderBreach, "2027-01-04 09:00")
	mended := func(at string) Cancellation {
		c := breach
		c.CorrectedAt = local(t, at)
		return c
	}
	forged := word(t, CauseOwnerRequest, "2027-02-01 10:00")
	forged.VerifiedAt = time.Time{}
	confirmed := word(t, CauseOwnerRequest, "2027-02-01 10:00")
	confirmed.VerifiedAt = local(t, "2027-02-03 12:00")
	doubted := breach
	doubted.VerifiedAt = time.Time{}
	for _, c := range []struct {
		because string
		now     string
		word    Cancellation
		want    Lifecycle
		ends    string
	}{
		{"the owner's word, before it is verified", "2027-02-03 11:59:59", confirmed, LifecycleActive, ""},
		{"and the moment it is", "2027-02-03 12:00", confirmed, LifecycleDeleting, "2027-02-03 12:00"},
		{"a sender can be forged", "2027-12-01", forged, LifecycleActive, ""},
		{"the provider's thirtieth business day", "2027-02-16 23:59:59", breach, LifecycleActive, "2027-02-17"},
		{"and over", "2027-02-17", breach, LifecycleExporting, "2027-02-17"},
		{"corrected on the last day", "2027-02-17", mended("2027-02-16 23:59:59"), LifecycleActive, ""},
		{"corrected too late", "2027-02-17", mended("2027-02-17"), LifecycleExporting, "2027-02-17"},
		{"nobody knows whose word it is", "2027-12-01", doubted, LifecycleActive, ""},
		{"a case of breach ends the contract itself", "2027-12-01", word(t, CausePermanentDisable, "2027-02-01"), LifecycleActive, ""},
		{"an objection to nothing", "2027-12-01", word(t, CauseTermsObjection, "2027-02-01"), LifecycleActive, ""},
	} {
		s := Evaluate(cancelled(t, c.now, c.word))
		if s.Lifecycle != c.want {
			t.Errorf("%s: %s, not %s (contract.md 9)", c.because, s.Lifecycle, c.want)
		}
		switch {
		case c.ends == "" && s.Ending != Ending{}:
			t.Errorf("%s: ends %+v", c.because, s.Ending)
		case c.ends != "" && !s.Ending.Ends.At.Equal(local(t, c.ends)):
			t.Errorf("%s: ends %s, not %s", c.because, s.Ending.Ends.At, c.ends)
		}
		if s.MayRun != (c.want == LifecycleActive) || s.SupportEntitled != s.MayRun {
			t.Errorf("%s: may run %t, support %t", c.because, s.MayRun, s.SupportEntitled)
		}
	}
}

func TestTheEndIsNextAndSaysWhy(t *testing.T) {
	s := Evaluate(cancelled(t, "2027-02-01", word(t, CauseProviderBreach, "2027-01-04 09:00")))
	if s.Next.What != EventEnd || s.Next.Why != "counted from 2027-01-04 (contract.md 9)" || !s.WakeAt.Equal(local(t, "2027-02-17")) {
		t.Errorf("next %+v, wakes at %s", s.Next, s.WakeAt)
	}
}
