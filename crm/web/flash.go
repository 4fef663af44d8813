package web

import (
	"encoding/base64"
	"encoding/json"
	"net/http"
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
	if json.Unmarshal(text, &f) == nil && flashKeys[f.Key] {
		v.frame.Flash = &f
	}
}

// flashKeys are the messages a cookie may call for.
var flashKeys = map[string]bool{
	"flash.bulk": true, "flash.undoneMany": true, "flash.noneChosen": true, "flash.viewDeleted": true, "flash.viewSaved": true,
	"flash.saved": true, "flash.created": true, "flash.deleted": true, "flash.undone": true,
	"flash.moved": true, "flash.won": true, "flash.lost": true, "flash.quoteSent": true, "flash.quoteAccepted": true,
	"flash.passwordChanged": true, "flash.sessionEnded": true, "flash.endedOthers": true,
	"flash.identity": true, "flash.sessionsEnded": true, "flash.passkeyAdded": true, "flash.passkeyRemoved": true,
	"flash.passkeyRenamed": true, "flash.twoStepOn": true, "flash.twoStepOff": true, "flash.secondFactorReset": true,
	"flash.merged": true, "flash.mergedInto": true, "flash.unmerged": true, "flash.unmergedStays": true, "flash.converted": true,
	"flash.disabled": true, "flash.enabled": true, "flash.preferences": true,
}
