package contract_test

import (
	"testing"

	. "github.com/grupobizopps/salexops/contract"
)

func TestAProviderHasThirtyBusinessDays(t *testing.T) {
	policy := DefaultPolicy()
	for received, ends := range map[string]string{
		"2027-01-04 09:00":    "2027-02-17",
		"2027-01-04 23:59:59": "2027-02-17",
		"2030-09-02 12:00":    "2030-10-17",
	} {
		got := policy.ProviderBreachEnds(local(t, received))
		if !got.At.Equal(local(t, ends)) || got.From != date(t, received[:10]) {
			t.Errorf("received %s: ends %+v, not %s 00:00 (contract.md 9)", received, got, ends)
		}
	}
}

func TestAnExportWindowHasThirtyWholeDays(t *testing.T) {
	policy := DefaultPolicy()
	for _, ended := range []string{"2027-03-01", "2027-03-01 15:00"} {
		last, deletion := policy.ExportWindow(local(t, ended))
		if last != date(t, "2027-03-31") || !deletion.At.Equal(local(t, "2027-04-01")) || deletion.From != date(t, "2027-03-01") {
			t.Errorf("ended %s: open through %s, deleted %+v (contract.md 9)", ended, last, deletion)
		}
	}
}

func TestWhatFollowsTheEnd(t *testing.T) {
	breach := word(t, CauseProviderBreach, "2027-01-04 09:00") // ends 17 Feb
	request := word(t, CauseOwnerRequest, "2027-03-01 10:00")
	for _, c := range []struct {
		because   string
		now       string
		words     []Cancellation
		lifecycle Lifecycle
		access    Access
		due       bool
	}{
		{"the window opens", "2027-02-17", []Cancellation{breach}, LifecycleExporting, AccessExportOnly, false},
		{"thirty whole days", "2027-03-19 23:59:59", []Cancellation{breach}, LifecycleExporting, AccessExportOnly, false},
		{"and over", "2027-03-20", []Cancellation{breach}, LifecycleDeleting, AccessClosed, true},
		{"the owner doesn't want to wait", "2027-03-01 10:00", []Cancellation{breach, request}, LifecycleDeleting, AccessClosed, true},
		{"the owner's own word has no window", "2027-03-01 10:00", []Cancellation{request}, LifecycleDeleting, AccessClosed, true},
	} {
		s := Evaluate(cancelled(t, c.now, c.words...))
		due := len(s.Due) == 1 && s.Due[0].Kind == ActDelete && s.Due[0].Permitted()
		if s.Lifecycle != c.lifecycle || s.Access != c.access || due != c.due {
			t.Errorf("%s: %s, %s, due %v (contract.md 9)", c.because, s.Lifecycle, s.Access, s.Due)
		}
	}
}

func TestADisableForGoodEndsTheContract(t *testing.T) {
	s := Evaluate(paidAllYear(t, "2027-05-16", breach(t, ActionDisable)))
	if s.Ending.Cause != CausePermanentDisable || !s.Ending.Ends.At.Equal(local(t, "2027-05-16")) ||
		s.Ending.ExportUntil != date(t, "2027-06-15") || s.Lifecycle != LifecycleExporting || s.Access != AccessExportOnly {
		t.Errorf("%+v, %s, %s", s.Ending, s.Lifecycle, s.Access)
	}
	s = Evaluate(paidAllYear(t, "2027-05-12", breach(t, ActionDisable)))
	if s.Lifecycle != LifecycleActive || !s.Ending.Ends.At.Equal(local(t, "2027-05-16")) {
		t.Errorf("before: %s, ends %+v", s.Lifecycle, s.Ending)
	}
}

// Arrears never shorten an export window (contract.md 9), and the owner signs in
// with a licence that lasts as long.
func TestArrearsNeverShortenAnExportWindow(t *testing.T) {
	acme := lapsed(t)
	acme.facts.Cancellations = []Cancellation{word(t, CauseProviderBreach, "2027-01-04 09:00")}
	acme.work(local(t, "2027-02-04"))
	for _, now := range []string{"2027-02-17", "2027-02-20", "2027-03-03", "2027-03-19 23:59:59"} {
		s := acme.work(local(t, now))
		if s.Lifecycle != LifecycleExporting || s.Access != AccessExportOnly || len(s.Due) != 0 || s.Billing != BillingDisabled {
			t.Errorf("%s: %s, %s, %s, due %+v", now, s.Billing, s.Lifecycle, s.Access, s.Due)
		}
		if !s.Licence.Until.Equal(local(t, "2027-03-20")) {
			t.Errorf("%s: licence until %s", now, s.Licence.Until)
		}
	}
	if len(acme.told) != 0 || len(acme.purged) != 0 {
		t.Errorf("told %v, purged %v", acme.told, acme.purged)
	}
}

