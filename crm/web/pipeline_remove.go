package web

import (
	"net/http"

	"github.com/grupobizopps/salexops/crm"
	"github.com/grupobizopps/salexops/crm/web/page"
)

// stageLeaving and pipelineLeaving ask where the deals of a place go.
func (s *server) stageLeaving(v *visit) (page.RemovePlace, error) {
	id, err := v.id()
	if err != nil {
		return page.RemovePlace{}, err
	}
	stage, p, err := s.stage(v, id)
	if err != nil {
		return page.RemovePlace{}, err
	}
	v.frame.Title = v.frame.F("pipelines.removingStage", "Name", stage.Name)
	return page.RemovePlace{
		Action: "/settings/stages/" + formID(id) + "/remove", Cancel: "/settings/pipelines/" + formID(p.ID), Name: stage.Name,
		Targets: []*crm.Pipeline{p}, Except: id,
	}, nil
}

func (s *server) pipelineLeaving(v *visit) (page.RemovePlace, error) {
	id, err := v.id()
	if err != nil {
		return page.RemovePlace{}, err
	}
	all, err := s.Services.Pipelines.Pipelines(v.ctx())
	if err != nil {
		return page.RemovePlace{}, err
	}
	form := page.RemovePlace{Action: "/settings/pipelines/" + formID(id) + "/remove", Cancel: "/settings/pipelines/" + formID(id)}
	for _, p := range all {
		if p.ID == id {
			form.Name = p.Name
		} else {
			form.Targets = append(form.Targets, p)
		}
	}
	if form.Name == "" || len(form.Targets) == 0 {
		return form, crm.ErrNotFound
	}
	v.frame.Title = v.frame.F("pipelines.removing", "Name", form.Name)
	return form, nil
}

func (s *server) stageRemovePage(v *visit) error {
	form, err := s.stageLeaving(v)
	return showLeaving(v, http.StatusOK, form, err)
}

func (s *server) pipelineRemovePage(v *visit) error {
	form, err := s.pipelineLeaving(v)
	return showLeaving(v, http.StatusOK, form, err)
}

func showLeaving(v *visit, status int, form page.RemovePlace, err error) error {
	if err != nil {
		return err
	}
	v.frame.Section = page.SectionSettings
	return v.render(status, page.RemovePlacePage(v.frame, form))
}

func (s *server) stageRemove(v *visit) error {
	if err := v.parse(); err != nil {
		return err
	}
	form, err := s.stageLeaving(v)
	if err != nil {
		return err
	}
	id, err := v.id()
	if err != nil {
		return err
	}
	action, err := s.Services.Pipelines.RemoveStage(v.ctx(), id, v.number("moveTo"))
	return s.removed(v, form, action, err)
}

func (s *server) pipelineRemove(v *visit) error {
	if err := v.parse(); err != nil {
		return err
	}
	form, err := s.pipelineLeaving(v)
	if err != nil {
		return err
	}
	id, err := v.id()
	if err != nil {
		return err
	}
	action, err := s.Services.Pipelines.RemovePipeline(v.ctx(), id, v.number("moveTo"))
	return s.removed(v, form, action, err)
}

// removed goes back to the list and offers Undo, or shows what is wrong.
func (s *server) removed(v *visit, form page.RemovePlace, action int64, err error) error {
	if err != nil {
		var status int
		var ok bool
		if form.Errors, form.Alert, status, ok = refusal(v, err); !ok {
			return err
		}
		return showLeaving(v, status, form, nil)
	}
	s.flash(v, page.Flash{Key: "flash.deleted", Name: form.Name, UndoID: action, Back: "/settings/pipelines"})
	return v.redirect("/settings/pipelines")
}

// reasonAdd, reasonRename and reasonRemove keep the list of lost reasons.
func (s *server) reasonAdd(v *visit) error {
	if err := v.parse(); err != nil {
		return err
	}
	r := crm.LostReason{Name: v.text("name")}
	to, err := s.once.do(v.ctx(), v.session.ID, v.text("formToken"), func() (string, error) {
		return "/settings/pipelines", s.Services.Pipelines.SaveLostReason(v.ctx(), &r)
	})
	return s.reasonSaved(v, r, to, err)
}

func (s *server) reasonRename(v *visit) error {
	id, err := v.id()
	if err != nil {
		return err
	}
	if err := v.parse(); err != nil {
		return err
	}
	r := crm.LostReason{ID: id, Name: v.text("name")}
	return s.reasonSaved(v, r, "/settings/pipelines", s.Services.Pipelines.SaveLostReason(v.ctx(), &r))
}

func (s *server) reasonSaved(v *visit, r crm.LostReason, to string, err error) error {
	if err != nil {
		faults, _, status, ok := refusal(v, err)
		if !ok {
			return err
		}
		return s.showPipelines(v, status, r.Name, faults)
	}
	s.flash(v, page.Flash{Key: "flash.saved", Name: r.Name})
	return v.redirect(to)
}

func (s *server) reasonRemove(v *visit) error {
	id, err := v.id()
	if err != nil {
		return err
	}
	if err := s.Services.Pipelines.RemoveLostReason(v.ctx(), id); err != nil {
		return err
	}
	return v.redirect("/settings/pipelines")
}
