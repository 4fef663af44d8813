package sqlite

import (
	"errors"
	"maps"
	"testing"
	"time"

	"github.com/grupobizopps/salexops/crm"
)

// kinds of what was asked for, the newest first.
func asked(t *testing.T, o *office) []crm.RequestKind {
	t.Helper()
	all, err := o.Requests(o.owner)
	if err != nil {
		t.Fatal(err)
	}
	var kinds []crm.RequestKind
	for _, r := range all {
		kinds = append(kinds, r.Kind)
	}
	return kinds
}

func comingTerms(o *office) crm.Terms {
	at := o.clock.Now().Add(16 * 24 * time.Hour)
	return crm.Terms{Revision: "terms-2", Kind: crm.TermsOfService, Version: "2", Digest: "sha256:7f83", EffectiveAt: at, ObjectUntil: at.Add(-5 * 24 * time.Hour)}
}

func TestTermsAreDecidedOnce(t *testing.T) {
	for accept, want := range map[bool]crm.RequestKind{true: crm.RequestTermsAccepted, false: crm.RequestTermsObjected} {
		o := newOffice(t)
		o.rights.Terms = []crm.Terms{comingTerms(o)}
		if err := o.DecideTerms(o.owner, "terms-2", accept); err != nil {
			t.Fatal(err)
		}
		for _, again := range []bool{true, false} {
			if err := o.DecideTerms(o.owner, "terms-2", again); !errors.Is(err, crm.ErrConflict) {
				t.Errorf("decided once more: %v", err)
			}
		}
		all, err := o.Requests(o.owner)
		if err != nil || len(all) != 1 {
			t.Fatalf("requests: %v, %v", all, err)
		}
		r := all[0]
		if r.Kind != want || r.Reference != "terms-2" || r.Digest != "sha256:7f83" || r.UserEmail != "lucia@acme.example" || !r.AcknowledgedAt.IsZero() {
			t.Errorf("stored %+v", r)
		}
		if log := audited(t, o, crm.AuditFilter{Kind: crm.KindAccount}); len(log) != 1 || log[0].Title != "2" {
			t.Errorf("recorded %+v", log)
		}
	}
}

func TestTermsThatCannotBeDecided(t *testing.T) {
	o := newOffice(t)
	manager, _, _ := o.hire(crm.RoleManager, "eva@acme.example")
	terms := comingTerms(o)
	late, decided := terms, terms
	late.Revision, late.ObjectUntil = "late", o.clock.Now()
	decided.Revision, decided.Decision = "decided", crm.TermsAccepted
	old := terms
	old.Revision, old.EffectiveAt = "old", o.clock.Now()
	o.rights.Terms = []crm.Terms{terms, late, decided, old}
	for name, test := range map[string]struct{ err, want error }{
		"nobody knows it":      {o.DecideTerms(o.owner, "nothing", true), crm.ErrNotFound},
		"too late to object":   {o.DecideTerms(o.owner, "late", false), crm.ErrConflict},
		"never late to accept": {o.DecideTerms(o.owner, "late", true), nil},
		"decided elsewhere":    {o.DecideTerms(o.owner, "decided", true), crm.ErrConflict},
		"in force":             {o.DecideTerms(o.owner, "old", false), crm.ErrConflict},
		"by a manager":         {o.DecideTerms(manager, "terms-2", true), crm.ErrForbidden},
	} {
		if !errors.Is(test.err, test.want) {
			t.Errorf("%s: %v, want %v", name, test.err, test.want)
		}
	}
}

