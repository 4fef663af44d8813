package web

import (
	"errors"
	"net/http"

	"github.com/grupobizopps/salexops/crm"
)

// guard opens a route to those who meet its need, and explains to the others.
func (s *server) guard(rt route) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		v := s.newVisit(w, r)
		if p, closed := closedProblem(v.rights); closed {
			s.problem(v, p)
			return
		}
		if err := s.recognise(v); err != nil {
			s.fail(v, err)
			return
		}
		if stop := s.admit(v, rt); stop {
			return
		}
		s.takeFlash(v)
		s.remind(v)
		if err := rt.do(s, v); err != nil {
			s.fail(v, err)
		}
	})
}

// recognise finds out who asks. A session that ended is not a fault: ended
// says why, and the visit goes on as nobody's.
func (s *server) recognise(v *visit) error {
	token := s.sessionToken(v.r)
	if token == "" {
		return nil
	}
	session, u, err := s.Services.Users.Session(v.ctx(), token)
	var ended *crm.SessionEnded
	switch {
	case errors.As(err, &ended):
		s.forgetSession(v)
		v.ended, v.former = ended.Reason, ended.UserID
		return nil
	case errors.Is(err, crm.ErrForbidden):
		s.forgetSession(v)
		v.ownerOnly = true
		return nil
	case err != nil:
		return err
	}
	s.signedIn(v, session, u)
	return nil
}

// admit answers in the route's place when the visitor may not use it.
func (s *server) admit(v *visit, rt route) (stop bool) {
	switch {
	case rt.need == nobody:
		return false
	case v.ownerOnly:
		s.problem(v, problemOwnerOnly)
	case v.user == nil:
		s.askSignIn(v)
	case v.rights.Access == "ExportOnly" && v.user.Role != crm.RoleOwner:
		s.problem(v, problemOwnerOnly)
	case rt.need == pending:
		return false
	case v.user.MustChangePassword:
		_ = v.redirect("/password?next=" + queryEscape(wanted(v.r)))
	case !meets(v.user.Role, rt.need):
		s.problem(v, problemForbidden)
	default:
		return false
	}
	return true
}

// meets says whether a role is enough.
func meets(r crm.Role, n need) bool {
	switch n {
	case owner:
		return r.CanOwn()
	case manager:
		return r.CanManage()
	case seller:
		return r.CanWrite()
	default:
		return true
	}
}

// closedProblem is why the instance lets nobody in now.
func closedProblem(r crm.Rights) (problem, bool) {
	switch {
	case !r.Valid && r.Problem == "expired":
		return problemExpired, true
	case !r.Valid && r.Problem == "not-yet":
		return problemNotYet, true
	case !r.Valid:
		return problemNoLicence, true
	case r.Access == "Closed":
		return problemClosed, true
	}
	return problem{}, false
}
