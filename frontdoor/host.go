package frontdoor

import (
	"net"
	"strings"
)

// canonicalHost reduces a Host header to the form that tenants are looked up
// by: without port and trailing dot, in lower case. An IPv6 address loses its
// brackets; it never names a tenant.
func canonicalHost(hostport string) string {
	host := hostport
	if h, _, err := net.SplitHostPort(hostport); err == nil {
		host = h
	}
	host = strings.TrimPrefix(strings.TrimSuffix(host, "]"), "[")
	return strings.ToLower(strings.TrimSuffix(host, "."))
}

// hostOf is the name under which a tenant is reached: the one it asked for, or
// <name>.<domain>.
func hostOf(name, host, domain string) string {
	if host != "" {
		return canonicalHost(host)
	}
	return canonicalHost(name + "." + domain)
}
