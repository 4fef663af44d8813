package web

import (
	"errors"
	"net/http"
	"strconv"

	"github.com/grupobizopps/salexops/crm"
	"github.com/grupobizopps/salexops/crm/web/page"
)

func (s *server) contactDuplicates(v *visit) error { return s.duplicates(v, crm.KindContact) }
func (s *server) companyDuplicates(v *visit) error { return s.duplicates(v, crm.KindCompany) }

// duplicates lists what looks alike among all records of a kind.
func (s *server) duplicates(v *visit, kind crm.Kind) error {
	after := crm.Cursor(v.r.URL.Query().Get("after"))
	found, err := s.Services.Merges.DuplicateGroups(v.ctx(), kind, after, 0)
	if err != nil {
		return err
	}
	v.frame.Section, v.frame.Title = sectionOf(kind), v.frame.T("merge.list")
	return v.render(http.StatusOK, page.DuplicateList(v.frame, kind, found, after == ""))
}

// addDuplicates puts what looks like a record beside it.
func (s *server) addDuplicates(v *visit, record crm.Hit) error {
	found, err := s.Services.Merges.Duplicates(v.ctx(), record.Kind, record.ID)
	if err == nil && len(found) > 0 {
		v.frame.Aside = append(v.frame.Aside, page.PossibleDuplicates(v.frame, record, found))
	}
	return err
}

// elsewhere sends whoever asks for a record that was absorbed to the one that
// absorbed it. err is why the record was not found.
func (s *server) elsewhere(v *visit, kind crm.Kind, id int64, err error) error {
	if !errors.Is(err, crm.ErrNotFound) {
		return err
	}
	into, err := s.Services.Merges.MergedInto(v.ctx(), kind, id)
	if err != nil {
		return err
	}
	s.flash(v, page.Flash{Key: "flash.mergedInto"})
	return v.redirect(page.HitLink(crm.Hit{Kind: kind, ID: into}))
}

// numberIn reads an id in an address; what is none is 0.
func numberIn(text string) int64 {
	n, err := strconv.ParseInt(text, 10, 64)
	if err != nil || n < 0 {
		return 0
	}
	return n
}
