package locale

import (
	"slices"
	"strings"
	"unicode"

	"golang.org/x/text/unicode/norm"
)

// Fold takes accents and case away: "Contraseña" and "contrasena" are the same.
func Fold(text string) string {
	return norm.NFC.String(strings.Map(func(r rune) rune {
		if unicode.Is(unicode.Mn, r) {
			return -1
		}
		return unicode.ToLower(r)
	}, norm.NFD.String(text)))
}

// HasWords says whether a text has, for each folded word, one that begins so.
func HasWords(text string, wanted []string) bool {
	words := strings.Fields(Fold(text))
	for _, want := range wanted {
		if !slices.ContainsFunc(words, func(word string) bool { return strings.HasPrefix(word, want) }) {
			return false
		}
	}
	return true
}
