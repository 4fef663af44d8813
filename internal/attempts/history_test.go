package attempts_test

import (
	"testing"
	"time"

	metav1 "k8s.io/apimachinery/pkg/apis/meta/v1"

	"github.com/grupobizopps/salexops/api/v1alpha1"
	"github.com/grupobizopps/salexops/internal/attempts"
)

const (
	lucia   = "lucia@acme.example"
	cuentas = "cuentas@acme.example"
)

// start is the instant that tests count from, in minutes.
var start = time.Date(2027, 2, 20, 7, 0, 0, 0, time.UTC)

func after(minutes int) time.Time { return start.Add(time.Duration(minutes) * time.Minute) }

func stamp(minutes int) *metav1.Time {
	at := metav1.NewTime(after(minutes))
	return &at
}

// attempt was begun so many minutes after the start; what came of it is added.
func attempt(address string, minutes int, change ...func(*v1alpha1.NoticeAttempt)) v1alpha1.NoticeAttempt {
	a := v1alpha1.NoticeAttempt{StartedAt: *stamp(minutes), Address: v1alpha1.Email(address), MessageID: "<" + address + ">"}
	for _, c := range change {
		c(&a)
	}
	return a
}

func taken(minutes int) func(*v1alpha1.NoticeAttempt) {
	return func(a *v1alpha1.NoticeAttempt) { a.AcceptedAt = stamp(minutes) }
}

func broke(minutes int) func(*v1alpha1.NoticeAttempt) {
	return func(a *v1alpha1.NoticeAttempt) { a.FailedAt, a.Error = stamp(minutes), "451 later" }
}

func turnedDown(minutes int) func(*v1alpha1.NoticeAttempt) {
	return func(a *v1alpha1.NoticeAttempt) {
		a.FailedAt, a.Permanent, a.Error = stamp(minutes), true, "550 no such user"
	}
}

func came(kind v1alpha1.NoticeReportKind, address string, minutes int) v1alpha1.NoticeReport {
	return v1alpha1.NoticeReport{MessageID: "<" + address + ">", Kind: kind, At: *stamp(minutes)}
}

func back(address string, minutes int) v1alpha1.NoticeReport {
	return came(v1alpha1.NoticeReportBounced, address, minutes)
}

func confirmed(address string, minutes int) v1alpha1.NoticeReport {
	return came(v1alpha1.NoticeReportDelivered, address, minutes)
}

func TestAReportIsAboutTheMessageItNames(t *testing.T) {
	type tries = []v1alpha1.NoticeAttempt
	type reports = []v1alpha1.NoticeReport
	for what, c := range map[string]struct {
		tries   tries
		reports reports
		want    []attempts.Outcome
	}{
		"nobody reported anything":     {tries{attempt(lucia, 0, taken(0))}, nil, []attempts.Outcome{attempts.Accepted}},
		"it came back":                 {tries{attempt(lucia, 0, taken(0))}, reports{back(lucia, 5)}, []attempts.Outcome{attempts.Bounced}},
		"another message came back":    {tries{attempt(lucia, 0, taken(0))}, reports{back(cuentas, 5)}, []attempts.Outcome{attempts.Accepted}},
		"the gateway's clock is wrong": {tries{attempt(lucia, 0, taken(0))}, reports{back(lucia, -600)}, []attempts.Outcome{attempts.Bounced}},
		"the first came back, before the second was taken": {
			tries{attempt(lucia, 0, taken(0)), attempt(lucia, 1500, taken(1500))}, reports{back(lucia, 60)}, []attempts.Outcome{attempts.Bounced, attempts.Accepted},
		},
		"the second came back": {
			tries{attempt(lucia, 0, taken(0)), attempt(lucia, 1500, taken(1500))}, reports{back(lucia, 60), back(lucia, 1501)}, []attempts.Outcome{attempts.Bounced, attempts.Bounced},
		},
		"the second came back, as a clock that is a minute behind has it": {
			tries{attempt(lucia, 0, taken(0)), attempt(lucia, 1500, taken(1500))}, reports{back(lucia, 60), back(lucia, 1499)}, []attempts.Outcome{attempts.Bounced, attempts.Bounced},
		},
		"a doubt that is confirmed":        {tries{attempt(lucia, 0)}, reports{confirmed(lucia, 3)}, []attempts.Outcome{attempts.Accepted}},
		"a doubt that came back":           {tries{attempt(lucia, 0)}, reports{back(lucia, 3)}, []attempts.Outcome{attempts.Bounced}},
		"confirmed, and came back later":   {tries{attempt(lucia, 0, taken(0))}, reports{confirmed(lucia, 1), back(lucia, 9)}, []attempts.Outcome{attempts.Bounced}},
		"reported in another order":        {tries{attempt(lucia, 0)}, reports{back(lucia, 9), confirmed(lucia, 1)}, []attempts.Outcome{attempts.Bounced}},
		"what was refused can't come back": {tries{attempt(lucia, 0, turnedDown(0)), attempt(cuentas, 1, broke(1))}, reports{back(lucia, 2), back(cuentas, 2)}, []attempts.Outcome{attempts.Refused, attempts.Failed}},
	} {
		t.Run(what, func(t *testing.T) {
			got := attempts.Of(&v1alpha1.NoticeStatus{Attempts: c.tries, Reports: c.reports})
			for i, want := range c.want {
				if got[i].Outcome != want {
					t.Errorf("try %d: outcome %d, not %d", i, got[i].Outcome, want)
				}
			}
		})
	}
}

func TestABounceIsNeverEarlierThanTheAcceptance(t *testing.T) {
	tries := attempts.Of(&v1alpha1.NoticeStatus{
		Attempts: []v1alpha1.NoticeAttempt{attempt(lucia, 0, taken(2))}, Reports: []v1alpha1.NoticeReport{back(lucia, -60)},
	})
	if last := tries.Last(); !last.At.Equal(after(2)) || !last.AcceptedAt.Equal(after(2)) {
		t.Errorf("accepted %s, back %s", last.AcceptedAt, last.At)
	}
}

func TestAConfirmationProvesThatTheServerTookIt(t *testing.T) {
	tries := attempts.Of(&v1alpha1.NoticeStatus{
		Attempts: []v1alpha1.NoticeAttempt{attempt(lucia, 0), attempt(lucia, 1500, broke(1501))},
		Reports:  []v1alpha1.NoticeReport{confirmed(lucia, 1600)},
	})
	if !tries.Delivered() || !tries.Taken().AcceptedAt.Equal(after(1600)) {
		t.Errorf("%+v", tries)
	}
}
