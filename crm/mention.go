package crm

import (
	"context"
	"strings"
	"time"
	"unicode"
	"unicode/utf8"

	"golang.org/x/text/unicode/norm"
)

// MentionSpan is where a text mentions a user: the bytes from Start to End, of
// which the first is the "@".
type MentionSpan struct {
	Start, End int
	UserID     int64
}

// FindMentions reads who is mentioned in a text: "@" and a user's name, whole or
// the first name alone where only one has it. Accents and case do not matter;
// the longest name that fits is meant. An "@" within a word (an address of
// e-mail) mentions nobody.
func FindMentions(text string, users []*User) []MentionSpan {
	if !strings.Contains(text, "@") {
		return nil
	}
	names := callable(users)
	var found []MentionSpan
	before := ' '
	for i := 0; i < len(text); {
		r, size := utf8.DecodeRuneInString(text[i:])
		if r == '@' && !isWord(before) {
			if span, ok := longestName(text, i, names); ok {
				found = append(found, span)
				i, before = span.End, 'x'
				continue
			}
		}
		before = r
		i += size
	}
	return found
}

// called is one way to call a user.
type called struct {
	words  []string // folded
	userID int64
}

// callable lists the ways to call users who may sign in; a name that two have
// calls neither.
func callable(users []*User) []called {
	var all []called
	taken := map[string]int{}
	add := func(u *User, words []string) {
		key := strings.Join(words, " ")
		taken[key]++
		all = append(all, called{words, u.ID})
	}
	for _, u := range users {
		if !u.DisabledAt.IsZero() {
			continue
		}
		words := strings.Fields(foldName(u.Name))
		for n := 1; n <= len(words); n++ {
			add(u, words[:n])
		}
	}
	kept := all[:0]
	for _, c := range all {
		if taken[strings.Join(c.words, " ")] == 1 {
			kept = append(kept, c)
		}
	}
	return kept
}

func longestName(text string, at int, names []called) (MentionSpan, bool) {
	best, found := MentionSpan{Start: at}, false
	for _, name := range names {
		if end, ok := matchName(text, at+1, name.words); ok && end > best.End {
			best.End, best.UserID, found = end, name.userID, true
		}
	}
	return best, found
}

// matchName says where a name ends that begins at a byte of the text. One blank
// is between its words, and no letter follows it.
func matchName(text string, at int, words []string) (end int, ok bool) {
	for n, word := range words {
		if n > 0 {
			if at >= len(text) || text[at] != ' ' {
				return 0, false
			}
			at++
		}
		for word != "" {
			r, size := utf8.DecodeRuneInString(text[at:])
			folded := foldName(text[at : at+size])
			if size == 0 || r == utf8.RuneError || !strings.HasPrefix(word, folded) {
				return 0, false
			}
			word = word[len(folded):]
			at += size
		}
		for at < len(text) { // accents written as characters of their own
			r, size := utf8.DecodeRuneInString(text[at:])
			if !unicode.Is(unicode.Mn, r) {
				break
			}
			at += size
		}
	}
	next, _ := utf8.DecodeRuneInString(text[at:])
	return at, at == len(text) || !isWord(next)
}

func isWord(r rune) bool {
	return unicode.IsLetter(r) || unicode.IsNumber(r) || unicode.Is(unicode.Mn, r)
}

// foldName takes accents and case away.
func foldName(text string) string {
	return strings.Map(func(r rune) rune {
		if unicode.Is(unicode.Mn, r) {
			return -1
		}
		return unicode.ToLower(r)
	}, norm.NFD.String(text))
}

// Mention tells a user that a colleague called them in an activity.
type Mention struct {
	Activity *Activity
	ByName   string    // who wrote it
	At       time.Time // UTC
	ReadAt   time.Time // zero: unread
}

// MentionService tells the actor where others called them. Whoever is mentioned
// reads the text, whatever records they see.
type MentionService interface {
	// Mentions lists the actor's, the newest first.
	Mentions(ctx context.Context, unreadOnly bool, after Cursor, limit int) (Page[*Mention], error)
	// ReadMention notes that the actor has read one. Errors: ErrNotFound.
	ReadMention(ctx context.Context, activityID int64) error
}