// A purge past its fence has no way back, and the final deletion takes its place
// (contract.md 9).
func TestACancellationDuringAPurgeWidensIt(t *testing.T) {
	f := lapsedAt(t, "2027-03-03 00:01", Lapse{PurgeStartedAt: local(t, "2027-03-03")})
	f.Cancellations = []Cancellation{word(t, CauseOwnerRequest, "2027-03-03 00:01")}
	s := Evaluate(f)
	if s.Lifecycle != LifecycleDeleting || len(s.Due) != 1 || s.Due[0].Kind != ActDelete {
		t.Errorf("%s, due %+v", s.Lifecycle, s.Due)
	}
}

func TestDeletingEverythingNeedsItsGuards(t *testing.T) {
	for guard, spoil := range map[Guard]func(*Facts){
		GuardNotFrozen:   func(f *Facts) { f.Policy.Freeze = true },
		GuardNotHeld:     func(f *Facts) { f.Hold = true },
		GuardClockAgrees: func(f *Facts) { f.Assurances.ClockAgrees = false },
		GuardReadLive:    func(f *Facts) { f.Assurances.ReadLive = false },
	} {
		f := cancelled(t, "2027-04-01", word(t, CauseProviderBreach, "2027-01-04 09:00"))
		spoil(&f)
		s := Evaluate(f)
		if len(s.Due) != 1 || len(s.Due[0].BlockedBy) != 1 || s.Due[0].BlockedBy[0] != guard || s.Next.What != EventDeletion {
			t.Errorf("without %s: due %+v, next %+v", guard, s.Due, s.Next)
		}
		if s.Access != AccessExportOnly {
			t.Errorf("without %s: %s; the window stays open while the deletion waits", guard, s.Access)
		}
	}
}

func TestWhatWasOnlyGoingToEndMayBePutRight(t *testing.T) {
	f := paidAllYear(t, "2027-05-20")
	f.Recorded = Recorded{Billing: BillingCurrent, Lifecycle: LifecycleActive, Ending: Ending{
		Cause: CausePermanentDisable, Ends: Deadline{At: local(t, "2027-05-16")},
	}}
	if s := Evaluate(f); s.Lifecycle != LifecycleActive || s.Ending != (Ending{}) {
		t.Errorf("%s, %+v", s.Lifecycle, s.Ending)
	}
}

func TestARecordedEndStands(t *testing.T) {
	f := paidAllYear(t, "2027-03-01")
	f.Recorded = Recorded{Lifecycle: LifecycleExporting, Ending: Ending{
		Cause: CauseProviderBreach, Ends: Deadline{At: local(t, "2027-02-17")},
	}}
	s := Evaluate(f)
	if s.Lifecycle != LifecycleExporting || s.Ending.ExportUntil != date(t, "2027-03-19") {
		t.Errorf("%s, %+v", s.Lifecycle, s.Ending)
	}
	f.Now = local(t, "2027-01-01") // A clock that goes back reverses nothing.
	if s := Evaluate(f); s.Lifecycle != LifecycleExporting || !s.At.Equal(local(t, "2027-02-17")) {
		t.Errorf("%s at %s", s.Lifecycle, s.At)
	}
	f.Deletion = Deletion{StartedAt: local(t, "2027-03-20"), CompletedAt: local(t, "2027-03-20")}
	if s := Evaluate(f); s.Lifecycle != LifecycleDeleted || len(s.Due) != 0 || s.Access != AccessClosed {
		t.Errorf("%s, due %+v, %s", s.Lifecycle, s.Due, s.Access)
	}
}

// Of two ends at one instant the one that contract.md 9 names first counts, in
// whatever order they were told.
func TestWhatEndsItFirstEndsIt(t *testing.T) {
	objected := objection(t, "2027-03-10")
	request := word(t, CauseOwnerRequest, "2027-03-17")
	for _, words := range [][]Cancellation{{objected, request}, {request, objected}} {
		f := asked(t, "2027-03-17")
		f.Cancellations = words
		if s := Evaluate(f); s.Ending.Cause != CauseOwnerRequest || !s.Ending.ExportUntil.IsZero() {
			t.Errorf("%+v", s.Ending)
		}
	}
}
