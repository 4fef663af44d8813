package instance_test

import (
	"context"
	"errors"
	"net/http/httptest"
	"slices"
	"strings"
	"testing"

	"github.com/grupobizopps/salexops/instance"
)

func TestHandlerHearsWhatTheOperatorReceived(t *testing.T) {
	f := &fake{report: busy()}
	var heard []int64
	var failing error
	h := instance.HandlerReceiving(
		func(context.Context, []byte) error { return f.acceptErr },
		func(context.Context) (instance.Report, error) { return f.report, nil },
		func() string { return token },
		func(_ context.Context, id int64) error { heard = append(heard, id); return failing },
	)
	ask := func(header ...string) *httptest.ResponseRecorder {
		w := httptest.NewRecorder()
		h.ServeHTTP(w, put("a.b.c", header...))
		return w
	}
	for _, test := range []struct {
		header []string
		status int
		heard  []int64
	}{
		{nil, 200, nil},
		{[]string{instance.HeaderReceived, "17"}, 200, []int64{17}},
		{[]string{instance.HeaderReceived, "0"}, 400, []int64{17}},
		{[]string{instance.HeaderReceived, "d-1"}, 400, []int64{17}},
		{[]string{instance.HeaderReceived, "18", "Authorization", "Bearer no"}, 401, []int64{17}},
	} {
		if w := ask(test.header...); w.Code != test.status || !slices.Equal(heard, test.heard) {
			t.Errorf("%q: status %d, heard %v; want %d, %v", test.header, w.Code, heard, test.status, test.heard)
		}
	}
	failing = errors.New("the disk is full: /data")
	if w := ask(instance.HeaderReceived, "19"); w.Code != 500 || strings.Contains(w.Body.String(), "/data") {
		t.Errorf("a failure: %d, %s", w.Code, w.Body)
	}
	if w := serve(f, put("a.b.c", instance.HeaderReceived, "17")); w.Code != 200 {
		t.Errorf("an instance that reports none: %d", w.Code)
	}
}

func TestCallsForSupportAreBounded(t *testing.T) {
	call := instance.Decision{ID: "1", Kind: instance.DecisionSupportRequested, Category: "billing",
		Subject: strings.Repeat("ñ", 200), Text: strings.Repeat("ñ", 4000)}
	r := instance.Report{Decisions: []instance.Decision{call}}
	if err := r.Validate(); err != nil {
		t.Errorf("as long as it may be: %v", err)
	}
	for name, change := range map[string]func(*instance.Decision){
		"subject":  func(d *instance.Decision) { d.Subject = strings.Repeat("x", 801) },
		"text":     func(d *instance.Decision) { d.Text = strings.Repeat("x", 16_001) },
		"bytes":    func(d *instance.Decision) { d.Text = "\xff" },
		"category": func(d *instance.Decision) { d.Category = strings.Repeat("x", 321) },
	} {
		bad := call
		change(&bad)
		r.Decisions[0] = bad
		if err := r.Validate(); err == nil {
			t.Errorf("%s: accepted", name)
		}
	}
}
