package web

import (
	"net/http"

	"github.com/grupobizopps/salexops/crm"
	"github.com/grupobizopps/salexops/crm/web/page"
)

// mentionsShown is how many mentions a page lists.
const mentionsShown = 30

func (s *server) mentionList(v *visit) error {
	found, err := s.Services.Mentions.Mentions(v.ctx(), false, crm.Cursor(v.r.URL.Query().Get("after")), mentionsShown)
	if err != nil {
		return err
	}
	users, err := s.owners(v, v.user.ID)
	if err != nil {
		return err
	}
	older := ""
	if found.Next != "" {
		older = "/mentions?after=" + queryEscape(string(found.Next))
	}
	v.frame.Section, v.frame.Title = page.SectionHome, v.frame.T("mentions.title")
	return v.render(http.StatusOK, page.MentionList(v.frame, found.Items, users, older))
}

func (s *server) mentionRead(v *visit) error {
	id, err := v.id()
	if err != nil {
		return err
	}
	if err := v.parse(); err != nil {
		return err
	}
	if err := s.Services.Mentions.ReadMention(v.ctx(), id); err != nil {
		return err
	}
	return v.redirect(firstNonEmpty(next(v.text("next")), "/mentions"))
}
