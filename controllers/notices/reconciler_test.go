package notices

import (
	"errors"
	"slices"
	"strings"
	"testing"
	"time"

	metav1 "k8s.io/apimachinery/pkg/apis/meta/v1"
	"sigs.k8s.io/controller-runtime/pkg/client"
	"sigs.k8s.io/controller-runtime/pkg/client/fake"

	"github.com/grupobizopps/salexops/api/v1alpha1"
	"github.com/grupobizopps/salexops/mail"
)

var (
	errBusy   = &mail.Error{Fault: mail.Temporary, Doing: "naming the recipient", Said: "451 later"}
	errNobody = &mail.Error{Fault: mail.Permanent, Doing: "naming the recipient", Said: "550 <lucia@acme.example> is unknown"}
	errHungUp = &mail.Error{Fault: mail.Unknown, Doing: "waiting until it has taken the message", Said: "EOF"}
)

func TestANoticeIsHandedOverOnceAndThenCostsNothing(t *testing.T) {
	w := newWorld(t)
	w.run()
	status := w.expect(v1alpha1.NoticeAccepted, reasonAccepted)
	if len(w.post.sent) != 1 || w.post.sent[0].To != lucia || w.post.sent[0].ToName != "Lucía Moreno" {
		t.Fatalf("%+v", w.post.sent)
	}
	if !status.AcceptedAt.Equal(toSecond(w.clock.Now())) || status.NamedDate != "2027-03-03" || status.AttemptCount != 1 || status.BouncedAt != nil {
		t.Errorf("%+v", status)
	}
	w.requests = 0
	for range 3 {
		if result, err := w.step(); err != nil || result.RequeueAfter != 0 {
			t.Errorf("%+v, %v", result, err)
		}
	}
	if w.requests > 0 {
		t.Errorf("at rest it makes %d requests", w.requests)
	}
	if told := w.told(); !slices.Equal(told, []string{"NoticeAccepted"}) {
		t.Error(told)
	}
}

func TestWhoIsRefusedForNowIsTriedAgain(t *testing.T) {
	w := newWorld(t)
	w.at(0)
	w.post.answer = map[string]error{lucia: errBusy}
	comesBack := w.run()
	status := w.expect(v1alpha1.NoticePending, reasonFailed)
	if comesBack < time.Minute || comesBack > 67*time.Second || status.NextAttemptAt == nil {
		t.Errorf("in %s; %v", comesBack, status.NextAttemptAt)
	}
	w.post.answer = nil
	w.at(2)
	w.run()
	status = w.expect(v1alpha1.NoticeAccepted, reasonAccepted)
	if len(w.post.sent) != 2 || w.post.sent[0].ID != w.post.sent[1].ID || status.NextAttemptAt != nil {
		t.Errorf("%d messages, %v", len(w.post.sent), status.NextAttemptAt)
	}
	if told := w.told(); !slices.Equal(told, []string{"NoticeFailed", "NoticeAccepted"}) {
		t.Error(told)
	}
}

func TestWhoIsRefusedForGoodIsReachedAtTheAlternateAddress(t *testing.T) {
	w := newWorld(t)
	w.post.answer = map[string]error{lucia: errNobody}
	w.run()
	w.expect(v1alpha1.NoticeAccepted, reasonAccepted)
	if len(w.post.sent) != 2 || w.post.sent[1].To != cuentas || w.post.sent[0].ID == w.post.sent[1].ID {
		t.Errorf("%+v", w.post.sent)
	}
	if told := w.told(); !slices.Equal(told, []string{"NoticeFailed", "NoticeAccepted"}) {
		t.Error(told)
	}
}

func TestWhatComesBackWasNotDelivered(t *testing.T) {
	w := newWorld(t)
	w.run()
	w.at(10)
	w.report(v1alpha1.NoticeReport{Kind: v1alpha1.NoticeReportBounced, At: *stamp(9), Diagnostic: "5.1.1 lucia@acme.example unknown"})
	w.post.answer = map[string]error{cuentas: errBusy}
	w.run()
	status := w.expect(v1alpha1.NoticeBounced, reasonFailed)
	if !status.BouncedAt.Equal(stamp(9)) {
		t.Errorf("back at %v", status.BouncedAt)
	}
	w.post.answer = nil
	w.at(12)
	w.run()
	status = w.expect(v1alpha1.NoticeAccepted, reasonAccepted)
	if !status.AcceptedAt.Equal(stamp(12)) || status.BouncedAt != nil || w.post.sent[2].To != cuentas || len(status.Reports) != 1 {
		t.Errorf("%+v", status)
	}
}

