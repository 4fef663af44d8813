package mail

import (
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"strings"
	"time"
	"unicode"
)

// Message is one mail to one person. Render fills in what it says; whoever sends
// it adds to whom, when, and under which identity.
type Message struct {
	// ID is the Message-ID, in angle brackets.
	ID string
	// To is the address, ToName the person.
	To, ToName string
	// At is the instant in the Date header.
	At time.Time
	// Language is that of the text, such as es-MX.
	Language string
	// Subject, Text and HTML say the same, in three lengths.
	Subject, Text, HTML string
}

// MessageID makes the identity of a message, in angle brackets, out of what it
// is about and to whom it goes: the same every time, so that a mailbox
// recognises a repetition. domain is the sender's. It tells nothing about the
// recipient.
func MessageID(domain, about, address string) string {
	digest := sha256.Sum256([]byte(about + "\x00" + strings.ToLower(address)))
	return fmt.Sprintf("<%s@%s>", hex.EncodeToString(digest[:16]), domain)
}

// oneLine makes a name fit for a header and for a line of text: whatever would
// break the line, or turn its direction, becomes a space.
func oneLine(text string) string {
	return strings.Join(strings.FieldsFunc(text, func(r rune) bool {
		return unicode.IsSpace(r) || unicode.IsControl(r) || unicode.Is(unicode.Cf, r)
	}), " ")
}
