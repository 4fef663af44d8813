package web

import (
	"net/http"

	"github.com/grupobizopps/salexops/crm"
	"github.com/grupobizopps/salexops/crm/web/page"
)

// deal is the one in the address.
func (s *server) deal(v *visit) (*crm.Deal, error) {
	id, err := v.id()
	if err != nil {
		return nil, err
	}
	return s.Services.Deals.Deal(v.ctx(), id)
}

func (s *server) dealShow(v *visit) error {
	d, err := s.deal(v)
	if err != nil {
		return err
	}
	shown := page.DealPage{Deal: d}
	if shown.Pipeline, err = s.pipeline(v, d.PipelineID); err != nil {
		return err
	}
	if shown.Quotes, err = s.Services.Quotes.Quotes(v.ctx(), d.ID); err != nil {
		return err
	}
	if shown.History, err = s.history(v, crm.KindDeal, d.ID, page.DealLink(d.ID)); err != nil {
		return err
	}
	if v.frame.Custom, err = s.Services.Fields.CustomFields(v.ctx(), crm.KindDeal); err != nil {
		return err
	}
	v.frame.Section, v.frame.Title = page.SectionDeals, d.Name
	return v.render(http.StatusOK, page.DealRecord(v.frame, shown))
}

// dealDelete moves the deal to the bin; the next page offers Undo.
func (s *server) dealDelete(v *visit) error {
	d, err := s.deal(v)
	if err != nil {
		return err
	}
	action, err := s.Services.Deals.DeleteDeal(v.ctx(), d.ID)
	if err != nil {
		return err
	}
	s.flash(v, page.Flash{Key: "flash.deleted", Name: d.Name, UndoID: action})
	return v.redirect("/deals")
}
