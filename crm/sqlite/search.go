package sqlite

import (
	"cmp"
	"context"
	"database/sql"
	"fmt"
	"slices"
	"strings"
	"unicode/utf8"

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
		WHERE f.contact_text MATCH ?1 AND r.deleted_at IS NULL AND (?2 = 0 OR r.owner_id = ?2) LIMIT ?3`
	searchActivities = `SELECT r.id, r.subject, r.body,
		iif(?2 = 0 OR d.owner_id = ?2, coalesce(d.name, ''), ''), iif(?2 = 0 OR c.owner_id = ?2, ` + contactTitle + `, ''), iif(?2 = 0 OR k.owner_id = ?2, coalesce(k.name, ''), '')
		FROM activity_text AS f CROSS JOIN activity AS r ON r.id = f.rowid ` + activityJoins + `
		WHERE f.activity_text MATCH ?1 AND r.deleted_at IS NULL AND (?2 = 0 OR r.owner_id = ?2) LIMIT ?3`
	searchCompanies = `SELECT r.id, r.name, r.domain, r.city
		FROM company_text AS f CROSS JOIN company AS r ON r.id = f.rowid
		WHERE f.company_text MATCH ?1 AND r.deleted_at IS NULL AND (?2 = 0 OR r.owner_id = ?2) LIMIT ?3`
	searchLeads = `SELECT r.id, r.given_name, r.family_name, r.company_name, r.emails
		FROM lead_text AS f CROSS JOIN lead AS r ON r.id = f.rowid
		WHERE f.lead_text MATCH ?1 AND r.deleted_at IS NULL AND (?2 = 0 OR r.owner_id = ?2) LIMIT ?3`
	searchDeals = `SELECT r.id, r.name, coalesce(c.name, ''), s.name
		FROM deal_text AS f CROSS JOIN deal AS r ON r.id = f.rowid
		JOIN stage AS s ON s.id = r.stage_id LEFT JOIN company AS c ON c.id = r.company_id AND c.deleted_at IS NULL
		WHERE f.deal_text MATCH ?1 AND r.deleted_at IS NULL AND (?2 = 0 OR r.owner_id = ?2) LIMIT ?3`
)

// searched says how one kind of record is found: a query with the match, the
// one owner to keep to (0: all) and a limit, and how a row becomes a hit.
type searched struct {
	query string
	scan  func(*sql.Rows) (crm.Hit, error)
}

// ofNames find the kinds that have names, which is what people look for first.
var ofNames = []searched{
	{searchContacts, scanContactHit},
	{searchCompanies, scanCompanyHit},
	{searchDeals, scanDealHit},
	{searchLeads, scanLeadHit},
}

// ofNotes finds what people wrote down. There is most of it, and it is the slowest
// to find while the last word is still being typed.
var ofNotes = []searched{{searchActivities, scanActivityHit}}

// searches are all that the search box finds.
var searches = slices.Concat(ofNames, ofNotes)

// Search finds records by the words of their names and other
// texts. When that finds nothing, words are also read as the known names that
// are spelt almost like them.
func (db *DB) Search(ctx context.Context, query string, limit int) ([]crm.Hit, error) {
	actor, err := mayLook(ctx)
	if err != nil {
		return nil, err
	}
	scope := db.scope(actor)
	if limit <= 0 {
		limit = defaultHits
	}
	limit = min(limit, maxHits)
	typed := words(query)
	if len(typed) == 0 {
		return nil, nil
	}
	found, err := db.find(ctx, typed, scope, limit)
	if err != nil {
		return nil, fmt.Errorf("search: %w", err)
	}
	if len(found) == 0 {
		found, err = db.findMeant(ctx, typed, scope)
		if err != nil {
			return nil, fmt.Errorf("search for similar names: %w", err)
		}
	}
	return found[:min(len(found), limit)], nil
}

// find lists what has all the words, the best first. What was noted is looked
// through only where names leave room for it: a name comes before it anyway.
func (db *DB) find(ctx context.Context, typed []string, scope int64, limit int) ([]crm.Hit, error) {
	if len(typed) == 1 && utf8.RuneCountInString(typed[0]) == 1 {
		// Their indexes have a list for each first letter.
		hits, err := db.match(ctx, ofNames[:2], matchWords(typed), scope)
		byRelevance(hits, typed)
		return hits, err
	}
	hits, err := db.match(ctx, ofNames, matchWords(typed), scope)
	if err != nil {
		return nil, err
	}
	if full := byRelevance(hits, typed) >= limit; full {
		return hits, nil
	}
	more, err := db.match(ctx, ofNotes, matchWords(typed), scope)
	if err != nil {
		return nil, err
	}
	hits = append(hits, more...)
	byRelevance(hits, typed)
	return hits, nil
}

// match reads the candidates of kinds for an FTS5 expression.
func (db *DB) match(ctx context.Context, kinds []searched, expression string, scope int64) ([]crm.Hit, error) {
	var hits []crm.Hit
	for _, kind := range kinds {
		err := db.queries.each(ctx, kind.query, []any{expression, scope, candidates}, func(rows *sql.Rows) error {
			hit, err := kind.scan(rows)
			hits = append(hits, hit)
			return err
		})
		if err != nil {
			return nil, err
		}
	}
	return hits, nil
}

func scanContactHit(rows *sql.Rows) (crm.Hit, error) {
	c := crm.Contact{}
	var emails string
	err := rows.Scan(&c.ID, &c.GivenName, &c.FamilyName, &emails, &c.CompanyName, &c.JobTitle)
	if err != nil {
		return crm.Hit{}, err
	}
	c.Emails, err = readList(emails)
	return crm.Hit{Kind: crm.KindContact, ID: c.ID, Title: c.Title(), Subtitle: contactSubtitle(&c)}, err
}

func scanCompanyHit(rows *sql.Rows) (crm.Hit, error) {
	hit := crm.Hit{Kind: crm.KindCompany}
	var domain, city string
	err := rows.Scan(&hit.ID, &hit.Title, &domain, &city)
	hit.Subtitle = firstOf(domain, city)
	return hit, err
}

func scanLeadHit(rows *sql.Rows) (crm.Hit, error) {
	l := crm.Lead{}
	var emails string
	err := rows.Scan(&l.ID, &l.GivenName, &l.FamilyName, &l.CompanyName, &emails)
	if err != nil {
		return crm.Hit{}, err
	}
	if l.Emails, err = readList(emails); err != nil {
		return crm.Hit{}, err
	}
	hit := crm.Hit{Kind: crm.KindLead, ID: l.ID, Title: l.Title()}
	for _, more := range append([]string{l.CompanyName}, l.Emails...) {
		if more != hit.Title {
			hit.Subtitle = firstOf(hit.Subtitle, more)
		}
	}
	return hit, nil
}

func scanDealHit(rows *sql.Rows) (crm.Hit, error) {
	hit := crm.Hit{Kind: crm.KindDeal}
	var company, stage string
	err := rows.Scan(&hit.ID, &hit.Title, &company, &stage)
	hit.Subtitle = firstOf(company, stage)
	return hit, err
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

// weighed is a hit with what it is sorted by, reckoned once.
type weighed struct {
	crm.Hit
	score  int
	folded string // the title
}

// byRelevance puts names that begin with what was typed first, then names with
// a whole word of it, then names with the beginning of a word, then what
// matched elsewhere; equals by the alphabet. It says how many have a word of
// what was typed in their names.
func byRelevance(hits []crm.Hit, typed []string) (byName int) {
	all := make([]weighed, len(hits))
	for i, hit := range hits {
		folded := fold(hit.Title)
		all[i] = weighed{hit, relevance(foldedWords(folded), typed), folded}
		if all[i].score > 0 {
			byName++
		}
	}
	slices.SortStableFunc(all, func(a, b weighed) int {
		return cmp.Or(
			cmp.Compare(b.score, a.score),
			cmp.Compare(len(a.Title), len(b.Title)),
			strings.Compare(a.folded, b.folded),
			cmp.Compare(a.ID, b.ID),
		)
	})
	for i, w := range all {
		hits[i] = w.Hit
	}
	return byName
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
