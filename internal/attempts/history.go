// Package attempts reads what became of the tries to send a Notice, from its
// status: what was recorded as each was made, and what was reported later.
package attempts

import (
	"strings"
	"time"

	"github.com/grupobizopps/salexops/api/v1alpha1"
)

// Outcome is what became of one attempt.
type Outcome int

// The outcomes of an attempt.
const (
	// InDoubt has no result: it was saved, and nobody knows what followed.
	InDoubt Outcome = iota
	// Accepted was taken by the mail server and has not come back.
	Accepted
	// Bounced was taken and came back.
	Bounced
	// Failed may work if it is tried again.
	Failed
	// Refused was turned down for good, at that address.
	Refused
)

// Spent tells whether the address is of no use for now: another one, or another
// day, is better.
func (o Outcome) Spent() bool { return o == InDoubt || o == Bounced || o == Refused }

// clockSkew is how far the mail gateway's clock may be behind ours.
const clockSkew = 2 * time.Minute

// Try is an attempt with what became of it, now and in the reports.
type Try struct {
	Address, MessageID string
	Outcome            Outcome
	StartedAt          time.Time
	// AcceptedAt is when the server took it; zero when it did not.
	AcceptedAt time.Time
	// At is when the outcome was known: StartedAt while it is in doubt.
	At time.Time
	// Said is what the server, or the gateway, said about it.
	Said string
}

// History is every attempt that the status keeps, oldest first.
type History []Try

// Of reads the attempts, and the reports that came later.
func Of(status *v1alpha1.NoticeStatus) History {
	tries := make(History, 0, len(status.Attempts))
	for i := range status.Attempts {
		tries = append(tries, tryOf(&status.Attempts[i]))
	}
	// What is confirmed counts before what came back: a confirmation that was
	// followed by a bounce is a bounce, in whatever order they were reported.
	for _, kind := range []v1alpha1.NoticeReportKind{v1alpha1.NoticeReportDelivered, v1alpha1.NoticeReportBounced} {
		for i := range status.Reports {
			if report := &status.Reports[i]; report.Kind == kind {
				tries.learn(report)
			}
		}
	}
	return tries
}

func tryOf(attempt *v1alpha1.NoticeAttempt) Try {
	t := Try{
		Address: string(attempt.Address), MessageID: attempt.MessageID, Said: attempt.Error,
		StartedAt: attempt.StartedAt.Time, At: attempt.StartedAt.Time,
	}
	switch {
	case attempt.AcceptedAt != nil:
		t.Outcome, t.AcceptedAt, t.At = Accepted, attempt.AcceptedAt.Time, attempt.AcceptedAt.Time
	case attempt.FailedAt != nil && attempt.Permanent:
		t.Outcome, t.At = Refused, attempt.FailedAt.Time
	case attempt.FailedAt != nil:
		t.Outcome, t.At = Failed, attempt.FailedAt.Time
	}
	return t
}

// learn applies a report to the try it is about. A confirmation ends the doubt
// about a try. A bounce counts from the instant of acceptance at the earliest,
// whatever the gateway's clock says.
func (h History) learn(report *v1alpha1.NoticeReport) {
	t := h.meant(report)
	switch {
	case t == nil:
	case report.Kind == v1alpha1.NoticeReportBounced:
		if t.AcceptedAt.IsZero() {
			t.AcceptedAt = t.StartedAt // It came back, so it was taken.
		}
		t.Outcome, t.At, t.Said = Bounced, latest(report.At.Time, t.AcceptedAt), report.Diagnostic
	case t.Outcome == InDoubt:
		t.Outcome, t.AcceptedAt = Accepted, latest(report.At.Time, t.StartedAt)
		t.At = t.AcceptedAt
	}
}

// meant finds the try that a report is about: of those that the server may have
// taken under this identity, the latest that was made before the report; the
// first when the gateway's clock makes it none, since a report is about
// something.
func (h History) meant(report *v1alpha1.NoticeReport) *Try {
	var found *Try
	for i := range h {
		t := &h[i]
		if t.MessageID != report.MessageID || t.Outcome == Failed || t.Outcome == Refused {
			continue
		}
		if found == nil || !t.StartedAt.After(report.At.Add(clockSkew)) {
			found = t
		}
	}
	return found
}

// Last is the latest try, nil before the first.
func (h History) Last() *Try {
	if len(h) == 0 {
		return nil
	}
	return &h[len(h)-1]
}

// LastTo is the latest try at an address, nil when there was none.
func (h History) LastTo(address string) *Try {
	for i := len(h) - 1; i >= 0; i-- {
		if strings.EqualFold(h[i].Address, address) {
			return &h[i]
		}
	}
	return nil
}

// Taken is the try that the server took last, whether it came back or not; nil
// when it took none.
func (h History) Taken() *Try {
	var found *Try
	for i := range h {
		t := &h[i]
		if t.Outcome != Accepted && t.Outcome != Bounced {
			continue
		}
		if found == nil || !t.AcceptedAt.Before(found.AcceptedAt) {
			found = t
		}
	}
	return found
}

// Delivered tells whether the owner counts as told: the mail server took the
// message and no bounce has come back (contract.md 4).
func (h History) Delivered() bool {
	taken := h.Taken()
	return taken != nil && taken.Outcome == Accepted
}

// Failures counts the tries since the last one that did anything but fail.
func (h History) Failures() int {
	count := 0
	for i := len(h) - 1; i >= 0 && h[i].Outcome == Failed; i-- {
		count++
	}
	return count
}

func latest(a, b time.Time) time.Time {
	if a.After(b) {
		return a
	}
	return b
}
