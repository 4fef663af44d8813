package sqlite

import (
	"cmp"
	"context"
	"database/sql"
	"fmt"
	"slices"
	"strings"

	"github.com/grupobizopps/salexops/crm"
)

// candidates bounds how many matches of each kind are weighed. Whoever types
// one letter is still typing; the first hundred are as good as any.
const candidates = 100

// Hits of a search.
const (
	defaultHits = 10
	maxHits     = 50
)

// The match is the outer loop (CROSS JOIN), and nothing but the match is asked
// of the full-text index: candidates come out of it one by one until there are
// enough that are not in the bin.
const (
	searchContacts = `SELECT r.id, r.given_name, r.family_name, r.emails, coalesce(c.name, ''), r.job_title
		FROM contact_text AS f CROSS JOIN contact AS r ON r.id = f.rowid
		LEFT JOIN company AS c ON c.id = r.company_id AND c.deleted_at IS NULL
		WHERE f.contact_text MATCH ? AND r.deleted_at IS NULL LIMIT ?`
	searchCompanies = `SELECT r.id, r.name, r.domain, r.city
		FROM company_text AS f CROSS JOIN company AS r ON r.id = f.rowid
		WHERE f.company_text MATCH ? AND r.deleted_at IS NULL LIMIT ?`
)

// Search finds contacts and companies by the words of their names and other
// texts. When that finds nothing, words are also read as the known names that
// are spelt almost like them.
func (db *DB) Search(ctx context.Context, query string, limit int) ([]crm.Hit, error) {
	if _, err := mayLook(ctx); err != nil {
		return nil, err
	}
	if limit <= 0 {
		limit = defaultHits
	}
	limit = min(limit, maxHits)
	typed := words(query)
	if len(typed) == 0 {
		return nil, nil
	}
	found, err := db.find(ctx, typed)
	if err != nil {
		return nil, fmt.Errorf("search: %w", err)
	}
	if len(found) == 0 {
		found, err = db.findMeant(ctx, typed)
		if err != nil {
			return nil, fmt.Errorf("search for similar names: %w", err)
		}
	}
	return found[:min(len(found), limit)], nil
}

// find lists what has all the words, the best first.
func (db *DB) find(ctx context.Context, typed []string) ([]crm.Hit, error) {
	hits, err := db.match(ctx, matchWords(typed))
	if err != nil {
		return nil, err
	}
	slices.SortStableFunc(hits, byRelevance(typed))
	return hits, nil
}

// match reads the candidates of every kind for an FTS5 expression.
func (db *DB) match(ctx context.Context, expression string) ([]crm.Hit, error) {
	var hits []crm.Hit
	args := []any{expression, candidates}
	err := db.queries.each(ctx, searchContacts, args, func(rows *sql.Rows) error {
		c := crm.Contact{}
		var emails string
		if err := rows.Scan(&c.ID, &c.GivenName, &c.FamilyName, &emails, &c.CompanyName, &c.JobTitle); err != nil {
			return err
		}
		var err error
		if c.Emails, err = readList(emails); err != nil {
			return err
		}
		hits = append(hits, crm.Hit{Kind: crm.KindContact, ID: c.ID, Title: c.Title(), Subtitle: contactSubtitle(&c)})
		return nil
	})
	if err != nil {
		return nil, err
	}
	err = db.queries.each(ctx, searchCompanies, args, func(rows *sql.Rows) error {
		hit := crm.Hit{Kind: crm.KindCompany}
		var domain, city string
		if err := rows.Scan(&hit.ID, &hit.Title, &domain, &city); err != nil {
			return err
		}
		hit.Subtitle = firstOf(domain, city)
		hits = append(hits, hit)
		return nil
	})
	return hits, err
}

// contactSubtitle tells two people of the same name apart.
func contactSubtitle(c *crm.Contact) string {
	main := ""
	if len(c.Emails) > 0 && c.Emails[0] != c.Title() {
		main = c.Emails[0]
	}
	return firstOf(c.CompanyName, main, c.JobTitle)
}

func firstOf(texts ...string) string {
	for _, text := range texts {
		if text != "" {
			return text
		}
	}
	return ""
}

// byRelevance puts names that begin with what was typed first, then names with
// a whole word of it, then names with the beginning of a word, then what
// matched elsewhere; equals by the alphabet.
func byRelevance(typed []string) func(a, b crm.Hit) int {
	scores := map[crm.Hit]int{}
	score := func(hit crm.Hit) int {
		known, ok := scores[hit]
		if !ok {
			known = relevance(words(hit.Title), typed)
			scores[hit] = known
		}
		return known
	}
	return func(a, b crm.Hit) int {
		return cmp.Or(
			cmp.Compare(score(b), score(a)),
			cmp.Compare(len(a.Title), len(b.Title)),
			strings.Compare(fold(a.Title), fold(b.Title)),
			cmp.Compare(a.ID, b.ID),
		)
	}
}

func relevance(title, typed []string) int {
	score := 0
	if strings.HasPrefix(strings.Join(title, " "), strings.Join(typed, " ")) {
		score += 8
	}
	for _, word := range typed {
		best := 0
		for _, candidate := range title {
			switch {
			case candidate == word:
				best = max(best, 3)
			case strings.HasPrefix(candidate, word):
				best = max(best, 2)
			}
		}
		score += best
	}
	return score
}
