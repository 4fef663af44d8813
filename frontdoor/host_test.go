package frontdoor

import "testing"

func TestCanonicalHost(t *testing.T) {
	cases := map[string]string{
		"acme.localhost":       "acme.localhost",
		"ACME.LocalHost:8080":  "acme.localhost",
		"acme.localhost.":      "acme.localhost",
		"acme.localhost.:8080": "acme.localhost",
		"[::1]:8080":           "::1",
		"[::1]":                "::1",
		"":                     "",
		":8080":                "",
	}
	for in, want := range cases {
		if got := canonicalHost(in); got != want {
			t.Errorf("canonicalHost(%q) = %q, want %q", in, got, want)
		}
	}
}

func TestHostOf(t *testing.T) {
	cases := []struct{ name, host, domain, want string }{
		{"acme", "", "localhost", "acme.localhost"},
		{"acme", "", "Example.com.", "acme.example.com"},
		{"acme", "CRM.acme.example", "localhost", "crm.acme.example"},
	}
	for _, c := range cases {
		if got := hostOf(c.name, c.host, c.domain); got != c.want {
			t.Errorf("hostOf(%q, %q, %q) = %q, want %q", c.name, c.host, c.domain, got, c.want)
		}
	}
}
