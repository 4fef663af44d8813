package mail

import (
	"errors"
	"io"
	"net/textproto"
	"testing"
)

func TestWhatAReplyMeans(t *testing.T) {
	reply := func(code int) error { return &textproto.Error{Code: code, Msg: "so it is"} }
	for _, c := range []struct {
		what string
		at   step
		err  error
		want Fault
	}{
		{"we can't sign in", stepConnect, reply(535), Temporary},
		{"our address is refused: that is about us", stepSender, reply(550), Temporary},
		{"the recipient is unknown", stepRecipient, reply(550), Permanent},
		{"the address makes no sense", stepRecipient, reply(501), Permanent},
		{"the mailbox is full", stepRecipient, reply(452), Temporary},
		{"we should have signed in", stepRecipient, reply(530), Temporary},
		{"commands are out of order", stepBegin, reply(503), Temporary},
		{"nobody is left to send to", stepBegin, reply(554), Permanent},
		{"the connection broke within the message", stepContent, io.ErrUnexpectedEOF, Temporary},
		{"the message is refused", stepEnd, reply(554), Permanent},
		{"the server is going down", stepEnd, reply(421), Temporary},
		{"nobody answered", stepEnd, io.EOF, Unknown},
		{"an answer to something else", stepEnd, reply(220), Unknown},
		{"an answer that makes no sense", stepEnd, textproto.ProtocolError("gibberish"), Unknown},
	} {
		if got := FaultOf(newError(c.at, "smtp.example:587", c.err, (&credentials{}).conceal)); got != c.want {
			t.Errorf("%s: %d, not %d", c.what, got, c.want)
		}
	}
}

func TestAServersWordsAreOneLineWithoutOurPassword(t *testing.T) {
	secret := credentials{password: "hunter2"}
	err := newError(stepConnect, "smtp.example:587", errors.New("535 no:\r\n  hunter2 is wrong"), secret.conceal)
	if want := "connecting to smtp.example:587: 535 no: … is wrong"; err.Error() != want {
		t.Errorf("%q", err)
	}
}
