package web

import (
	"net/http"
	"net/http/httptest"
	"testing"
)

func TestOnlyAddressesOfThisSiteAreFollowed(t *testing.T) {
	for address, want := range map[string]string{
		"/contacts?q=a&sort=name": "/contacts?q=a&sort=name",
		"":                        "/",
		"contacts":                "/",
		"//evil.example":          "/",
		"/\\evil.example":         "/",
		"https://evil.example/":   "/",
		"javascript:alert(1)":     "/",
		"/a\r\nSet-Cookie: x=y":   "/",
		"/sign-in?next=/":         "/",
		"/password":               "/",
		"/%zz":                    "/",
	} {
		if got := local(address); got != want {
			t.Errorf("%q becomes %q, want %q", address, got, want)
		}
	}
}

func TestTheAddressOfABrowserIsTheOneTheFrontDoorSaw(t *testing.T) {
	for _, test := range []struct {
		forwarded []string
		remote    string
		want      string
	}{
		{nil, "10.0.0.9:4711", "10.0.0.9"},
		{[]string{"203.0.113.7"}, "10.0.0.9:4711", "203.0.113.7"},
		{[]string{"198.51.100.1, 203.0.113.7"}, "10.0.0.9:4711", "203.0.113.7"},
		{[]string{"198.51.100.1", "203.0.113.8"}, "10.0.0.9:4711", "203.0.113.8"},
		{[]string{"<script>"}, "10.0.0.9:4711", "10.0.0.9"},
		{[]string{"2001:db8::1"}, "10.0.0.9:4711", "2001:db8::1"},
	} {
		r := httptest.NewRequest(http.MethodGet, "/", nil)
		r.RemoteAddr = test.remote
		for _, f := range test.forwarded {
			r.Header.Add("X-Forwarded-For", f)
		}
		if got := remoteAddress(r); got != test.want {
			t.Errorf("%v by %s is %q, want %q", test.forwarded, test.remote, got, test.want)
		}
	}
}

func TestAfterSigningInOneIsBackOnThePage(t *testing.T) {
	get := httptest.NewRequest(http.MethodGet, "/contacts?q=a", nil)
	if got := wanted(get); got != "/contacts?q=a" {
		t.Errorf("a page: %q", got)
	}
	part := httptest.NewRequest(http.MethodGet, "/search/suggest?q=a", nil)
	part.Header.Set("HX-Request", "true")
	part.Header.Set("HX-Current-URL", "http://example.com/companies?sort=name")
	if got := wanted(part); got != "/companies?sort=name" {
		t.Errorf("a part of a page: %q", got)
	}
	post := httptest.NewRequest(http.MethodPost, "/contacts/7", nil)
	post.Header.Set("Referer", "http://example.com/contacts/7/edit")
	if got := wanted(post); got != "/contacts/7/edit" {
		t.Errorf("a form: %q", got)
	}
	post.Header.Set("Referer", "http://evil.example/contacts")
	if got := wanted(post); got != "/" {
		t.Errorf("a form from elsewhere: %q", got)
	}
}
