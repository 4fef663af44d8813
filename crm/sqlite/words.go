package sqlite

import (
	"strings"
	"unicode"

	"github.com/grupobizopps/salexops/crm"
)

// What people type is cut here, so that no query is longer than this.
const (
	maxWords    = 8
	maxWordRune = 40
)

// words cuts what a person typed into folded words: runs of letters and digits
// without accents, in lower case.
func words(typed string) []string { return foldedWords(fold(typed)) }

// foldedWords are the words of a text that is folded already.
func foldedWords(folded string) []string {
	all := strings.FieldsFunc(folded, notInWord)
	all = all[:min(len(all), maxWords)]
	for i, word := range all {
		if runes := []rune(word); len(runes) > maxWordRune {
			all[i] = string(runes[:maxWordRune])
		}
	}
	return all
}

// fold takes accents and case away as the full-text index does.
func fold(text string) string { return crm.Fold(text) }

// matchQuery writes what a person typed as an FTS5 expression: every word must
// be there, the last one may be unfinished. Each word is a quoted string of
// letters and digits alone, so nothing typed is ever read as syntax. It is
// empty when there is no word in it.
func matchQuery(typed string) string {
	return matchWords(words(typed))
}

func matchWords(all []string) string {
	if len(all) == 0 {
		return ""
	}
	var b strings.Builder
	for i, word := range all {
		if i > 0 {
			b.WriteString(" AND ")
		}
		b.WriteString(`"` + word + `"`)
	}
	b.WriteString("*")
	return b.String()
}

// hasWords says whether a text has all words, as the full-text index would say:
// the last one may be unfinished.
func hasWords(text recordText, wanted []string) bool {
	last := len(wanted) - 1
	found := make([]bool, len(wanted))
	missing := len(wanted)
	for _, part := range []string{text.name, text.detail} {
		for word := range strings.FieldsFuncSeq(fold(part), notInWord) {
			for i, want := range wanted {
				if !found[i] && (word == want || (i == last && strings.HasPrefix(word, want))) {
					if found[i] = true; missing == 1 {
						return true
					}
					missing--
				}
			}
		}
	}
	return missing == 0
}

func notInWord(r rune) bool { return !unicode.IsLetter(r) && !unicode.IsNumber(r) }
