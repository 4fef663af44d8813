package web

import (
	"net/http"
	"net/url"

	"github.com/grupobizopps/salexops/crm"
	"github.com/grupobizopps/salexops/crm/web/page"
)

// viewPage chooses filters, columns and order.
func (l *recordList) viewPage(s *server, v *visit) error {
	return l.showView(s, v, http.StatusOK, v.r.URL.Query(), page.ViewForm{})
}

func (l *recordList) showView(s *server, v *visit, status int, q url.Values, form page.ViewForm) error {
	var err error
	if form.RecordView, form.Fields, err = l.read(s, v, q); err != nil {
		return err
	}
	if form.Views, err = s.Services.Views.Views(v.ctx(), l.texts.Kind); err != nil {
		return err
	}
	if form.Owners, err = s.owners(v, 0); err != nil {
		return err
	}
	for _, w := range form.Views {
		if w.ID == form.View && form.Name == "" {
			form.Name, form.Shared = w.Name, w.Shared
		}
	}
	v.frame.Section, v.frame.Title = l.texts.Section, v.frame.T("views.title")
	return v.render(status, page.EditView(v.frame, form))
}

// viewCreate keeps what a list shows under a name.
func (l *recordList) viewCreate(s *server, v *visit) error {
	if err := v.parse(); err != nil {
		return err
	}
	w := crm.View{Kind: l.texts.Kind, Name: v.text("name"), Shared: v.text("shared") == "1", Params: v.text("params")}
	to, err := s.once.do(v.ctx(), v.session.ID, v.text("formToken"), func() (string, error) { return l.saveView(s, v, &w) })
	if err != nil {
		return l.refuseView(s, v, w, err)
	}
	return v.redirect(to)
}

// viewChange renames a view, shares it, gives it the filters of now, or deletes
// it.
func (l *recordList) viewChange(s *server, v *visit) error {
	id, err := v.id()
	if err != nil {
		return err
	}
	if err := v.parse(); err != nil {
		return err
	}
	if v.text("do") == "delete" {
		if err := s.Services.Views.DeleteView(v.ctx(), id); err != nil {
			return err
		}
		s.flash(v, page.Flash{Key: "flash.viewDeleted"})
		return v.redirect(l.texts.Path)
	}
	w := crm.View{ID: id, Kind: l.texts.Kind, Name: v.text("name"), Shared: v.text("shared") == "1", Params: v.text("params")}
	to, err := l.saveView(s, v, &w)
	if err != nil {
		return l.refuseView(s, v, w, err)
	}
	return v.redirect(to)
}

func (l *recordList) saveView(s *server, v *visit, w *crm.View) (string, error) {
	if err := s.Services.Views.SaveView(v.ctx(), w); err != nil {
		return "", err
	}
	s.flash(v, page.Flash{Key: "flash.viewSaved", Name: w.Name})
	return page.ViewLink(l.texts.Path, w), nil
}

func (l *recordList) refuseView(s *server, v *visit, w crm.View, err error) error {
	faults, alert, status, ok := refusal(v, err)
	if !ok {
		return err
	}
	q, err := url.ParseQuery(w.Params)
	if err != nil {
		q = url.Values{}
	}
	return l.showView(s, v, status, q, page.ViewForm{Name: w.Name, Shared: w.Shared, Errors: faults, Alert: alert})
}
