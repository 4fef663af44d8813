package web

import (
	"net/http"
	"strings"

	"github.com/grupobizopps/salexops/crm"
	"github.com/grupobizopps/salexops/crm/web/locale"
	"github.com/grupobizopps/salexops/crm/web/page"
)

// Answers shown while typing, and on the page of all answers.
const (
	suggestShown = 8
	searchShown  = 50
)

// typedQuery is what the search box holds, cut to what a person types.
func typedQuery(v *visit) string {
	q := strings.TrimSpace(v.r.URL.Query().Get("q"))
	if len(q) > 400 {
		return ""
	}
	return q
}

// answers are what the box finds: records, and commands whose words begin with
// what was typed. ">" asks for commands alone; nothing for what changed last.
func (s *server) answers(v *visit, limit int) (page.Answers, error) {
	d := page.Answers{Query: typedQuery(v)}
	words, asked := strings.CutPrefix(d.Query, ">")
	var err error
	switch {
	case asked:
		d.Commands = commandsLike(v, strings.TrimSpace(words))
		return d, nil
	case d.Query == "":
		d.Recent = true
		d.Hits, err = s.recent(v)
		return d, err
	}
	if len([]rune(d.Query)) >= commandLetters {
		d.Commands = commandsLike(v, d.Query)
	}
	d.Hits, err = s.Services.Search.Search(v.ctx(), d.Query, limit)
	return d, err
}

const (
	// commandLetters is how much is typed before commands are offered.
	commandLetters = 3
	changedShown   = 4
)

// commandsLike are the commands that have a word for each typed one.
func commandsLike(v *visit, typed string) []page.Command {
	var all []page.Command
	wanted := strings.Fields(locale.Fold(typed))
	for _, c := range page.Commands(v.frame) {
		if locale.HasWords(v.frame.T(c.Text), wanted) {
			all = append(all, c)
		}
	}
	return all
}

// recent are the contacts and companies that changed last.
func (s *server) recent(v *visit) ([]crm.Hit, error) {
	var hits []crm.Hit
	for _, kind := range []crm.Kind{crm.KindContact, crm.KindCompany} {
		found, err := s.Services.Lists.Rows(v.ctx(), kind, crm.ListQuery{Limit: changedShown})
		if err != nil {
			return nil, err
		}
		for _, r := range found.Items {
			hits = append(hits, crm.Hit{Kind: kind, ID: r.ID, Title: r.Title, Subtitle: r.Subtitle})
		}
	}
	return hits, nil
}

func (s *server) search(v *visit) error {
	d, err := s.answers(v, searchShown)
	if err != nil {
		return err
	}
	v.frame.Title, v.frame.Query = v.frame.T("search.title"), d.Query
	if d.Recent {
		d.Hits = nil
	}
	return v.render(http.StatusOK, page.SearchResults(v.frame, d))
}

// suggest answers while typing.
func (s *server) suggest(v *visit) error {
	d, err := s.answers(v, suggestShown)
	if err != nil {
		return err
	}
	return v.render(http.StatusOK, page.Suggestions(v.frame, d))
}

// shortcuts is the page of all keys.
func (s *server) shortcuts(v *visit) error {
	v.frame.Title = v.frame.T("keys.title")
	return v.render(http.StatusOK, page.Shortcuts(v.frame))
}