func TestACrashNeverSendsTwice(t *testing.T) {
	w := newWorld(t)
	w.post.during = func() { w.cut = true } // From here on the process is dead.
	if _, err := w.step(); err == nil {
		t.Fatal("a dead process recorded something")
	}
	w.restart()
	comesBack := w.run()
	status := w.expect(v1alpha1.NoticeInDoubt, reasonInDoubt)
	if len(w.post.sent) > 0 || status.AcceptedAt != nil || comesBack > oneDay || comesBack < oneDay-time.Minute {
		t.Errorf("sent %d more; %+v; back in %s", len(w.post.sent), status, comesBack)
	}
	if told := w.told(); !slices.Equal(told, []string{"NoticeInDoubt"}) {
		t.Error(told)
	}
	w.clock.SetTime(w.clock.Now().Add(oneDay))
	w.run()
	w.expect(v1alpha1.NoticeAccepted, reasonAccepted)
	if len(w.post.sent) != 1 || w.post.sent[0].To != cuentas {
		t.Errorf("%+v", w.post.sent)
	}
}

func TestADoubtIsEndedByAReport(t *testing.T) {
	w := newWorld(t)
	w.at(0)
	w.post.answer = map[string]error{lucia: errHungUp}
	w.run()
	w.expect(v1alpha1.NoticeInDoubt, reasonInDoubt)
	w.report(v1alpha1.NoticeReport{Kind: v1alpha1.NoticeReportDelivered, At: *stamp(3)})
	w.run()
	if status := w.expect(v1alpha1.NoticeAccepted, reasonAccepted); !status.AcceptedAt.Equal(stamp(3)) || status.NamedDate != "2027-03-03" {
		t.Errorf("%+v", status)
	}
}

func TestWhatTheProcessKnowsIsNotInDoubtForWantOfAWrite(t *testing.T) {
	w := newWorld(t)
	w.post.during = func() { w.cut = true }
	if _, err := w.step(); err == nil {
		t.Fatal("the write worked")
	}
	w.cut, w.post.during = false, nil // The API server is back.
	w.run()
	w.expect(v1alpha1.NoticeAccepted, reasonAccepted)
	if len(w.post.sent) != 1 {
		t.Errorf("%d messages", len(w.post.sent))
	}
}

func TestNothingIsSentThatWasNotSavedAsIntent(t *testing.T) {
	w := newWorld(t)
	w.cut = true
	if _, err := w.step(); err == nil || len(w.post.sent) > 0 {
		t.Fatalf("%v, %d messages", err, len(w.post.sent))
	}
	w.cut = false
	w.run()
	w.expect(v1alpha1.NoticeAccepted, reasonAccepted)
	if len(w.post.sent) != 1 {
		t.Errorf("%d messages", len(w.post.sent))
	}
}

func TestAStaleCacheRepeatsNothing(t *testing.T) {
	w := newWorld(t)
	w.run()
	stale := fake.NewClientBuilder().WithScheme(w.server.Scheme()).WithObjects(aNotice(), aTenant()).Build()
	w.Client = &reading{w.server, stale}
	for range 3 {
		if _, err := w.step(); err != nil {
			t.Fatal(err)
		}
	}
	if len(w.post.sent) != 1 {
		t.Errorf("%d messages", len(w.post.sent))
	}
	w.expect(v1alpha1.NoticeAccepted, reasonAccepted)
}

// reading reads from one client and writes with another.
type reading struct {
	client.Client
	reads client.Reader
}

func TestAWriteOfSomebodyElseComesFirst(t *testing.T) {
	w := newWorld(t)
	w.APIReader = &meddling{w}
	result, err := w.step()
	if err != nil || result.RequeueAfter != conflictPause || len(w.post.sent) > 0 {
		t.Errorf("%+v, %v, %d messages", result, err, len(w.post.sent))
	}
}

func TestWithoutAMailServerNobodyIsToldAndItSaysSo(t *testing.T) {
	w := newWorld(t)
	w.Transport = nil
	if comesBack := w.run(); comesBack != 0 {
		t.Errorf("it comes back in %s", comesBack)
	}
	status := w.expect(v1alpha1.NoticePending, reasonNoMailServer)
	if !strings.Contains(status.Conditions[0].Message, "--smtp-server") || len(status.Attempts) > 0 {
		t.Errorf("%+v", status)
	}
}

