package web

import (
	"errors"

	"github.com/grupobizopps/salexops/crm"
)

// signOut ends the session. It also works when the session is over already.
func (s *server) signOut(v *visit) error {
	if token := s.sessionToken(v.r); token != "" {
		err := s.Services.Users.SignOut(v.ctx(), token)
		if err != nil && !errors.Is(err, crm.ErrUnauthenticated) {
			return err
		}
	}
	if v.session != nil {
		s.reveal.forget(v.session.ID)
		s.recovery.Forget(v.session.ID)
		s.secrets.Forget(v.session.ID)
	}
	s.forgetSession(v)
	return v.redirect("/sign-in")
}
