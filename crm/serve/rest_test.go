package serve

import (
	"context"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"
	"time"
)

func TestMemoryGoesBackWhenNobodyAsks(t *testing.T) {
	given, looks := 0, make(chan time.Time)
	r := &rest{give: func(context.Context) { given++ }}
	ctx, stop := context.WithCancel(t.Context())
	ended := make(chan struct{})
	go func() { r.run(ctx, looks); close(ended) }()
	// A second look is taken once what the first led to is done.
	look := func() { looks <- time.Time{}; looks <- time.Time{} }
	wants := func(want int, when string) {
		t.Helper()
		if look(); given != want {
			t.Errorf("%s: given back %d times, not %d", when, given, want)
		}
	}
	ask := func(during func()) {
		r.watch(http.HandlerFunc(func(http.ResponseWriter, *http.Request) { during() })).
			ServeHTTP(httptest.NewRecorder(), httptest.NewRequestWithContext(t.Context(), "GET", "/", nil))
	}
	wants(1, "after the start")
	wants(1, "later")
	ask(func() { wants(1, "while somebody waits") })
	wants(2, "after the answer")
	wants(2, "later")
	stop()
	<-ended
}

func TestAProgramGivesMemoryBackAndGoesOn(t *testing.T) {
	h := newHouse(t)
	h.mount("licence/"+licenceFile, h.issue(1, nil))
	h.start()
	for range 2 {
		h.running.giveBack(t.Context())
		if page := h.public("/sign-in"); page.status != http.StatusOK {
			t.Errorf("afterwards: %d", page.status)
		}
	}
	if text := h.log.String(); strings.Contains(text, "kept its memory") {
		t.Errorf("the log says\n%s", text)
	}
}
