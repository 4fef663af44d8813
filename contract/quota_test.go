package contract_test

import (
	"slices"
	"testing"

	. "github.com/grupobizopps/salexops/contract"
)

func TestAFullTenantHasFiveWholeDays(t *testing.T) {
	policy := DefaultPolicy()
	for _, delivered := range []string{"2027-03-10", "2027-03-10 23:59:59"} {
		got, ok := policy.OverQuotaActs(Delivery{AcceptedAt: local(t, delivered)})
		if !ok || !got.At.Equal(local(t, "2027-03-16")) || got.From != date(t, "2027-03-10") {
			t.Errorf("told %s: %+v, %t, not 16 Mar 00:00 (contract.md 5.3)", delivered, got, ok)
		}
	}
	if got, ok := policy.OverQuotaActs(Delivery{}); ok {
		t.Errorf("not told, and yet %+v", got)
	}
}

// full is a tenant on the free plan whose documents fill its 512 MiB, told so on
// 10 March.
func full(t testing.TB, now string, action OverQuotaAction) Facts {
	t.Helper()
	f := paid(t, now)
	f.Requested = free
	f.Requested.DocumentQuota = 512 << 20
	f.Policy.OverQuota = action
	f.Documents = Documents{Bytes: 512 << 20, FullSince: local(t, "2027-03-10"), Notice: Delivery{AcceptedAt: local(t, "2027-03-10")}}
	return f
}

func kindsDue(s Standing) []ActKind {
	var kinds []ActKind
	for _, act := range s.Due {
		kinds = append(kinds, act.Kind)
	}
	return kinds
}

func TestWhatBecomesOfATenantThatIsFull(t *testing.T) {
	for _, c := range []struct {
		because string
		now     string
		change  func(*Facts)
		due     []ActKind
	}{
		{"not told yet", "2027-03-20", func(f *Facts) { f.Documents.Notice = Delivery{} }, []ActKind{ActOverQuotaNotice}},
		{"the mail came back", "2027-03-20", func(f *Facts) { f.Documents.Notice.BouncedAt = local(t, "2027-03-11") }, []ActKind{ActOverQuotaNotice}},
		{"the fifth whole day", "2027-03-15 23:59:59", nil, nil},
		{"and over", "2027-03-16", nil, []ActKind{ActOverQuotaPurge}},
		{"one byte of room", "2027-03-16", func(f *Facts) { f.Documents.Bytes-- }, nil},
		{"nothing is deleted", "2027-03-16", func(f *Facts) { f.Policy.OverQuota = OverQuotaReadOnly }, nil},
		{"no policy is none", "2027-03-16", func(f *Facts) { f.Policy.OverQuota = "" }, nil},
		{"done", "2027-03-17", func(f *Facts) { f.Documents.ActedAt = local(t, "2027-03-16") }, nil},
		{"the quota is unknown", "2027-03-16", func(f *Facts) { f.Requested.DocumentQuota = 0 }, nil},
	} {
		f := full(t, c.now, OverQuotaAll)
		if c.change != nil {
			c.change(&f)
		}
		if s := Evaluate(f); !slices.Equal(kindsDue(s), c.due) || s.Lapse != nil || !s.MayRun {
			t.Errorf("%s: due %v, not %v; may run %t", c.because, kindsDue(s), c.due, s.MayRun)
		}
	}
}

func TestDeletingOverTheQuotaNeedsItsGuards(t *testing.T) {
	for guard, spoil := range map[Guard]func(*Facts){
		GuardNotFrozen:     func(f *Facts) { f.Policy.Freeze = true },
		GuardNotHeld:       func(f *Facts) { f.Hold = true },
		GuardBreakerClosed: func(f *Facts) { f.Assurances.PurgeBreakerClosed = false },
		GuardClockAgrees:   func(f *Facts) { f.Assurances.ClockAgrees = false },
		GuardReadLive:      func(f *Facts) { f.Assurances.ReadLive = false },
	} {
		f := full(t, "2027-03-16", OverQuotaOldestFirst)
		spoil(&f)
		s := Evaluate(f)
		if len(s.Due) != 1 || !slices.Equal(s.Due[0].BlockedBy, []Guard{guard}) || s.Next.What != EventOverQuotaPurge {
			t.Errorf("without %s: due %+v, next %+v", guard, s.Due, s.Next)
		}
	}
}

// Paid plans: the owner is told, and nothing is ever deleted for size
// (contract.md 5.2 and 5.4).
func TestAPaidTenantLosesNothingForItsSize(t *testing.T) {
	f := paidAllYear(t, "2027-03-16")
	f.Policy.OverQuota, f.Requested.DocumentQuota, f.Documents = OverQuotaAll, 1, Documents{Bytes: 2}
	if got := kindsDue(Evaluate(f)); !slices.Equal(got, []ActKind{ActOverQuotaNotice}) {
		t.Errorf("due %v", got)
	}
	f.Documents.Notice.AcceptedAt = local(t, "2027-03-01")
	if s := Evaluate(f); len(s.Due) != 0 || !s.OverQuota.At.IsZero() || !s.Full {
		t.Errorf("due %v, %+v", kindsDue(s), s.OverQuota)
	}
}

// A notice from before a downgrade spoke of a quota at which nothing is deleted.
func TestADowngradeIsToldAnew(t *testing.T) {
	f := full(t, "2027-04-10", OverQuotaAll)
	before := f.Requested
	before.Plan, before.From = "small", date(t, "2026-12-31")
	f.Requested.From = date(t, "2027-04-01")
	f.Agreements = []Agreement{before, f.Requested}
	if got := kindsDue(Evaluate(f)); !slices.Equal(got, []ActKind{ActOverQuotaNotice}) {
		t.Errorf("due %v (contract.md 5.5)", got)
	}
	f.Documents.Notice.AcceptedAt = local(t, "2027-04-01")
	if s := Evaluate(f); !slices.Equal(kindsDue(s), []ActKind{ActOverQuotaPurge}) || !s.OverQuota.At.Equal(local(t, "2027-04-07")) {
		t.Errorf("due %v, %+v", kindsDue(s), s.OverQuota)
	}
}

func TestTheDeletionOverTheQuotaIsNext(t *testing.T) {
	s := Evaluate(full(t, "2027-03-12", OverQuotaAll))
	if s.Next.What != EventOverQuotaPurge || !s.WakeAt.Equal(local(t, "2027-03-16")) || s.Next.Why != "counted from 2027-03-10 (contract.md 5.3)" {
		t.Errorf("next %+v, wakes at %s", s.Next, s.WakeAt)
	}
}
