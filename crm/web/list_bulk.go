package web

import (
	"net/http"
	"net/url"
	"slices"
	"strconv"
	"strings"

	"github.com/grupobizopps/salexops/crm"
	"github.com/grupobizopps/salexops/crm/web/page"
)

// bulkAsk asks what to do with the records that were chosen.
func (l *recordList) bulkAsk(s *server, v *visit) error {
	if err := v.parse(); err != nil {
		return err
	}
	form := page.BulkForm{Query: v.text("query")}
	if v.text("which") != "all" {
		form.IDs = v.ids()
		if len(form.IDs) == 0 {
			s.flash(v, page.Flash{Key: "flash.noneChosen", Tone: "warning"})
			return v.redirect(l.back(form.Query))
		}
	}
	return l.showBulk(s, v, http.StatusOK, form)
}

// ids are the records chosen in a form.
func (v *visit) ids() []int64 {
	var all []int64
	for _, text := range v.r.PostForm["ids"] {
		if id, err := strconv.ParseInt(text, 10, 64); err == nil && id > 0 && len(all) < crm.MaxMatches {
			all = append(all, id)
		}
	}
	return all
}

// back is the list as it was.
func (l *recordList) back(query string) string {
	q, err := url.ParseQuery(query)
	if err != nil || len(q) == 0 {
		return l.texts.Path
	}
	return l.texts.Path + "?" + q.Encode()
}

// chosen are the records of a form: those chosen one by one, or all that the
// list shows.
func (l *recordList) chosen(s *server, v *visit, form *page.BulkForm) (ids []int64, err error) {
	q, err := url.ParseQuery(form.Query)
	if err != nil {
		return nil, errBadForm
	}
	if form.RecordView, form.Fields, err = l.read(s, v, q); err != nil {
		return nil, err
	}
	if len(form.IDs) > 0 {
		form.Count = len(form.IDs)
		return form.IDs, nil
	}
	ids, form.More, err = s.Services.Bulk.MatchIDs(v.ctx(), l.texts.Kind, query(form.RecordView))
	form.Count = len(ids)
	return ids, err
}

func (l *recordList) showBulk(s *server, v *visit, status int, form page.BulkForm) error {
	if _, err := l.chosen(s, v, &form); err != nil {
		return err
	}
	var err error
	if form.Owners, err = s.owners(v, 0); err != nil {
		return err
	}
	v.frame.Section, v.frame.Title = l.texts.Section, v.frame.L.N("bulk.title", form.Count)
	return v.render(status, page.EditMany(v.frame, form))
}

// bulkApply changes the records and says what came of it.
func (l *recordList) bulkApply(s *server, v *visit) error {
	if err := v.parse(); err != nil {
		return err
	}
	form := page.BulkForm{
		Query: v.text("query"), IDs: v.ids(), Do: v.text("do"),
		Owner: v.number("ownerId"), Tags: v.text(v.text("do")), Field: v.text("field"), Value: v.text("value"),
	}
	if name, found := strings.CutPrefix(form.Do, "set."); found {
		form.Field, form.Value = name, v.text(form.Do)
	}
	ids, err := l.chosen(s, v, &form)
	if err != nil {
		return err
	}
	var done crm.Bulk
	to, err := s.once.do(v.ctx(), v.session.ID, v.text("formToken"), func() (string, error) {
		edit := bulkEdit(form)
		edit.Title = v.frame.T(l.texts.Title)
		if done, err = s.Services.Bulk.EditMany(v.ctx(), l.texts.Kind, ids, edit); err != nil {
			return "", err
		}
		if len(done.Left) == 0 {
			s.flash(v, page.Flash{Key: "flash.bulk", Name: v.frame.L.Int(int64(done.Changed)), UndoID: done.Action})
		}
		return l.back(form.Query), nil
	})
	switch {
	case err != nil:
		faults, alert, status, ok := refusal(v, err)
		if !ok {
			return err
		}
		form.Errors, form.Alert = faults, alert
		return l.showBulk(s, v, status, form)
	case len(done.Left) > 0:
		v.frame.Section, v.frame.Title = l.texts.Section, v.frame.L.N("bulk.changed", done.Changed)
		return v.render(http.StatusOK, page.BulkLeft(v.frame, page.BulkResult{RecordView: form.RecordView, Bulk: done}))
	}
	return v.redirect(to)
}

// bulkEdit is what the form says.
func bulkEdit(form page.BulkForm) crm.BulkEdit {
	tags := slices.DeleteFunc(strings.Split(form.Tags, ","), func(tag string) bool { return strings.TrimSpace(tag) == "" })
	do, _, _ := strings.Cut(form.Do, ".") // "set.stage" sets one
	switch do {
	case "owner":
		return crm.BulkEdit{OwnerID: form.Owner}
	case "addTags":
		return crm.BulkEdit{AddTags: tags}
	case "dropTags":
		return crm.BulkEdit{DropTags: tags}
	case "set":
		return crm.BulkEdit{Field: form.Field, Value: form.Value}
	case "delete":
		return crm.BulkEdit{Delete: true}
	}
	return crm.BulkEdit{}
}
