package web

import (
	"net/http"
	"strings"

	"github.com/grupobizopps/salexops/crm"
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

func (s *server) found(v *visit, limit int) (string, []crm.Hit, error) {
	q := typedQuery(v)
	if q == "" {
		return "", nil, nil
	}
	hits, err := s.Services.Search.Search(v.ctx(), q, limit)
	return q, hits, err
}

func (s *server) search(v *visit) error {
	q, hits, err := s.found(v, searchShown)
	if err != nil {
		return err
	}
	v.frame.Title, v.frame.Query = v.frame.T("search.title"), q
	return v.render(http.StatusOK, page.SearchResults(v.frame, q, hits))
}

// suggest answers while typing.
func (s *server) suggest(v *visit) error {
	q, hits, err := s.found(v, suggestShown)
	if err != nil {
		return err
	}
	return v.render(http.StatusOK, page.Suggestions(v.frame, q, hits))
}
