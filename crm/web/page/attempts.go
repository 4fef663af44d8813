package page

import (
	"net/url"

	"github.com/grupobizopps/salexops/crm"
)

// Attempts is who tried to sign in.
type Attempts struct {
	Items      []*crm.SignInAttempt
	FailedOnly bool
	Later      bool // not the first page
	Next       crm.Cursor
}

func (d Attempts) older() string {
	q := url.Values{"after": {string(d.Next)}}
	if d.FailedOnly {
		q.Set("failed", "1")
	}
	return "/settings/sign-ins?" + q.Encode()
}

var outcomeTexts = map[crm.SignInOutcome]string{
	crm.SignInDone:     "attempt.done",
	crm.SignInHalf:     "attempt.half",
	crm.SignInWrong:    "attempt.wrong",
	crm.SignInSlowed:   "attempt.slowed",
	crm.SignInDisabled: "attempt.disabled",
	crm.SignInClosed:   "attempt.closed",
}

var methodTexts = map[crm.SignInMethod]string{
	crm.ByPassword: "attempt.password",
	crm.ByCode:     "attempt.code",
	crm.ByRecovery: "attempt.recovery",
	crm.ByPasskey:  "attempt.passkey",
}

// who is the person, or the address that was tried.
func who(f *Frame, a *crm.SignInAttempt) string {
	switch {
	case a.UserName != "":
		return a.UserName
	case a.Login != "":
		return a.Login
	}
	return f.T("attempt.nobody")
}

// attemptIcon tells how an attempt ended at a glance, beside its words.
func attemptIcon(o crm.SignInOutcome) string {
	switch o {
	case crm.SignInDone:
		return "circle-check"
	case crm.SignInHalf:
		return "clock"
	}
	return "alert-triangle"
}

func attemptTone(o crm.SignInOutcome) string {
	switch o {
	case crm.SignInDone:
		return "tone-good"
	case crm.SignInHalf:
		return "tone-calm"
	}
	return "tone-bad"
}
