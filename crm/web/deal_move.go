package web

import (
	"net/http"
	"net/url"

	"github.com/grupobizopps/salexops/crm"
	"github.com/grupobizopps/salexops/crm/web/page"
)

// dealMove takes a deal to another stage. The board's script gets what changed
// on the board; a plain form goes back to where it was. A lost deal needs a
// reason first.
func (s *server) dealMove(v *visit) error {
	if err := v.parse(); err != nil {
		return err
	}
	d, err := s.deal(v)
	if err != nil {
		return err
	}
	back := backTo(v, page.DealLink(d.ID))
	stage, _, err := s.stage(v, v.number("stage"))
	if err != nil {
		return err
	}
	if stage.Kind == crm.StageLost && d.StageID != stage.ID {
		return v.redirect(page.DealLink(d.ID) + "/lose?" + url.Values{"stage": {formID(stage.ID)}, "back": {back}}.Encode())
	}
	d, action, err := s.Services.Deals.MoveDeal(v.ctx(), crm.Move{DealID: d.ID, StageID: stage.ID})
	if err != nil {
		return err
	}
	done := movedFlash(d, action, back)
	if v.isHTMX() {
		return s.showMoved(v, d, done)
	}
	s.flash(v, done)
	return v.redirect(back)
}

// movedFlash says where a deal went.
func movedFlash(d *crm.Deal, action int64, back string) page.Flash {
	done := page.Flash{Key: "flash.moved", Name: d.Name, Detail: d.StageName, UndoID: action, Back: back}
	switch d.Status {
	case crm.StageWon:
		done.Key = "flash.won"
	case crm.StageLost:
		done.Key = "flash.lost"
	}
	return done
}

// showMoved answers the board's script.
func (s *server) showMoved(v *visit, d *crm.Deal, done page.Flash) error {
	view := page.BoardView{Mine: v.text("owner") == "me", Pipeline: v.number("pipeline")}
	f := boardFilter(v, view)
	f.PipelineID = d.PipelineID
	b, err := s.Services.Deals.Board(v.ctx(), f)
	if err != nil {
		return err
	}
	v.frame.Flash = &done
	return v.render(http.StatusOK, page.MovedDeal(v.frame, view, b, d))
}

// backTo is where a form came from, when it says so, or else the usual place.
func backTo(v *visit, usual string) string {
	if back := v.text("back"); back != "" {
		return local(back)
	}
	return usual
}

// dealLosePage asks why; ?stage=ID names the stage of lost deals, ?back= where
// to go afterwards.
func (s *server) dealLosePage(v *visit) error {
	d, err := s.deal(v)
	if err != nil {
		return err
	}
	q := v.r.URL.Query()
	form := page.LossForm{Deal: d, Move: crm.Move{StageID: queryID(q, "stage")}, Back: page.DealLink(d.ID)}
	if back := q.Get("back"); back != "" {
		form.Back = local(back)
	}
	return s.showLoss(v, http.StatusOK, form)
}

func (s *server) showLoss(v *visit, status int, form page.LossForm) error {
	reasons, err := s.Services.Pipelines.LostReasons(v.ctx())
	if err != nil {
		return err
	}
	form.Reasons = reasons
	v.frame.Section, v.frame.Title = page.SectionDeals, v.frame.F("deal.losing", "Name", form.Deal.Name)
	return v.render(status, page.LoseDeal(v.frame, form))
}

func (s *server) dealLose(v *visit) error {
	if err := v.parse(); err != nil {
		return err
	}
	d, err := s.deal(v)
	if err != nil {
		return err
	}
	form := page.LossForm{Deal: d, Back: backTo(v, page.DealLink(d.ID)), Move: crm.Move{
		DealID: d.ID, StageID: v.number("stage"), LostReasonID: v.number("reason"), LostNote: v.text("lostNote"),
	}}
	if stage, _, err := s.stage(v, form.Move.StageID); err != nil || stage.Kind != crm.StageLost {
		p, err := s.pipeline(v, d.PipelineID)
		if err != nil {
			return err
		}
		form.Move.StageID = p.Closing(crm.StageLost).ID
	}
	if form.Move.LostReasonID == 0 {
		err = crm.Invalid{"lostReasonId": crm.KeyRequired}
	} else {
		var action int64
		if d, action, err = s.Services.Deals.MoveDeal(v.ctx(), form.Move); err == nil {
			s.flash(v, movedFlash(d, action, form.Back))
			return v.redirect(form.Back)
		}
	}
	var status int
	var ok bool
	if form.Errors, form.Alert, status, ok = refusal(v, err); !ok {
		return err
	}
	return s.showLoss(v, status, form)
}
