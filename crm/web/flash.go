package web

import (
	"encoding/base64"
	"encoding/json"
	"net/http"
	"strings"
	"time"

	"github.com/grupobizopps/salexops/crm/web/page"
)

// flashAge is how long a message waits for its page.
const flashAge = time.Minute

// flash leaves a message for the next page, in a cookie: it survives a restart
// in between and costs the server nothing.
func (s *server) flash(v *visit, f page.Flash) {
	text, err := json.Marshal(f)
	if err != nil {
		s.log(v, err)
		return
	}
	s.setCookie(v.w, "flash", base64.RawURLEncoding.EncodeToString(text), flashAge)
}

// takeFlash shows the message on this page, once. Parts of pages and answers
// to forms leave it for the page that follows.
func (s *server) takeFlash(v *visit) {
	c, err := v.r.Cookie(s.cookieName("flash"))
	if err != nil || v.r.Method != http.MethodGet || v.isHTMX() {
		return
	}
	s.setCookie(v.w, "flash", "", -time.Second)
	text, err := base64.RawURLEncoding.DecodeString(c.Value)
	if err != nil {
		return // Somebody's own cookie, and not one of ours.
	}
	var f page.Flash
	if json.Unmarshal(text, &f) == nil && s.isFlash(f.Key) {
		v.frame.Flash = &f
	}
}

// isFlash says whether a cookie may call for a message.
func (s *server) isFlash(key string) bool {
	return strings.HasPrefix(key, "flash.") && s.words.Has(key)
}
