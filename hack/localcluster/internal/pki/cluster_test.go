package pki

import (
	"crypto/x509"
	"os"
	"path/filepath"
	"testing"
	"time"

	"github.com/grupobizopps/salexops/hack/localcluster/internal/layout"
)

var now = time.Date(2026, 3, 1, 12, 0, 0, 0, time.UTC)

func TestEveryCertificateVerifiesAgainstItsAuthority(t *testing.T) {
	dir := t.TempDir()
	if err := Ensure(dir, now); err != nil {
		t.Fatal(err)
	}
	for _, l := range leaves() {
		authority, err := Load(dir, l.authority)
		if err != nil {
			t.Fatal(err)
		}
		roots := x509.NewCertPool()
		roots.AddCert(authority.Cert)
		stored, err := Load(dir, l.name)
		if err != nil {
			t.Fatal(err)
		}
		_, err = stored.Cert.Verify(x509.VerifyOptions{
			Roots: roots, CurrentTime: now, KeyUsages: []x509.ExtKeyUsage{x509.ExtKeyUsageClientAuth},
		})
		if err != nil {
			t.Errorf("%s: %v", l.name, err)
		}
	}
}

func TestAPIServerIsReachedByEveryAddressItHas(t *testing.T) {
	dir := t.TempDir()
	if err := Ensure(dir, now); err != nil {
		t.Fatal(err)
	}
	stored, err := Load(dir, "apiserver")
	if err != nil {
		t.Fatal(err)
	}
	for _, host := range []string{"127.0.0.1", layout.NodeIP, layout.APIServiceIP, "kubernetes.default.svc"} {
		if err := stored.Cert.VerifyHostname(host); err != nil {
			t.Errorf("%s: %v", host, err)
		}
	}
}

func TestEnsureKeepsWhatIsGood(t *testing.T) {
	dir := t.TempDir()
	if err := Ensure(dir, now); err != nil {
		t.Fatal(err)
	}
	before := contents(t, dir)
	if err := Ensure(dir, now.Add(24*time.Hour)); err != nil {
		t.Fatal(err)
	}
	for name, content := range contents(t, dir) {
		if before[name] != content {
			t.Errorf("%s was replaced without need", name)
		}
	}
}

func TestEnsureReplacesWhatIsNot(t *testing.T) {
	for name, tc := range map[string]struct {
		spoil func(t *testing.T, dir string)
		later time.Duration
		file  string
	}{
		"about to end":   {later: validity - 24*time.Hour, file: "admin.crt"},
		"half written":   {spoil: overwrite("kubelet.crt", "-----BEGIN CERT"), file: "kubelet.crt"},
		"key lost":       {spoil: remove("agent.key"), file: "agent.crt"},
		"authority lost": {spoil: remove("ca.crt"), file: "apiserver.crt"},
		"key mixed up":   {spoil: swap("proxy.key", "scheduler.key"), file: "proxy.crt"},
		"signing key":    {spoil: overwrite("service-account.key", ""), file: "service-account.key"},
	} {
		t.Run(name, func(t *testing.T) {
			dir := t.TempDir()
			if err := Ensure(dir, now); err != nil {
				t.Fatal(err)
			}
			before := contents(t, dir)
			if tc.spoil != nil {
				tc.spoil(t, dir)
			}
			if err := Ensure(dir, now.Add(tc.later)); err != nil {
				t.Fatal(err)
			}
			if contents(t, dir)[tc.file] == before[tc.file] {
				t.Errorf("%s was kept", tc.file)
			}
		})
	}
}

func overwrite(name, content string) func(*testing.T, string) {
	return func(t *testing.T, dir string) {
		if err := os.WriteFile(filepath.Join(dir, name), []byte(content), 0o600); err != nil {
			t.Fatal(err)
		}
	}
}

func remove(name string) func(*testing.T, string) {
	return func(t *testing.T, dir string) {
		if err := os.Remove(filepath.Join(dir, name)); err != nil {
			t.Fatal(err)
		}
	}
}

func swap(one, other string) func(*testing.T, string) {
	return func(t *testing.T, dir string) {
		files := contents(t, dir)
		overwrite(one, files[other])(t, dir)
		overwrite(other, files[one])(t, dir)
	}
}

func contents(t *testing.T, dir string) map[string]string {
	t.Helper()
	entries, err := os.ReadDir(dir)
	if err != nil {
		t.Fatal(err)
	}
	files := map[string]string{}
	for _, entry := range entries {
		content, err := os.ReadFile(filepath.Join(dir, entry.Name()))
		if err != nil {
			t.Fatal(err)
		}
		files[entry.Name()] = string(content)
	}
	return files
}
