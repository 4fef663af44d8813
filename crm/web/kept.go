package web

import (
	"crypto/rand"
	"errors"
	"io"
	"net/http"
	"net/url"
	"slices"
	"strconv"
	"strings"
	"time"

	"github.com/grupobizopps/salexops/crm"
	"github.com/grupobizopps/salexops/crm/web/page"
)

// A form that is sent when its session has ended is kept, in memory alone, for
// the user whose session it was. The browser holds a token for it. Who signs in
// there as that user is offered to send it; nobody else gets to see it.
const (
	keptAge      = 12 * time.Hour
	maxKept      = 64
	maxKeptBytes = 4 << 20
)

// keptForm is what was sent, and by whom.
type keptForm struct {
	user   int64
	target string // path and query
	values url.Values
}

// weight is about what it takes in memory.
func (f keptForm) weight() int {
	sum := len(f.target)
	for name, values := range f.values {
		for _, value := range values {
			sum += len(name) + len(value) + 32
		}
	}
	return sum
}

// passwordFields are the names that every field for a password has; a test
// reads the pages for others.
var passwordFields = []string{"password", "current", "new", "again"}

// keepable says whether a form is worth keeping: something was typed into it,
// none of it is a secret, and sending it is no deed by itself, like deleting.
func keepable(path string, form url.Values) bool {
	for _, prefix := range []string{"/sign-in", "/sign-out", "/password", "/kept", "/settings/security", "/settings/two-step", "/settings/passkeys", "/settings/sessions"} {
		if path == prefix || strings.HasPrefix(path, prefix+"/") {
			return false
		}
	}
	if strings.HasSuffix(path, "/delete") || path == "/undo" || len(form) == 0 {
		return false
	}
	// The profile asks for the password only with a new e-mail.
	return !slices.ContainsFunc(passwordFields, func(name string) bool { return form.Get(name) != "" })
}

// keepForm keeps what came along with a visit whose session has ended. Uploads
// are no such forms: their files stay in the browser.
func (s *server) keepForm(v *visit) {
	user := s.formerUser(v)
	if user == 0 || v.parse() != nil || !keepable(v.r.URL.Path, v.r.PostForm) {
		return
	}
	token := rand.Text()
	if s.kept.Keep(token, keptForm{user, v.r.URL.RequestURI(), v.r.PostForm}) {
		s.setCookie(v.w, keptCookie, token, keptAge)
	}
}

// formerUser is whose session has ended: the one that came along, or the last
// that this browser held.
func (s *server) formerUser(v *visit) int64 {
	if v.former != 0 {
		return v.former
	}
	var ended *crm.SessionEnded
	if last := s.cookie(v.r, lastCookie); last != "" {
		if _, _, err := s.Services.Users.Session(v.ctx(), last); errors.As(err, &ended) {
			return ended.UserID
		}
	}
	return 0
}

// hasKept says whether a form waits for this user in this browser. Another
// user's is forgotten.
func (s *server) hasKept(v *visit) bool {
	token := s.cookie(v.r, keptCookie)
	form, ok := s.kept.See(token)
	if ok && form.user == v.user.ID {
		return true
	}
	if token != "" {
		s.dropKept(v)
	}
	return false
}

func (s *server) dropKept(v *visit) {
	s.kept.Forget(s.cookie(v.r, keptCookie))
	s.setCookie(v.w, keptCookie, "", -time.Second)
}

// keptPage shows what waits to be sent.
func (s *server) keptPage(v *visit) error {
	if !s.hasKept(v) {
		return v.redirect("/")
	}
	form, _ := s.kept.See(s.cookie(v.r, keptCookie))
	d := page.Kept{}
	for name, values := range form.values {
		for _, value := range values {
			if _, err := strconv.ParseInt(value, 10, 64); err != nil || !strings.HasSuffix(name, "Id") {
				d.Add(name, value)
			}
		}
	}
	v.frame.Title = v.frame.T("kept.title")
	return v.render(http.StatusOK, page.KeptPage(v.frame, d))
}

// keptSend sends the kept form as if its page had done so just now.
func (s *server) keptSend(v *visit) error {
	if !s.hasKept(v) {
		return v.redirect("/")
	}
	form, _ := s.kept.See(s.cookie(v.r, keptCookie))
	s.dropKept(v)
	target, err := url.ParseRequestURI(form.target)
	if err != nil {
		return err
	}
	body := form.values.Encode()
	r := v.r.Clone(v.ctx())
	r.URL, r.RequestURI, r.Pattern = target, form.target, ""
	r.Form, r.PostForm, r.MultipartForm = nil, nil, nil
	r.Body, r.ContentLength = io.NopCloser(strings.NewReader(body)), int64(len(body))
	r.Header.Set("Content-Type", "application/x-www-form-urlencoded")
	s.mux.ServeHTTP(v.w, r)
	v.written = true
	return nil
}

// keptDiscard forgets the kept form.
func (s *server) keptDiscard(v *visit) error {
	s.dropKept(v)
	return v.redirect("/")
}
