package contract_test

import (
	"testing"

	"pgregory.net/rapid"

	. "github.com/grupobizopps/salexops/contract"
)

// march is the revision of contract.md 10: A = 1 Mar, P = 6 Mar.
func march(t testing.TB) Revision {
	return Revision{AnnouncedOn: date(t, "2027-03-01"), PostedOn: date(t, "2027-03-06")}
}

func TestARevisionTakesEffectWhenBothDelaysAreOver(t *testing.T) {
	policy := DefaultPolicy()
	for _, c := range []struct{ announced, posted, effective string }{
		{"2027-03-01", "2027-03-06", "2027-03-17"},
		{"2027-03-01", "2027-03-01", "2027-03-17"},
		{"2027-03-01", "2027-03-07", "2027-03-18"},
	} {
		got, ok := policy.RevisionEffective(Revision{AnnouncedOn: date(t, c.announced), PostedOn: date(t, c.posted)}, Delivery{})
		if !ok || !got.At.Equal(local(t, c.effective)) {
			t.Errorf("announced %s, posted %s: %+v, %t, not %s (contract.md 10)", c.announced, c.posted, got, ok, c.effective)
		}
	}
}

// An exception spares the days of announcement; the days to object stay
// (contract.md 10).
func TestAnExceptionLeavesTheDaysToObject(t *testing.T) {
	policy := DefaultPolicy()
	for _, c := range []struct{ announced, posted, effective string }{
		{"2027-03-01", "2027-03-01", "2027-03-12"},
		{"2027-03-01", "2027-03-06", "2027-03-17"},
		{"2027-03-20", "2027-03-01", "2027-03-20"},
	} {
		got, ok := policy.RevisionEffective(Revision{AnnouncedOn: date(t, c.announced), PostedOn: date(t, c.posted), Exception: true}, Delivery{})
		if !ok || !got.At.Equal(local(t, c.effective)) {
			t.Errorf("announced %s, posted %s: %+v, %t, not %s", c.announced, c.posted, got, ok, c.effective)
		}
	}
}

func TestPersonalDataNeedADeliveredMail(t *testing.T) {
	policy, revision := DefaultPolicy(), march(t)
	revision.AffectsPersonalData = true
	if got, ok := policy.RevisionEffective(revision, Delivery{}); ok {
		t.Errorf("nobody was told, and yet it takes effect %+v", got)
	}
	late := Delivery{AcceptedAt: local(t, "2027-03-20 10:00")}
	if got, ok := policy.RevisionEffective(revision, late); !ok || !got.At.Equal(local(t, "2027-03-31")) || got.From != date(t, "2027-03-20") {
		t.Errorf("told on 20 Mar: %+v, %t, not 31 Mar", got, ok)
	}
	early := Delivery{AcceptedAt: local(t, "2027-03-02 10:00")}
	if got, ok := policy.RevisionEffective(revision, early); !ok || !got.At.Equal(local(t, "2027-03-17")) {
		t.Errorf("told on 2 Mar: %+v, %t, not 17 Mar", got, ok)
	}
	bounced := Delivery{AcceptedAt: local(t, "2027-03-02"), BouncedAt: local(t, "2027-03-02")}
	if _, ok := policy.RevisionEffective(revision, bounced); ok {
		t.Error("a mail that bounced told nobody")
	}
}

func TestAnObjectionCountsThroughTheTenthDay(t *testing.T) {
	policy := DefaultPolicy()
	for received, want := range map[string]bool{"2027-03-16 23:50": true, "2027-03-16 23:59:59": true, "2027-03-17": false, "2027-03-17 00:10": false} {
		if got := policy.ObjectionCounts(march(t), local(t, received)); got != want {
			t.Errorf("received %s: counts is %t (contract.md 10)", received, got)
		}
	}
}

// Property 15 of contract.md 12.
func TestARevisionNeverTakesEffectBeforeItsDays(t *testing.T) {
	policy := DefaultPolicy()
	rapid.Check(t, func(t *rapid.T) {
		r := Revision{AnnouncedOn: anyDate(t, "announced"), PostedOn: anyDate(t, "posted"), AffectsPersonalData: rapid.Bool().Draw(t, "personal")}
		mail := Delivery{AcceptedAt: anyInstant(t, "mail")}
		effective, ok := policy.RevisionEffective(r, mail)
		if !ok {
			t.Fatal("delivered, and yet it never takes effect")
		}
		on := hermosillo.DateOf(effective.At.Add(-1)) // the last whole day before
		if on.DaysSince(r.AnnouncedOn) < 15 || on.DaysSince(r.PostedOn) < 10 {
			t.Fatalf("announced %s, posted %s: in force after %s", r.AnnouncedOn, r.PostedOn, on)
		}
		if r.AffectsPersonalData && on.DaysSince(hermosillo.DateOf(mail.AcceptedAt)) < 10 {
			t.Fatalf("told %s: in force after %s", mail.AcceptedAt, on)
		}
	})
}
