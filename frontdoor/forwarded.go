package frontdoor

import (
	"fmt"
	"net"
	"net/http"
	"net/netip"
	"strings"
)

// Trust is the networks of the proxies before this one whose X-Forwarded-*
// headers are believed. Empty: nobody's are.
type Trust []netip.Prefix

// ParseTrust reads networks in CIDR form, "10.0.0.0/8".
func ParseTrust(networks []string) (Trust, error) {
	var trust Trust
	for _, text := range networks {
		prefix, err := netip.ParsePrefix(text)
		if err != nil {
			return nil, fmt.Errorf("%q is not a network such as 10.0.0.0/8", text)
		}
		trust = append(trust, prefix.Masked())
	}
	return trust, nil
}

func (t Trust) contains(addr netip.Addr) bool {
	for _, prefix := range t {
		if prefix.Contains(addr) {
			return true
		}
	}
	return false
}

// origin finds out who sent the request and over what: the connection itself,
// or, when that is a trusted proxy, the last address in X-Forwarded-For that is
// not one. What a browser claims of itself is never believed.
func (t Trust) origin(r *http.Request) (client netip.Addr, proto string) {
	proto = "http"
	if r.TLS != nil {
		proto = "https"
	}
	client = peer(r.RemoteAddr)
	if !t.contains(client) {
		return client, proto
	}
	if claimed := r.Header.Get("X-Forwarded-Proto"); claimed == "http" || claimed == "https" {
		proto = claimed
	}
	hops := strings.Split(strings.Join(r.Header.Values("X-Forwarded-For"), ","), ",")
	for i := len(hops) - 1; i >= 0; i-- {
		hop, err := netip.ParseAddr(strings.TrimSpace(hops[i]))
		if err != nil {
			break
		}
		client = hop.Unmap()
		if !t.contains(client) {
			break
		}
	}
	return client, proto
}

func peer(remote string) netip.Addr {
	host, _, err := net.SplitHostPort(remote)
	if err != nil {
		host = remote
	}
	addr, err := netip.ParseAddr(host)
	if err != nil {
		return netip.Addr{}
	}
	return addr.Unmap().WithZone("")
}
