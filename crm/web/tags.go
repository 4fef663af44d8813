package web

import (
	"net/http"
	"strconv"
	"strings"

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
