package web

import (
	"net/http"
	"slices"
	"strings"

	"github.com/grupobizopps/salexops/crm"
	"github.com/grupobizopps/salexops/crm/web/page"
)

func (s *server) customFields(v *visit) error {
	fields, err := s.Services.Fields.AllCustomFields(v.ctx())
	if err != nil {
		return err
	}
	v.frame.Section, v.frame.Title = page.SectionSettings, v.frame.T("nav.fields")
	return v.render(http.StatusOK, page.CustomFieldsPage(v.frame, fields))
}

func (s *server) customFieldNew(v *visit) error {
	kind := crm.Kind(v.r.URL.Query().Get("kind"))
	if !slices.Contains(crm.CustomKinds, kind) {
		kind = crm.KindContact
	}
	return s.showCustomField(v, http.StatusOK, page.CustomFieldForm{Field: crm.CustomField{Kind: kind, Type: crm.FieldText}})
}

func (s *server) customFieldEdit(v *visit) error {
	f, err := s.customField(v)
	if err != nil {
		return err
	}
	return s.showCustomField(v, http.StatusOK, page.CustomFieldForm{Field: *f})
}

// customField is the one in the address.
func (s *server) customField(v *visit) (*crm.CustomField, error) {
	id, err := v.id()
	if err != nil {
		return nil, err
	}
	fields, err := s.Services.Fields.AllCustomFields(v.ctx())
	if err != nil {
		return nil, err
	}
	at := slices.IndexFunc(fields, func(f *crm.CustomField) bool { return f.ID == id })
	if at < 0 {
		return nil, crm.ErrNotFound
	}
	return fields[at], nil
}

func (s *server) showCustomField(v *visit, status int, form page.CustomFieldForm) error {
	v.frame.Section, v.frame.Title = page.SectionSettings, v.frame.T("custom.new")
	if form.Field.ID != 0 {
		v.frame.Title = v.frame.F("custom.editing", "Name", form.Field.Label)
	}
	return v.render(status, page.EditCustomField(v.frame, form))
}

func (s *server) customFieldCreate(v *visit) error {
	if err := v.parse(); err != nil {
		return err
	}
	f := crm.CustomField{
		Kind: crm.Kind(v.text("kind")), Type: crm.FieldType(v.text("type")), Label: v.text("label"),
		Choices: strings.Split(v.text("choices"), "\n"), Required: v.text("required") == "1",
	}
	to, err := s.once.do(v.ctx(), v.session.ID, v.text("formToken"), func() (string, error) {
		if err := s.Services.Fields.CreateCustomField(v.ctx(), &f); err != nil {
			return "", err
		}
		s.flash(v, page.Flash{Key: "flash.created", Name: f.Label})
		return "/settings/fields", nil
	})
	if err != nil {
		return s.refuseCustomField(v, f, err)
	}
	return v.redirect(to)
}

func (s *server) customFieldUpdate(v *visit) error {
	f, err := s.customField(v)
	if err != nil {
		return err
	}
	if err := v.parse(); err != nil {
		return err
	}
	changed := *f
	changed.Label, changed.Required, changed.Archived = v.text("label"), v.text("required") == "1", v.text("archived") == "1"
	changed.Choices = strings.Split(v.text("choices"), "\n")
	if err := s.Services.Fields.UpdateCustomField(v.ctx(), &changed); err != nil {
		return s.refuseCustomField(v, changed, err)
	}
	s.flash(v, page.Flash{Key: "flash.saved", Name: changed.Label})
	return v.redirect("/settings/fields")
}

func (s *server) refuseCustomField(v *visit, f crm.CustomField, err error) error {
	faults, alert, status, ok := refusal(v, err)
	if !ok {
		return err
	}
	return s.showCustomField(v, status, page.CustomFieldForm{Field: f, Errors: faults, Alert: alert})
}

func (s *server) customFieldMove(v *visit) error {
	f, err := s.customField(v)
	if err != nil {
		return err
	}
	if err := v.parse(); err != nil {
		return err
	}
	by := 1
	if v.text("by") == "-1" {
		by = -1
	}
	if err := s.Services.Fields.MoveCustomField(v.ctx(), f.ID, by); err != nil {
		return err
	}
	return v.redirect("/settings/fields")
}

// customOf are the custom fields of a record that is shown or written.
func (s *server) customOf(v *visit, kind crm.Kind, values map[int64]string) (page.CustomValues, error) {
	fields, err := s.Services.Fields.CustomFields(v.ctx(), kind)
	return page.CustomValues{Fields: fields, Values: values}, err
}

// readExtra takes tags and custom values from a form as typed. What a form does
// not have stays as it is.
func readExtra(v *visit) crm.Extra {
	e := crm.Extra{Tags: v.texts("tags"), Custom: map[int64]string{}}
	for name, values := range v.r.PostForm {
		if id := customID(name); id != 0 {
			e.Custom[id] = strings.Trim(strings.Join(values, ";"), "; ")
		}
	}
	return e
}