func TestAMailServerThatCannotBeReachedIsTriedAgain(t *testing.T) {
	w := newWorld(t)
	w.post.refuse = errors.New("connection refused")
	w.run()
	if status := w.expect(v1alpha1.NoticePending, reasonFailed); len(status.Attempts) != 1 || status.Attempts[0].FailedAt == nil {
		t.Errorf("%+v", status)
	}
	w.post.refuse = nil
	w.at(5)
	w.run()
	w.expect(v1alpha1.NoticeAccepted, reasonAccepted)
}

func TestATestClockIsTheContractsAndStandsStill(t *testing.T) {
	w := newWorld(t)
	policy := &v1alpha1.PlatformPolicy{ObjectMeta: metav1.ObjectMeta{Name: "default"}}
	policy.Spec.TestClock = &v1alpha1.TestClock{Now: *stamp(90 * 24 * 60)} // 21 May.
	if err := w.server.Create(t.Context(), policy); err != nil {
		t.Fatal(err)
	}
	w.post.answer = map[string]error{lucia: errBusy}
	if comesBack := w.run(); comesBack != 0 {
		t.Errorf("it waits %s for a clock that stands still", comesBack)
	}
	policy.Spec.TestClock.Now = *stamp(91 * 24 * 60)
	if err := w.server.Update(t.Context(), policy); err != nil {
		t.Fatal(err)
	}
	w.post.answer = nil
	w.run()
	status := w.expect(v1alpha1.NoticeAccepted, reasonAccepted)
	if !status.AcceptedAt.Equal(stamp(91*24*60)) || status.NamedDate != "2027-05-28" || !w.post.sent[1].At.Equal(after(91*24*60)) {
		t.Errorf("%+v", status)
	}
}

func TestAClosedNoticeIsLeftAlone(t *testing.T) {
	for what, close := range map[string]func(*v1alpha1.Notice){
		"its label is gone": func(n *v1alpha1.Notice) { delete(n.Labels, v1alpha1.OpenNoticeLabel) },
		"it is closed":      func(n *v1alpha1.Notice) { n.Status.ClosedAt, n.Status.State = stamp(0), v1alpha1.NoticeClosed },
	} {
		w := newWorld(t)
		notice := w.look()
		close(notice)
		if err := w.server.Update(t.Context(), notice); err != nil {
			t.Fatal(err)
		}
		notice = w.look()
		close(notice)
		if err := w.server.Status().Update(t.Context(), notice); err != nil {
			t.Fatal(err)
		}
		w.run()
		if len(w.post.sent) > 0 || w.look().Status.AttemptCount > 0 {
			t.Errorf("%s: it was sent", what)
		}
	}
}

func TestWhatCannotBeWrittenSaysWhy(t *testing.T) {
	w := newWorld(t)
	notice := w.look()
	notice.Spec.Lapse.PurgeNotBefore = ""
	if err := w.server.Update(t.Context(), notice); err != nil {
		t.Fatal(err)
	}
	w.run()
	status := w.expect(v1alpha1.NoticePending, reasonUnreadable)
	if !strings.Contains(status.Conditions[0].Message, "spec.lapse.purgeNotBefore") {
		t.Error(status.Conditions[0].Message)
	}
}

func TestOnlyTheLatestAttemptsAreKept(t *testing.T) {
	w := newWorld(t)
	w.post.refuse = errors.New("connection refused")
	for hours := range 30 {
		w.at(hours * 120)
		w.run()
	}
	status := w.expect(v1alpha1.NoticePending, reasonFailed)
	if len(status.Attempts) != keptAttempts || status.AttemptCount != 30 {
		t.Errorf("%d attempts kept of %d", len(status.Attempts), status.AttemptCount)
	}
}

func TestATenantThatIsBeingDeletedIsToldNothing(t *testing.T) {
	w := newWorld(t)
	tenant := aTenant()
	if err := w.server.Get(t.Context(), client.ObjectKeyFromObject(tenant), tenant); err != nil {
		t.Fatal(err)
	}
	tenant.Finalizers = []string{v1alpha1.InstanceFinalizer}
	if err := w.server.Update(t.Context(), tenant); err != nil {
		t.Fatal(err)
	}
	if err := w.server.Delete(t.Context(), tenant); err != nil {
		t.Fatal(err)
	}
	w.run()
	if len(w.post.sent) > 0 {
		t.Error("it was told")
	}
}
