package web

import (
	"net/http"
	"slices"
	"strconv"
	"strings"

	"github.com/grupobizopps/salexops/crm"
	"github.com/grupobizopps/salexops/crm/web/page"
)

// bin shows what was deleted and can be brought back.
func (s *server) bin(v *visit) error {
	q := v.r.URL.Query()
	d := page.Bin{Kinds: s.Services.Bin.BinKinds(), Kind: crm.Kind(q.Get("kind"))}
	if d.Kind == "" {
		d.Kind = d.Kinds[0]
	}
	after := crm.Cursor(q.Get("after"))
	found, err := s.Services.Bin.Bin(v.ctx(), d.Kind, after, 0)
	if err != nil {
		return err
	}
	d.Records = found.Items
	if found.Next != "" {
		d.Older = binLink(d.Kind) + "&after=" + queryEscape(string(found.Next))
	}
	if after != "" {
		d.Newest = binLink(d.Kind)
	}
	v.frame.Section, v.frame.Title = page.SectionSettings, v.frame.T("nav.bin")
	return v.render(http.StatusOK, page.BinPage(v.frame, d))
}

func binLink(k crm.Kind) string { return "/settings/bin?kind=" + queryEscape(string(k)) }

// ticked are the records of the bin that a form is about: the one whose button
// was pressed, or all that are ticked.
func ticked(v *visit) []int64 {
	values := v.r.Form["id"]
	if one := v.r.Form.Get("one"); one != "" {
		values = []string{one}
	}
	var ids []int64
	for _, value := range values {
		if id, err := strconv.ParseInt(value, 10, 64); err == nil && id > 0 && !slices.Contains(ids, id) {
			ids = append(ids, id)
		}
	}
	return ids
}

// binRestore brings back one record or several.
func (s *server) binRestore(v *visit) error {
	if err := v.parse(); err != nil {
		return err
	}
	kind, ids := crm.Kind(v.text("kind")), ticked(v)
	if len(ids) == 0 {
		s.flash(v, page.Flash{Key: "flash.nothingChosen", Tone: "warning"})
		return v.redirect(binLink(kind))
	}
	to, err := s.once.do(v.ctx(), v.session.ID, v.text("formToken"), func() (string, error) {
		restored, err := s.Services.Bin.RestoreBinned(v.ctx(), kind, ids)
		if err != nil {
			return "", err
		}
		f := page.Flash{Key: "flash.restored", Name: restored.Action.Title, UndoID: restored.By}
		if len(ids) > 1 {
			f.Key, f.Name = "flash.restoredSeveral", v.frame.L.N("audit.records", restored.Records)
		}
		s.flash(v, f)
		return binLink(kind), nil
	})
	if err != nil {
		return err
	}
	return v.redirect(to)
}

// binPurgePage asks before something is deleted for good.
func (s *server) binPurgePage(v *visit) error {
	if err := v.parse(); err != nil {
		return err
	}
	d := page.Purge{Kind: crm.Kind(v.r.Form.Get("kind"))}
	if v.r.Form.Get("all") == "" {
		if d.IDs = ticked(v); len(d.IDs) == 0 {
			s.flash(v, page.Flash{Key: "flash.nothingChosen", Tone: "warning"})
			return v.redirect(binLink(d.Kind))
		}
	}
	return s.showPurge(v, http.StatusOK, d)
}

func (s *server) showPurge(v *visit, status int, d page.Purge) error {
	found, err := s.Services.Bin.Bin(v.ctx(), d.Kind, "", 0)
	if err != nil {
		return err
	}
	for _, b := range found.Items {
		if slices.Contains(d.IDs, b.ID) {
			d.Titles = append(d.Titles, b.Title)
		}
	}
	v.frame.Section, v.frame.Title = page.SectionSettings, v.frame.T("bin.purge")
	return v.render(status, page.PurgePage(v.frame, d))
}

// binPurge deletes for good when the word was typed.
func (s *server) binPurge(v *visit) error {
	if err := v.parse(); err != nil {
		return err
	}
	d := page.Purge{Kind: crm.Kind(v.text("kind")), Typed: v.text("word")}
	if v.text("all") == "" {
		if d.IDs = ticked(v); len(d.IDs) == 0 {
			return crm.ErrNotFound
		}
	}
	if !strings.EqualFold(d.Typed, v.frame.T("bin.word")) {
		d.Errors = crm.Invalid{"word": "error.wordTyped"}
		return s.showPurge(v, http.StatusUnprocessableEntity, d)
	}
	to, err := s.once.do(v.ctx(), v.session.ID, v.text("formToken"), func() (string, error) {
		n, err := s.Services.Bin.PurgeBinned(v.ctx(), d.Kind, d.IDs)
		if err != nil {
			return "", err
		}
		s.flash(v, page.Flash{Key: "flash.purged", Name: v.frame.L.N("audit.records", n)})
		return binLink(d.Kind), nil
	})
	if err != nil {
		return err
	}
	return v.redirect(to)
}
