package web

import (
	"net/http"

	"github.com/grupobizopps/salexops/crm"
	"github.com/grupobizopps/salexops/crm/web/page"
)

// newPasswordPage is where somebody with an initial password lands.
func (s *server) newPasswordPage(v *visit) error {
	next := local(v.r.URL.Query().Get("next"))
	if !v.user.MustChangePassword {
		return v.redirect(next)
	}
	return s.showNewPassword(v, http.StatusOK, page.NewPassword{Forced: true, Next: next})
}

func (s *server) showNewPassword(v *visit, status int, form page.NewPassword) error {
	v.frame.Title = v.frame.T("password.title")
	return v.render(status, page.NewPasswordPage(v.frame, form))
}

// changePassword serves both the forced change and the one by choice.
func (s *server) changePassword(v *visit) error {
	if err := v.parse(); err != nil {
		return err
	}
	form := page.NewPassword{Forced: v.user.MustChangePassword, Next: local(v.text("next"))}
	current, chosen := v.r.PostFormValue("current"), v.r.PostFormValue("new")
	var err error = crm.Invalid{"again": "error.mismatch"}
	if chosen == v.r.PostFormValue("again") {
		err = s.Services.Users.ChangePassword(v.ctx(), current, chosen)
	}
	if err == nil {
		s.flash(v, page.Flash{Key: "flash.passwordChanged"})
		if form.Forced {
			return v.redirect(form.Next)
		}
		return v.redirect("/settings/security")
	}
	faults, alert, status, ok := s.secretRefusal(v, err)
	if !ok {
		return err
	}
	form.Errors = faults
	if faults == nil {
		form.Alert = alert
	}
	if form.Forced {
		return s.showNewPassword(v, status, form)
	}
	return s.showSecurity(v, status, page.Security{Password: form})
}
