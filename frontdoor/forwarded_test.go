package frontdoor

import (
	"crypto/tls"
	"net/http/httptest"
	"testing"
)

func TestOrigin(t *testing.T) {
	balancer, err := ParseTrust([]string{"10.0.0.0/8", "fd00::/8"})
	if err != nil {
		t.Fatal(err)
	}
	cases := []struct {
		name          string
		trust         Trust
		remote        string
		tls           bool
		forwardedFor  []string
		proto         string
		client, shown string
	}{
		{"a browser", nil, "203.0.113.9:4711", false, nil, "", "203.0.113.9", "http"},
		{"a browser over TLS", nil, "203.0.113.9:4711", true, nil, "", "203.0.113.9", "https"},
		{"a browser that claims to be another", nil, "203.0.113.9:4711", false, []string{"198.51.100.1"}, "https", "203.0.113.9", "http"},
		{"the same with a balancer elsewhere", balancer, "203.0.113.9:4711", false, []string{"198.51.100.1"}, "https", "203.0.113.9", "http"},
		{"through the balancer", balancer, "10.1.2.3:999", false, []string{"203.0.113.9"}, "https", "203.0.113.9", "https"},
		{"a claim through the balancer", balancer, "10.1.2.3:999", false, []string{"198.51.100.1, 203.0.113.9"}, "", "203.0.113.9", "http"},
		{"two headers", balancer, "10.1.2.3:999", false, []string{"198.51.100.1", "203.0.113.9, 10.9.9.9"}, "", "203.0.113.9", "http"},
		{"nonsense through the balancer", balancer, "10.1.2.3:999", false, []string{"unknown"}, "gopher", "10.1.2.3", "http"},
		{"the balancer itself", balancer, "10.1.2.3:999", false, nil, "", "10.1.2.3", "http"},
		{"IPv4 in IPv6", balancer, "[::ffff:10.1.2.3]:999", false, []string{"2001:db8::1"}, "", "2001:db8::1", "http"},
	}
	for _, c := range cases {
		t.Run(c.name, func(t *testing.T) {
			r := httptest.NewRequestWithContext(t.Context(), "GET", "/", nil)
			r.RemoteAddr = c.remote
			if c.tls {
				r.TLS = &tls.ConnectionState{}
			}
			for _, value := range c.forwardedFor {
				r.Header.Add("X-Forwarded-For", value)
			}
			r.Header.Set("X-Forwarded-Proto", c.proto)
			client, proto := c.trust.origin(r)
			if client.String() != c.client || proto != c.shown {
				t.Errorf("origin = %s over %s, want %s over %s", client, proto, c.client, c.shown)
			}
		})
	}
	if _, err := ParseTrust([]string{"10.0.0.1"}); err == nil {
		t.Error("an address was taken for a network")
	}
}
