package notices

import (
	"context"
	"fmt"
	"time"

	"github.com/grupobizopps/salexops/api/v1alpha1"
	"github.com/grupobizopps/salexops/mail"
)

const (
	// keptAttempts is how many attempts a status keeps.
	keptAttempts = 20
	// longestError is how much of an answer is kept, in characters.
	longestError = 500
	// grace is how much longer a message that is being handed over may take when
	// the operator is told to stop: less than the manager waits for its workers.
	grace = 10 * time.Second
	// longestSend bounds the handing over, whatever the transport's own limit.
	longestSend = 2 * time.Minute
)

// deliver sends a notice to an address, in this order: connect; save the
// intent; hand the message over; record what came of it. So only the handing
// over itself is in doubt after a crash: before it nothing was sent, and after
// it the result is known, here or in the status.
func (r *Reconciler) deliver(ctx context.Context, s *scene, address string) error {
	attempt := v1alpha1.NoticeAttempt{
		StartedAt: *toSecond(s.now),
		Address:   v1alpha1.Email(address),
		MessageID: mail.MessageID(r.Options.Domain, string(s.notice.UID), address),
	}
	message, _, err := mail.Render(s.notice, s.zone.DateOf(s.now), s.zone, r.Options.Payment)
	if err != nil {
		s.unreadable = err
		return r.save(ctx, s, s.describe(verdict{action: rest}))
	}
	message.ID, message.To, message.At = attempt.MessageID, address, s.now

	session, err := r.Transport.Dial(ctx)
	if err != nil {
		// Nobody was told anything: the attempt has its result from the start.
		r.conclude(s, &attempt, err)
		return r.saveAttempt(ctx, s, attempt, true)
	}
	defer func() { _ = session.Close() }() // The message's fate is known by then.
	if err := r.saveAttempt(ctx, s, attempt, false); err != nil {
		// Whether it was saved after all, nobody knows; that it was not sent, we
		// do.
		r.conclude(s, &attempt, err)
		r.results.keep(s.notice, attempt)
		return err
	}
	r.results.keep(s.notice, r.handOver(ctx, s, session, message, attempt))
	return r.settle(ctx, keyOf(s.notice))
}

// handOver sends the message. A stop of the operator leaves it a little time to
// end, so that an orderly stop leaves nothing in doubt.
func (r *Reconciler) handOver(ctx context.Context, s *scene, session mail.Session, message mail.Message, attempt v1alpha1.NoticeAttempt) v1alpha1.NoticeAttempt {
	bounded, cancel := context.WithTimeout(context.WithoutCancel(ctx), longestSend)
	defer cancel()
	stop := context.AfterFunc(ctx, func() { time.AfterFunc(grace, cancel) })
	defer stop()
	r.conclude(s, &attempt, session.Send(bounded, message))
	return attempt
}

// conclude writes into an attempt what came of it. The instant is read anew:
// handing over takes time, and a date counts from when it was done.
func (r *Reconciler) conclude(s *scene, attempt *v1alpha1.NoticeAttempt, err error) {
	at := toSecond(s.now)
	if later := r.Clock.Now(); !s.testing && later.After(s.now) {
		at = toSecond(later)
	}
	if err == nil {
		attempt.AcceptedAt = at
		return
	}
	attempt.Error = shorten(err.Error(), longestError)
	switch mail.FaultOf(err) {
	case mail.Unknown:
		// It has neither result: it is in doubt.
	case mail.Permanent:
		attempt.FailedAt, attempt.Permanent = at, true
	case mail.Temporary:
		attempt.FailedAt = at
	}
}

// saveAttempt appends an attempt. As an intent it stands alone: what is said
// about the notice changes when the attempt has a result.
func (r *Reconciler) saveAttempt(ctx context.Context, s *scene, attempt v1alpha1.NoticeAttempt, concluded bool) error {
	status := s.notice.Status.DeepCopy()
	status.Attempts = append(status.Attempts, attempt)
	status.Attempts = status.Attempts[max(len(status.Attempts)-keptAttempts, 0):]
	status.AttemptCount++
	status.NextAttemptAt = nil
	if concluded {
		after := *s
		after.notice = s.notice.DeepCopy()
		after.notice.Status = *status
		status = after.describe(after.decide())
	}
	if err := r.save(ctx, s, status); err != nil {
		return fmt.Errorf("saving the attempt to send Notice %s: %w", s.notice.Name, err)
	}
	return nil
}

func shorten(text string, limit int) string {
	if characters := []rune(text); len(characters) > limit {
		return string(characters[:limit-1]) + "…"
	}
	return text
}
