package web

import (
	"context"
	"errors"
	"log/slog"
	"net/http"
	"strconv"

	"github.com/grupobizopps/salexops/crm"
	"github.com/grupobizopps/salexops/crm/web/page"
)

// problem is one way in which a page cannot be shown.
type problem struct {
	status      int
	icon        string
	title, text string // messages
	logged      bool   // a fault of ours: the id leads to it in the log
	signOut     bool
	back        bool
}

// Problems, each with words of its own.
var (
	problemNotFound  = problem{status: http.StatusNotFound, icon: "search", title: "problem.notFound", text: "problem.notFoundText", back: true}
	problemMethod    = problem{status: http.StatusMethodNotAllowed, icon: "alert-triangle", title: "problem.method", text: "problem.methodText", back: true}
	problemForbidden = problem{status: http.StatusForbidden, icon: "lock", title: "problem.forbidden", text: "problem.forbiddenText", back: true}
	problemForeign   = problem{status: http.StatusForbidden, icon: "shield-lock", title: "problem.foreign", text: "problem.foreignText", back: true}
	problemConflict  = problem{status: http.StatusConflict, icon: "refresh", title: "problem.conflict", text: "problem.conflictText", back: true}
	problemStale     = problem{status: http.StatusConflict, icon: "arrow-back-up", title: "problem.notUndoable", text: "problem.notUndoableText", back: true}
	problemTooLarge  = problem{status: http.StatusRequestEntityTooLarge, icon: "alert-triangle", title: "problem.tooLarge", text: "problem.tooLargeText", back: true}
	problemBadInput  = problem{status: http.StatusBadRequest, icon: "alert-triangle", title: "problem.badInput", text: "problem.badInputText", back: true}
	problemReadOnly  = problem{status: http.StatusForbidden, icon: "lock", title: "problem.readOnly", text: "problem.readOnlyText", back: true}
	problemFull      = problem{status: http.StatusInsufficientStorage, icon: "database", title: "problem.full", text: "problem.fullText", back: true}
	problemOurs      = problem{status: http.StatusInternalServerError, icon: "alert-triangle", title: "problem.ours", text: "problem.oursText", logged: true, back: true}
	problemNoLicence = problem{status: http.StatusServiceUnavailable, icon: "key", title: "closed.missing", text: "closed.missingText"}
	problemExpired   = problem{status: http.StatusServiceUnavailable, icon: "clock", title: "closed.expired", text: "closed.expiredText"}
	problemNotYet    = problem{status: http.StatusServiceUnavailable, icon: "calendar", title: "closed.notYet", text: "closed.notYetText"}
	problemClosed    = problem{status: http.StatusServiceUnavailable, icon: "lock", title: "closed.closed", text: "closed.closedText"}
	problemOwnerOnly = problem{status: http.StatusForbidden, icon: "lock", title: "closed.ownerOnly", text: "closed.ownerOnlyText", signOut: true}
)

// problem answers with the page that explains.
func (s *server) problem(v *visit, p problem) {
	v.frame.Title = v.frame.T(p.title)
	err := v.render(p.status, page.ProblemPage(v.frame, page.Problem{
		Status: p.status, Icon: p.icon,
		Title: v.frame.T(p.title), Text: v.frame.T(p.text),
		ShowID: p.logged, SignOut: p.signOut, Back: p.back,
	}))
	if err != nil {
		s.log(v, err)
		http.Error(v.w, strconv.Itoa(http.StatusInternalServerError), http.StatusInternalServerError)
	}
}

// fail answers an error of an action: by its kind where it has one, else as a
// fault of ours, which is logged under the id that the page shows.
func (s *server) fail(v *visit, err error) {
	if errors.Is(err, crm.ErrUnauthenticated) {
		s.askSignIn(v)
		return
	}
	p := problemOf(err)
	if p.logged && !errors.Is(err, context.Canceled) {
		s.log(v, err)
	}
	s.problem(v, p)
}

func problemOf(err error) problem {
	var (
		tooLarge *http.MaxBytesError
		invalid  crm.Invalid
	)
	switch {
	case errors.Is(err, crm.ErrNotFound):
		return problemNotFound
	case errors.Is(err, crm.ErrForbidden):
		return problemForbidden
	case errors.Is(err, crm.ErrConflict):
		return problemConflict
	case errors.Is(err, crm.ErrNotUndoable):
		return problemStale
	case errors.Is(err, crm.ErrReadOnly):
		return problemReadOnly
	case errors.Is(err, crm.ErrVolumeFull):
		return problemFull
	case errors.As(err, &tooLarge):
		return problemTooLarge
	case errors.As(err, &invalid), errors.Is(err, errBadForm):
		return problemBadInput
	}
	return problemOurs
}

// log writes a fault with the id of its request, and nothing of its content.
func (s *server) log(v *visit, err error) {
	s.Logger.LogAttrs(v.ctx(), slog.LevelError, "page failed",
		slog.String("request", v.frame.RequestID),
		slog.String("method", v.r.Method),
		slog.String("route", v.r.Pattern),
		slog.String("error", err.Error()))
}