func TestSupportIsAskedFor(t *testing.T) {
	o := newOffice(t)
	manager, _, _ := o.hire(crm.RoleManager, "eva@acme.example")
	call := crm.RequestPayload{Category: crm.SupportTechnical, Subject: " No  abre ", Text: "Desde ayer.\r\nGracias.", Reference: "x"}
	if err := o.AskSupport(o.owner, call); !errors.As(err, new(crm.Invalid)) {
		t.Errorf("not entitled: %v", err)
	}
	o.rights.SupportEntitled = true
	if err := o.AskSupport(manager, call); !errors.Is(err, crm.ErrForbidden) {
		t.Errorf("by a manager: %v", err)
	}
	if err := o.AskSupport(o.owner, call); err != nil {
		t.Fatal(err)
	}
	o.rights.SupportEntitled, o.rights.Access = false, accessExportOnly
	call.Category = crm.SupportBilling
	if err := o.AskSupport(o.owner, call); err != nil {
		t.Errorf("billing is always taken: %v", err)
	}
	all, err := o.Requests(o.owner)
	if err != nil || len(all) != 2 {
		t.Fatalf("requests: %v, %v", all, err)
	}
	if p := all[1].RequestPayload; p != (crm.RequestPayload{Category: crm.SupportTechnical, Subject: "No abre", Text: "Desde ayer.\nGracias."}) {
		t.Errorf("stored %+v", p)
	}
}

func TestCancellingNeedsNameAndPassword(t *testing.T) {
	o := newOffice(t)
	o.rights.Name = "Ferretería Acme"
	manager, _, _ := o.hire(crm.RoleManager, "eva@acme.example")
	for name, test := range map[string]struct {
		company, password string
		want              crm.Invalid
	}{
		"both wrong":     {"Acme", "no", crm.Invalid{"company": crm.KeyCompanyName, "password": crm.KeyPasswordWrong}},
		"wrong name":     {"Acme", ownerPassword, crm.Invalid{"company": crm.KeyCompanyName}},
		"wrong password": {"Ferretería Acme", "", crm.Invalid{"password": crm.KeyPasswordWrong}},
	} {
		var got crm.Invalid
		if err := o.Cancel(o.owner, test.company, test.password); !errors.As(err, &got) || !maps.Equal(got, test.want) {
			t.Errorf("%s: %v, want %v", name, err, test.want)
		}
	}
	if err := o.Cancel(manager, "Ferretería Acme", ownerPassword); !errors.Is(err, crm.ErrForbidden) {
		t.Errorf("by a manager: %v", err)
	}
	if got := asked(t, o); len(got) != 0 {
		t.Fatalf("asked for already: %v", got)
	}
	for range 2 {
		if err := o.Cancel(o.owner, "ferretería acme", ownerPassword); err != nil {
			t.Fatal(err)
		}
	}
	if got := asked(t, o); len(got) != 1 || got[0] != crm.RequestCancellation {
		t.Errorf("asked for: %v", got)
	}
}

func TestGuessingThePasswordOfACancellationIsSlowedDown(t *testing.T) {
	o := newOffice(t)
	o.rights.Name = "Acme"
	var slow *crm.TooManyAttempts
	for range 20 {
		if err := o.Cancel(o.owner, "Acme", "no"); errors.As(err, &slow) {
			return
		}
	}
	t.Error("twenty guesses and no wait")
}

func TestRequestsAreReportedUntilAcknowledged(t *testing.T) {
	o := newOffice(t)
	o.rights.SupportEntitled = true
	for _, subject := range []string{"uno", "dos", "tres"} {
		if err := o.AskSupport(o.owner, crm.RequestPayload{Category: crm.SupportBilling, Subject: subject, Text: "x"}); err != nil {
			t.Fatal(err)
		}
	}
	open := func() []string {
		all, err := o.OpenRequests(t.Context(), 2)
		if err != nil {
			t.Fatal(err)
		}
		var subjects []string
		for _, r := range all {
			subjects = append(subjects, r.Subject)
		}
		return subjects
	}
	if got := open(); len(got) != 2 || got[0] != "uno" {
		t.Errorf("open: %q", got)
	}
	commits := o.Stats().Commits
	for range 3 {
		if err := o.AcknowledgeRequests(t.Context(), 2); err != nil {
			t.Fatal(err)
		}
	}
	if o.Stats().Commits != commits+1 {
		t.Errorf("acknowledging the same again writes")
	}
	o.reopen()
	if got := open(); len(got) != 1 || got[0] != "tres" {
		t.Errorf("after a restart: %q", got)
	}
	all, err := o.Requests(o.owner)
	if err != nil || !all[0].AcknowledgedAt.IsZero() || all[2].AcknowledgedAt.IsZero() {
		t.Errorf("requests: %+v, %v", all, err)
	}
}
