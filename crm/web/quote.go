package web

import (
	"errors"
	"net/http"
	"time"

	"github.com/grupobizopps/salexops/crm"
	"github.com/grupobizopps/salexops/crm/web/page"
)

// quoteDays is how long a new quote is valid when nobody says otherwise.
const quoteDays = 15

// quote is the one in the address.
func (s *server) quote(v *visit) (*crm.Quote, error) {
	id, err := v.id()
	if err != nil {
		return nil, err
	}
	return s.Services.Quotes.Quote(v.ctx(), id)
}

func (s *server) quoteNew(v *visit) error {
	d, err := s.deal(v)
	if err != nil {
		return err
	}
	if len(d.Items) == 0 {
		return v.redirect(page.DealLink(d.ID) + "/items")
	}
	until := v.frame.L.Now().AddDate(0, 0, quoteDays).Format(time.DateOnly)
	return s.showQuoteForm(v, http.StatusOK, page.QuoteForm{Deal: d, Quote: crm.Quote{ValidUntil: until}})
}

func (s *server) showQuoteForm(v *visit, status int, form page.QuoteForm) error {
	v.frame.Section, v.frame.Title = page.SectionDeals, v.frame.T("quotes.newTitle")
	if form.Quote.ID != 0 {
		v.frame.Title = v.frame.F("quote.title", "Number", form.Quote.Number())
	}
	return v.render(status, page.EditQuote(v.frame, form))
}

func (s *server) quoteCreate(v *visit) error {
	if err := v.parse(); err != nil {
		return err
	}
	d, err := s.deal(v)
	if err != nil {
		return err
	}
	q := crm.Quote{DealID: d.ID, ValidUntil: v.text("validUntil"), Notes: v.text("notes")}
	to, err := s.once.do(v.ctx(), v.session.ID, v.text("formToken"), func() (string, error) {
		if err := s.Services.Quotes.CreateQuote(v.ctx(), &q); err != nil {
			return "", err
		}
		s.flash(v, page.Flash{Key: "flash.created", Name: q.Number()})
		return page.QuoteLink(q.ID), nil
	})
	if err != nil {
		return s.refuseQuote(v, page.QuoteForm{Deal: d, Quote: q}, err)
	}
	return v.redirect(to)
}

func (s *server) refuseQuote(v *visit, form page.QuoteForm, err error) error {
	faults, alert, status, ok := refusal(v, err)
	switch {
	case errors.Is(err, crm.ErrConflict):
		alert, status = v.frame.T("quote.conflict"), http.StatusConflict
	case !ok:
		return err
	case faults["items"] != "":
		alert = v.frame.T("quotes.needItems")
	case faults["status"] != "":
		alert = v.frame.T("quote.fixed")
	}
	form.Errors, form.Alert = faults, alert
	return s.showQuoteForm(v, status, form)
}

func (s *server) quoteShow(v *visit) error {
	q, err := s.quote(v)
	if err != nil {
		return err
	}
	d, err := s.Services.Deals.Deal(v.ctx(), q.DealID)
	if err != nil {
		return err
	}
	v.frame.Section, v.frame.Title = page.SectionDeals, v.frame.F("quote.title", "Number", q.Number())
	return v.render(http.StatusOK, page.QuoteRecord(v.frame, q, d.IsOpen()))
}

func (s *server) quoteEdit(v *visit) error {
	q, err := s.quote(v)
	if err != nil {
		return err
	}
	if q.Status != crm.QuoteDraft {
		return v.redirect(page.QuoteLink(q.ID))
	}
	d, err := s.Services.Deals.Deal(v.ctx(), q.DealID)
	if err != nil {
		return err
	}
	return s.showQuoteForm(v, http.StatusOK, page.QuoteForm{Deal: d, Quote: *q})
}

func (s *server) quoteUpdate(v *visit) error {
	if err := v.parse(); err != nil {
		return err
	}
	stored, err := s.quote(v)
	if err != nil {
		return err
	}
	q := *stored
	q.Version, q.ValidUntil, q.Notes = v.number("version"), v.text("validUntil"), v.text("notes")
	if err := s.Services.Quotes.UpdateQuote(v.ctx(), &q); err != nil {
		d, lost := s.Services.Deals.Deal(v.ctx(), q.DealID)
		if lost != nil {
			return lost
		}
		q.Version = stored.Version // Whoever saves again has been told.
		return s.refuseQuote(v, page.QuoteForm{Deal: d, Quote: q}, err)
	}
	s.flash(v, page.Flash{Key: "flash.saved", Name: q.Number()})
	return v.redirect(page.QuoteLink(q.ID))
}

func (s *server) quoteSend(v *visit) error {
	q, err := s.quote(v)
	if err != nil {
		return err
	}
	if err := s.Services.Quotes.SendQuote(v.ctx(), q.ID); err != nil && !settled(err) {
		return err
	}
	s.flash(v, page.Flash{Key: "flash.quoteSent", Name: q.Number()})
	return v.redirect(page.QuoteLink(q.ID))
}

// settled says whether a quote has got further already: a button pressed twice.
func settled(err error) bool {
	var faults crm.Invalid
	return errors.As(err, &faults) && faults["status"] != ""
}

func (s *server) quoteAccept(v *visit) error {
	if err := v.parse(); err != nil {
		return err
	}
	q, err := s.quote(v)
	if err != nil {
		return err
	}
	action, err := s.Services.Quotes.AcceptQuote(v.ctx(), q.ID, v.text("win") == "1")
	if err != nil && !settled(err) {
		return err
	}
	done := page.Flash{Key: "flash.quoteAccepted", Name: q.Number()}
	if action != 0 {
		done = page.Flash{Key: "flash.won", Name: q.Customer.Deal, UndoID: action, Back: page.DealLink(q.DealID)}
		s.flash(v, done)
		return v.redirect(page.DealLink(q.DealID))
	}
	s.flash(v, done)
	return v.redirect(page.QuoteLink(q.ID))
}
