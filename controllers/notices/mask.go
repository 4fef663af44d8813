package notices

import (
	"regexp"
	"strings"
	"unicode/utf8"
)

// mask shows enough of an address to recognise it, such as l…@acme.example.
func mask(address string) string {
	at := strings.LastIndex(address, "@")
	if at < 1 {
		return "…"
	}
	_, size := utf8.DecodeRuneInString(address)
	return address[:size] + "…" + address[at:]
}

// anAddress is whatever looks like one: servers repeat it in their answers.
var anAddress = regexp.MustCompile(`[^\s<>"'(),;:\[\]]+@[^\s<>"'(),;:\[\]]+`)

// scrub masks every address in a text.
func scrub(text string) string { return anAddress.ReplaceAllStringFunc(text, mask) }
