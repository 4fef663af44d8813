package mail

import (
	"errors"
	"fmt"
	"net/textproto"
	"strings"
)

// Fault says what an error means for the message.
type Fault int

const (
	// Temporary means that it was not taken, and may be if it is tried again. The network,
	// a server that is busy, and everything that is wrong with our own settings.
	Temporary Fault = iota
	// Permanent means that the server won't take it for this recipient.
	Permanent
	// Unknown means that it was handed over whole, and no answer came. The server may or
	// may not have taken it.
	Unknown
)

// Error is a message that was not taken, as far as anybody knows.
type Error struct {
	Fault Fault
	// Doing is what was being done.
	Doing string
	// Said is what the server, or the network, said about it: one line, without
	// any password.
	Said string
}

// Error is for people.
func (e *Error) Error() string { return e.Doing + ": " + e.Said }

// FaultOf is what an error means for the message. What isn't an Error was not
// about the message, so trying again may help.
func FaultOf(err error) Fault {
	var known *Error
	if errors.As(err, &known) {
		return known.Fault
	}
	return Temporary
}

// step is one of the exchanges that hand over a message.
type step int

const (
	stepConnect step = iota
	stepSender
	stepRecipient
	stepBegin
	stepContent
	stepEnd
)

var doing = map[step]string{
	stepConnect:   "connecting to %s",
	stepSender:    "naming the sender to %s",
	stepRecipient: "naming the recipient to %s",
	stepBegin:     "announcing the message to %s",
	stepContent:   "sending the message to %s",
	stepEnd:       "waiting until %s has taken the message",
}

// newError classifies what went wrong in a step.
func newError(at step, server string, err error, conceal func(string) string) *Error {
	return &Error{
		Fault: faultOf(at, err),
		Doing: fmt.Sprintf(doing[at], server),
		Said:  conceal(strings.Join(strings.Fields(err.Error()), " ")),
	}
}

// faultOf reads the reply. Until the recipient is named a refusal is about us,
// not about them; and so are, at any step, the replies to commands out of order
// and to a missing sign-in.
func faultOf(at step, err error) Fault {
	var reply *textproto.Error
	if !errors.As(err, &reply) {
		if at == stepEnd {
			return Unknown
		}
		return Temporary
	}
	switch {
	case at == stepEnd && reply.Code < 400:
		return Unknown // An answer, but not the one to a message that was taken.
	case at < stepRecipient, reply.Code < 500:
		return Temporary
	case reply.Code >= 502 && reply.Code <= 504, reply.Code == 530, reply.Code == 534, reply.Code == 535, reply.Code == 538:
		return Temporary
	default:
		return Permanent
	}
}
