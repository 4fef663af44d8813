package web

import (
	"net/http"
	"strconv"
	"strings"

	"github.com/grupobizopps/salexops/crm"
	"github.com/grupobizopps/salexops/crm/web/page"
)

// tagsOffered is how many known tags are offered while typing.
const tagsOffered = 8

// tagPick offers known tags for the last one typed.
func (s *server) tagPick(v *visit) error {
	typed := v.r.URL.Query().Get("tags")
	if len(typed) > 2000 {
		typed = ""
	}
	before, last := "", typed
	if at := strings.LastIndexByte(typed, ','); at >= 0 {
		before, last = typed[:at+1]+" ", typed[at+1:]
	}
	tags, err := s.Services.Tags.TagsLike(v.ctx(), strings.TrimSpace(last), tagsOffered)
	if err != nil {
		return err
	}
	return v.render(http.StatusOK, page.TagOptions(v.frame, before, tags))
}

// customID is the field that an input named "custom.12" is for; 0: none.
func customID(name string) int64 {
	text, found := strings.CutPrefix(name, "custom.")
	id, err := strconv.ParseInt(text, 10, 64)
	if !found || err != nil || id < 1 {
		return 0
	}
	return id
}

// tags lists the tags in use, to be renamed, made one, or taken away.
func (s *server) tags(v *visit) error { return s.showTags(v, http.StatusOK, nil, "") }

func (s *server) showTags(v *visit, status int, faults crm.Invalid, alert string) error {
	tags, err := s.Services.Tags.Tags(v.ctx())
	if err != nil {
		return err
	}
	v.frame.Section, v.frame.Title = page.SectionSettings, v.frame.T("nav.tags")
	return v.render(status, page.TagsPage(v.frame, tags, faults, alert))
}

// tagChange replaces a tag in all records; an empty name takes it away.
func (s *server) tagChange(v *visit) error {
	if err := v.parse(); err != nil {
		return err
	}
	to := v.text("to")
	if v.text("do") == "remove" {
		to = ""
	} else if to == "" {
		return s.showTags(v, http.StatusUnprocessableEntity, nil, v.frame.T("tags.needName"))
	}
	done, err := s.Services.Tags.ReplaceTag(v.ctx(), v.text("from"), to)
	if err != nil {
		faults, alert, status, ok := refusal(v, err)
		if !ok {
			return err
		}
		return s.showTags(v, status, faults, alert)
	}
	s.flash(v, page.Flash{Key: "flash.bulk", Name: v.frame.L.Int(int64(done.Changed)), UndoID: done.Action})
	return v.redirect("/settings/tags")
}
