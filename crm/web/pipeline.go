package web

import (
	"errors"
	"net/http"
	"slices"
	"strconv"

	"github.com/grupobizopps/salexops/crm"
	"github.com/grupobizopps/salexops/crm/web/page"
)

func (s *server) pipelines(v *visit) error { return s.showPipelines(v, http.StatusOK, "", nil) }

// showPipelines lists pipelines and lost reasons; typed is a reason that was
// not added, with what is wrong.
func (s *server) showPipelines(v *visit, status int, typed string, faults crm.Invalid) error {
	all, err := s.Services.Pipelines.Pipelines(v.ctx())
	if err != nil {
		return err
	}
	reasons, err := s.Services.Pipelines.LostReasons(v.ctx())
	if err != nil {
		return err
	}
	v.frame.Section, v.frame.Title = page.SectionSettings, v.frame.T("deals.pipelines")
	return v.render(status, page.PipelinesPage(v.frame, all, reasons, typed, faults))
}

func (s *server) pipelineNew(v *visit) error {
	return s.showPipeline(v, http.StatusOK, page.PipelineForm{Pipeline: crm.Pipeline{Stages: []crm.Stage{
		{Kind: crm.StageOpen, Probability: 25}, {Kind: crm.StageOpen, Probability: 75},
		{Kind: crm.StageWon, Name: v.frame.T("pipelines.wonName"), Probability: 100},
		{Kind: crm.StageLost, Name: v.frame.T("pipelines.lostName")},
	}}})
}

func (s *server) pipelineEdit(v *visit) error {
	id, err := v.id()
	if err != nil {
		return err
	}
	p, err := s.pipeline(v, id)
	if err != nil {
		return err
	}
	return s.showPipeline(v, http.StatusOK, page.PipelineForm{Pipeline: *p})
}

func (s *server) showPipeline(v *visit, status int, form page.PipelineForm) error {
	all, err := s.Services.Pipelines.Pipelines(v.ctx())
	if err != nil {
		return err
	}
	form.Several = len(all) > 1
	if form.Probabilities == nil {
		for _, stage := range form.Pipeline.Stages {
			form.Probabilities = append(form.Probabilities, strconv.Itoa(stage.Probability))
		}
	}
	v.frame.Section, v.frame.Title = page.SectionSettings, v.frame.T("pipelines.new")
	if form.Pipeline.ID != 0 {
		v.frame.Title = v.frame.F("deals.editing", "Name", form.Pipeline.Name)
	}
	return v.render(status, page.EditPipeline(v.frame, form))
}

// stagesMost bounds the stages that are read from a form.
const stagesMost = 40

// readPipeline takes a pipeline from the form as typed.
func readPipeline(v *visit) (page.PipelineForm, crm.Invalid) {
	form := page.PipelineForm{Pipeline: crm.Pipeline{Name: v.text("name"), Version: v.number("version")}, Probabilities: []string{}}
	faults := crm.Invalid{}
	for i := range stagesMost {
		if !v.r.PostForm.Has(crm.StageField("name", i)) {
			break
		}
		stage := crm.Stage{
			ID: v.number(crm.StageField("id", i)), Name: v.text(crm.StageField("name", i)), Kind: crm.StageKind(v.text(crm.StageField("kind", i))),
		}
		typed := v.text(crm.StageField("probability", i))
		if stage.Kind == crm.StageOpen {
			share, err := crm.ParsePercent(typed)
			if err != nil || share%100 != 0 {
				faults[crm.StageField("probability", i)] = crm.KeyPercent
			}
			stage.Probability = int(share / 100)
		}
		form.Pipeline.Stages = append(form.Pipeline.Stages, stage)
		form.Probabilities = append(form.Probabilities, typed)
	}
	return form, faults
}

// rearrange does what a button of the form asks: one more stage, a new one
// less, a stage up or down.
func rearrange(v *visit, form *page.PipelineForm) bool {
	stages, typed := form.Pipeline.Stages, form.Probabilities
	swap := func(a, b int) {
		if a >= 0 && b < len(stages) && stages[a].Kind == crm.StageOpen && stages[b].Kind == crm.StageOpen {
			stages[a], stages[b] = stages[b], stages[a]
			typed[a], typed[b] = typed[b], typed[a]
		}
	}
	for _, button := range []string{"up", "down", "drop", "more"} {
		if !v.r.PostForm.Has(button) {
			continue
		}
		at := int(min(max(v.number(button), 0), stagesMost))
		switch button {
		case "up":
			swap(at-1, at)
		case "down":
			swap(at, at+1)
		case "drop":
			if at < len(stages) && stages[at].ID == 0 {
				form.Pipeline.Stages, form.Probabilities = slices.Delete(stages, at, at+1), slices.Delete(typed, at, at+1)
			}
		case "more":
			at = len(form.Pipeline.Open())
			form.Pipeline.Stages = slices.Insert(stages, at, crm.Stage{Kind: crm.StageOpen})
			form.Probabilities = slices.Insert(typed, at, "50")
		}
		return true
	}
	return false
}

func (s *server) pipelineSave(v *visit) error {
	if err := v.parse(); err != nil {
		return err
	}
	form, faults := readPipeline(v)
	if v.r.PathValue("id") != "" {
		id, err := v.id()
		if err != nil {
			return err
		}
		if _, err := s.pipeline(v, id); err != nil {
			return err
		}
		form.Pipeline.ID = id
	}
	if rearrange(v, &form) {
		return s.showPipeline(v, http.StatusOK, form)
	}
	to, err := s.once.do(v.ctx(), v.session.ID, v.text("formToken"), func() (string, error) {
		if len(faults) > 0 {
			return "", faults
		}
		if err := s.Services.Pipelines.SavePipeline(v.ctx(), &form.Pipeline); err != nil {
			return "", err
		}
		s.flash(v, page.Flash{Key: "flash.saved", Name: form.Pipeline.Name})
		return "/settings/pipelines", nil
	})
	if errors.Is(err, crm.ErrConflict) {
		form.Alert = v.frame.T("pipelines.conflict")
		return s.showPipeline(v, http.StatusConflict, form)
	}
	if err != nil {
		var status int
		var ok bool
		if form.Errors, form.Alert, status, ok = refusal(v, err); !ok {
			return err
		}
		return s.showPipeline(v, status, form)
	}
	return v.redirect(to)
}
