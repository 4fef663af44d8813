package web

import (
	"net"
	"net/http"
	"net/url"
	"strings"
)

func queryEscape(s string) string { return url.QueryEscape(s) }

// wanted is the page to come back to after signing in.
func wanted(r *http.Request) string {
	if r.Method == http.MethodGet && r.Header.Get("HX-Request") != "true" {
		return r.URL.RequestURI()
	}
	// A part of a page or a form is no place to come back to; the page that
	// held it is.
	from := r.Header.Get("HX-Current-URL")
	if from == "" {
		from = r.Referer()
	}
	if u, err := url.Parse(from); err == nil && u.Host == r.Host {
		return local(u.RequestURI())
	}
	return "/"
}

// local keeps an address within this site: anything else becomes the first page.
func local(address string) string {
	u, err := url.Parse(address)
	if err != nil || u.Scheme != "" || u.Host != "" || !strings.HasPrefix(address, "/") ||
		strings.HasPrefix(address, "//") || strings.ContainsAny(address, "\\\r\n\t") {
		return "/"
	}
	if u.Path == "/sign-in" || u.Path == "/password" {
		return "/"
	}
	return address
}

// remoteAddress is the browser's, as the front door reports it: each proxy
// appends the one before it, and only the last entry is written by ours.
func remoteAddress(r *http.Request) string {
	if forwarded := r.Header.Values("X-Forwarded-For"); len(forwarded) > 0 {
		all := strings.Split(forwarded[len(forwarded)-1], ",")
		if ip := net.ParseIP(strings.TrimSpace(all[len(all)-1])); ip != nil {
			return ip.String()
		}
	}
	host, _, err := net.SplitHostPort(r.RemoteAddr)
	if err != nil {
		return r.RemoteAddr
	}
	return host
}
