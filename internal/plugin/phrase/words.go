package phrase

import (
	"fmt"
	"regexp"
	"strings"
	"unicode"
	"unicode/utf8"

	"github.com/grupobizopps/salexops/contract"
)

// Mask hides whose address it is, but not where: l…@botica.example.
func Mask(address string) string {
	local, domain, found := strings.Cut(address, "@")
	if !found || local == "" {
		return "…"
	}
	first, _ := utf8.DecodeRuneInString(local)
	return string(first) + "…@" + Clean(domain)
}

// addresses finds what looks like an e-mail address.
var addresses = regexp.MustCompile(`[^\s<>"',;:()]+@[^\s<>"',;:()]+`)

// MaskAll is Clean text in which every e-mail address is masked, such as what a
// mail server said.
func MaskAll(text string) string {
	return addresses.ReplaceAllStringFunc(Clean(text), Mask)
}

// Clean makes text that came from outside fit for a terminal: on one line, and
// without anything a terminal would obey.
func Clean(text string) string {
	text = strings.Map(func(r rune) rune {
		switch {
		case r == '\n' || r == '\r' || r == '\t':
			return ' '
		case unicode.IsControl(r) || unicode.Is(unicode.Bidi_Control, r):
			return -1
		default:
			return r
		}
	}, text)
	return strings.Join(strings.Fields(text), " ")
}

// Count is a number of things, such as "1 act" or "3 acts".
func Count(n int, one, many string) string {
	if n == 1 {
		return "1 " + one
	}
	return fmt.Sprintf("%d %s", n, many)
}

// List joins words as a sentence does: a, b and c.
func List(words []string) string {
	if len(words) < 2 {
		return strings.Join(words, "")
	}
	last := len(words) - 1
	return strings.Join(words[:last], ", ") + " and " + words[last]
}

// Interval is how often something is billed, as an adverb.
func Interval(interval contract.Interval) string {
	switch interval {
	case contract.Monthly:
		return "monthly"
	case contract.Quarterly:
		return "quarterly"
	case contract.SemiAnnual:
		return "twice a year"
	case contract.Annual:
		return "yearly"
	default:
		return string(interval)
	}
}
