package web

import (
	"errors"
	"net/http"
	"time"

	"github.com/grupobizopps/salexops/crm"
	"github.com/grupobizopps/salexops/crm/web/page"
)

// termsDecide accepts a coming revision or objects to it.
func (s *server) termsDecide(v *visit) error {
	if err := v.parse(); err != nil {
		return err
	}
	decision := v.text("decision")
	if decision != "accept" && decision != "object" {
		return errBadForm
	}
	if err := s.Services.Account.DecideTerms(v.ctx(), v.text("revision"), decision == "accept"); err != nil {
		return err
	}
	message := "flash.termsAccepted"
	if decision == "object" {
		message = "flash.termsObjected"
	}
	s.flash(v, page.Flash{Key: message})
	return v.redirect("/settings/account")
}

func (s *server) supportPage(v *visit) error {
	return s.showSupport(v, http.StatusOK, page.Support{})
}

func (s *server) showSupport(v *visit, status int, d page.Support) error {
	v.frame.Section, v.frame.Title = page.SectionSettings, v.frame.T("support.ask")
	return v.render(status, page.SupportPage(v.frame, d))
}

// supportAsk hands a call for support over, or says why not.
func (s *server) supportAsk(v *visit) error {
	if err := v.parse(); err != nil {
		return err
	}
	call := crm.RequestPayload{Category: crm.SupportCategory(v.text("category")), Subject: v.text("subject"), Text: v.text("text")}
	to, err := s.once.do(v.ctx(), v.session.ID, v.text("formToken"), func() (string, error) {
		if err := s.Services.Account.AskSupport(v.ctx(), call); err != nil {
			return "", err
		}
		s.flash(v, page.Flash{Key: "flash.supportSent"})
		return "/settings/account", nil
	})
	if err != nil {
		faults, alert, status, ok := refusal(v, err)
		if !ok {
			return err
		}
		return s.showSupport(v, status, page.Support{Call: call, Errors: faults, Alert: alert})
	}
	return v.redirect(to)
}

func (s *server) cancelPage(v *visit) error {
	return s.showCancel(v, http.StatusOK, page.Cancellation{})
}

func (s *server) showCancel(v *visit, status int, d page.Cancellation) error {
	v.frame.Section, v.frame.Title = page.SectionSettings, v.frame.T("cancel.title")
	return v.render(status, page.CancelPage(v.frame, d))
}

// cancel ends the contract when name and password are right.
func (s *server) cancel(v *visit) error {
	if err := v.parse(); err != nil {
		return err
	}
	d := page.Cancellation{Company: v.text("company")}
	err := s.Services.Account.Cancel(v.ctx(), d.Company, v.r.PostFormValue("password"))
	if slow := (*crm.TooManyAttempts)(nil); errors.As(err, &slow) {
		d.Alert = v.frame.L.N("signIn.waitSeconds", int((slow.RetryAfter+time.Second-1)/time.Second))
		return s.showCancel(v, http.StatusTooManyRequests, d)
	}
	if err != nil {
		faults, alert, status, ok := refusal(v, err)
		if !ok {
			return err
		}
		d.Errors, d.Alert = faults, alert
		return s.showCancel(v, status, d)
	}
	s.flash(v, page.Flash{Key: "flash.cancelled"})
	return v.redirect("/settings/account")
}
