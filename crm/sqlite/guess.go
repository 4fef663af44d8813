package sqlite

import (
	"context"
	"database/sql"
	"slices"
	"strings"
	"unicode/utf8"

	"github.com/grupobizopps/salexops/crm"
)

const (
	// shortestGuess is the shortest word that is guessed at: two letters are
	// one slip away from too many names.
	shortestGuess = 3
	// wordStart stands before each word among the trigrams, so that the
	// beginning of a word makes trigrams of its own: "jsoe" and "jose" share
	// "__j" and nothing else.
	wordStart = "__"
	// guesses bounds how many known words are compared with a misspelt one,
	// and meanings how many of them are searched for.
	guesses, meanings = 200, 4
)

const similarWords = `SELECT w.word FROM (
		SELECT rowid AS id FROM name_trigram WHERE name_trigram MATCH ? ORDER BY rank LIMIT ?
	) AS similar CROSS JOIN name_word AS w ON w.id = similar.id`

// findMeant searches again with each word that no name has replaced by names
// that are spelt almost like it.
func (db *DB) findMeant(ctx context.Context, typed []string, scope int64) ([]crm.Hit, error) {
	terms := make([]string, len(typed))
	guessed := false
	for i, word := range typed {
		meant, err := db.meant(ctx, word)
		if err != nil {
			return nil, err
		}
		guessed = guessed || len(meant) > 0
		terms[i] = anyOf(append([]string{word}, meant...), i == len(typed)-1)
	}
	if !guessed {
		return nil, nil
	}
	hits, err := db.match(ctx, searches, strings.Join(terms, " AND "), scope)
	if err != nil {
		return nil, err
	}
	slips := make(map[string]int, len(hits))
	for _, hit := range hits {
		if _, known := slips[hit.Title]; !known {
			slips[hit.Title] = similarity(hit.Title, typed)
		}
	}
	slices.SortStableFunc(hits, func(a, b crm.Hit) int { return slips[a.Title] - slips[b.Title] })
	return hits, nil
}

// anyOf writes alternatives; when the first is the last word typed it may be
// unfinished.
func anyOf(alternatives []string, unfinished bool) string {
	quoted := make([]string, len(alternatives))
	for i, word := range alternatives {
		quoted[i] = `"` + word + `"`
	}
	if unfinished {
		quoted[0] += "*"
	}
	return "(" + strings.Join(quoted, " OR ") + ")"
}

// meant lists the known words nearest to a misspelt one, the nearest first.
func (db *DB) meant(ctx context.Context, word string) ([]string, error) {
	slips := allowedSlips(word)
	expression := trigrams(wordStart + word)
	if slips == 0 || expression == "" {
		return nil, nil
	}
	type guess struct {
		word  string
		slips int
	}
	var near []guess
	err := db.queries.each(ctx, similarWords, []any{expression, guesses}, func(rows *sql.Rows) error {
		var known string
		if err := rows.Scan(&known); err != nil {
			return err
		}
		if distance := editDistance(word, known, slips); distance > 0 && distance <= slips {
			near = append(near, guess{known, distance})
		}
		return nil
	})
	if err != nil {
		return nil, err
	}
	slices.SortStableFunc(near, func(a, b guess) int { return a.slips - b.slips })
	near = near[:min(len(near), meanings)]
	nearest := make([]string, len(near))
	for i, g := range near {
		nearest[i] = g.word
	}
	return nearest, nil
}

// allowedSlips is how many slips of the finger a word of this length may have.
func allowedSlips(word string) int {
	switch length := utf8.RuneCountInString(word); {
	case length < shortestGuess:
		return 0
	case length < 8:
		return 1
	default:
		return 2
	}
}

// trigrams writes the pieces of three characters of a word as alternatives.
func trigrams(word string) string {
	characters := []rune(word)
	var pieces []string
	for i := 0; i+3 <= len(characters); i++ {
		pieces = append(pieces, `"`+string(characters[i:i+3])+`"`)
	}
	return strings.Join(pieces, " OR ")
}

// similarity is the sum of the slips between each typed word and the word of
// the title nearest to it.
func similarity(title string, typed []string) int {
	sum := 0
	for _, word := range typed {
		most := allowedSlips(word)
		best := most + 1
		for _, candidate := range words(title) {
			best = min(best, editDistance(word, candidate, most))
		}
		sum += best
	}
	return sum
}
