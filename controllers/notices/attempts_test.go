package notices

import (
	"time"

	metav1 "k8s.io/apimachinery/pkg/apis/meta/v1"

	"github.com/grupobizopps/salexops/api/v1alpha1"
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
