// Package mail writes what the owner of a tenant is told, in the owner's
// language, and hands it to a mail server.
//
// Writing is pure: Render makes a message of a Notice and a date. Sending has two
// steps, so that the caller can save its intent between them: Sender.Dial
// connects and signs in, Session.Send hands one message over. Between the two,
// nothing has been sent; after the second, the error says whether the server
// took the message, refused it, or left everybody in doubt.
package mail
