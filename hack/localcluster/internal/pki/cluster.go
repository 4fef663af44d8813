package pki

import (
	"crypto/ecdsa"
	"crypto/elliptic"
	"crypto/rand"
	"crypto/x509"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"time"

	"github.com/grupobizopps/salexops/hack/localcluster/internal/layout"
)

// Names of the authorities. Each trusts its own only: whoever may speak to the
// API server may not therefore read etcd, or pose as the front proxy.
const (
	ClusterCA    = "ca"
	EtcdCA       = "etcd-ca"
	FrontProxyCA = "front-proxy-ca"
	// ServiceAccountKey signs the tokens of service accounts.
	ServiceAccountKey = "service-account"
)

// leaf is one certificate of the cluster.
type leaf struct {
	name, authority string
	request         Request
}

// leaves lists every certificate. Group names are those that RBAC's built-in
// bindings know.
func leaves() []leaf {
	user := func(name, commonName string, groups ...string) leaf {
		return leaf{name, ClusterCA, Request{CommonName: commonName, Organizations: groups}}
	}
	node := user("kubelet", "system:node:"+layout.Node, "system:nodes")
	node.request.Hosts = []string{layout.Node, layout.NodeIP}
	return []leaf{
		{"apiserver", ClusterCA, Request{CommonName: "kube-apiserver", Hosts: []string{
			"localhost", "127.0.0.1", layout.NodeIP, layout.APIServiceIP,
			"kubernetes", "kubernetes.default", "kubernetes.default.svc", "kubernetes.default.svc.cluster.local",
		}}},
		user("apiserver-kubelet-client", "kube-apiserver-kubelet-client", "system:masters"),
		user("admin", "localcluster-admin", "system:masters"),
		user("agent", "localcluster-agent", "system:masters"),
		user("controller-manager", "system:kube-controller-manager"),
		user("scheduler", "system:kube-scheduler"),
		user("proxy", "system:kube-proxy"),
		node,
		{"front-proxy-client", FrontProxyCA, Request{CommonName: "front-proxy-client"}},
		{"etcd", EtcdCA, Request{CommonName: "etcd", Hosts: []string{"127.0.0.1", "localhost"}}},
		{"etcd-client", EtcdCA, Request{CommonName: "kube-apiserver"}},
	}
}

// Ensure writes whatever is missing, damaged, about to end or made for other
// addresses into dir, and leaves the rest alone.
func Ensure(dir string, now time.Time) error {
	if err := os.MkdirAll(dir, 0o700); err != nil {
		return fmt.Errorf("creating the folder of certificates: %w", err)
	}
	authorities := map[string]*Authority{}
	for _, name := range []string{ClusterCA, EtcdCA, FrontProxyCA} {
		authority, err := ensureAuthority(dir, name, now)
		if err != nil {
			return err
		}
		authorities[name] = authority
	}
	for _, l := range leaves() {
		if fresh(dir, l, authorities[l.authority], now) {
			continue
		}
		cert, key, err := authorities[l.authority].Issue(l.request, now)
		if err != nil {
			return err
		}
		if err := Write(dir, l.name, cert, key); err != nil {
			return err
		}
	}
	return ensureServiceAccountKey(dir)
}

func ensureAuthority(dir, name string, now time.Time) (*Authority, error) {
	authority, err := Load(dir, name)
	if err == nil && lasts(authority.Cert, now) {
		return authority, nil
	}
	authority, err = NewAuthority(layout.Name+" "+name, now)
	if err != nil {
		return nil, err
	}
	return authority, Write(dir, name, authority.Cert, authority.key)
}

// lasts tells whether a certificate is good for another month.
func lasts(cert *x509.Certificate, now time.Time) bool {
	return now.After(cert.NotBefore) && now.Add(30*24*time.Hour).Before(cert.NotAfter)
}

// fresh tells whether the certificate on disk still does for the leaf.
func fresh(dir string, l leaf, authority *Authority, now time.Time) bool {
	stored, err := Load(dir, l.name)
	if err != nil || !lasts(stored.Cert, now) || stored.Cert.CheckSignatureFrom(authority.Cert) != nil {
		return false
	}
	public, ok := stored.key.Public().(*ecdsa.PublicKey)
	if !ok || !public.Equal(stored.Cert.PublicKey) {
		return false
	}
	for _, host := range l.request.Hosts {
		if stored.Cert.VerifyHostname(host) != nil {
			return false
		}
	}
	subject := stored.Cert.Subject
	return subject.CommonName == l.request.CommonName && slices.Equal(subject.Organization, l.request.Organizations)
}

// ensureServiceAccountKey keeps an existing key: pods hold tokens signed by it.
func ensureServiceAccountKey(dir string) error {
	path := filepath.Join(dir, ServiceAccountKey+".key")
	if block, err := readPEM(path); err == nil {
		if _, err := x509.ParsePKCS8PrivateKey(block.Bytes); err == nil {
			return nil
		}
	}
	key, err := ecdsa.GenerateKey(elliptic.P256(), rand.Reader)
	if err != nil {
		return err
	}
	private, err := x509.MarshalPKCS8PrivateKey(key)
	if err != nil {
		return err
	}
	public, err := x509.MarshalPKIXPublicKey(key.Public())
	if err != nil {
		return err
	}
	if err := writePEM(filepath.Join(dir, ServiceAccountKey+".pub"), "PUBLIC KEY", public, 0o644); err != nil {
		return err
	}
	return writePEM(path, "PRIVATE KEY", private, 0o600)
}
