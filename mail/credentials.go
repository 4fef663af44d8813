package mail

import (
	"crypto/tls"
	"crypto/x509"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
)

// Files of the directory with credentials.
const (
	usernameFile  = "username"
	passwordFile  = "password"
	authorityFile = "ca.crt"
)

// credentials are what one connection is made with.
type credentials struct {
	username, password string
	// authorities are those that the server's certificate is checked against;
	// nil means those of the system.
	authorities *x509.CertPool
}

// readCredentials reads them anew for every connection, so that a Secret that is
// rotated counts from the next message on.
func readCredentials(dir string) (credentials, error) {
	if dir == "" {
		return credentials{}, nil
	}
	var c credentials
	username, errUser := readOptional(dir, usernameFile)
	password, errPassword := readOptional(dir, passwordFile)
	authority, errAuthority := readOptional(dir, authorityFile)
	if err := errors.Join(errUser, errPassword, errAuthority); err != nil {
		return credentials{}, err
	}
	if (username == "") != (password == "") {
		return credentials{}, fmt.Errorf("%s must hold both %s and %s, or neither", dir, usernameFile, passwordFile)
	}
	// Editors end a file with a line feed, which belongs to nobody's password.
	c.username, c.password = strings.TrimSpace(username), strings.TrimRight(password, "\r\n")
	if authority != "" {
		c.authorities = x509.NewCertPool()
		if !c.authorities.AppendCertsFromPEM([]byte(authority)) {
			return credentials{}, fmt.Errorf("%s holds no certificate in PEM", filepath.Join(dir, authorityFile))
		}
	}
	return c, nil
}

// readOptional reads a file, "" where there is none.
func readOptional(dir, name string) (string, error) {
	data, err := os.ReadFile(filepath.Join(dir, name)) //nolint:gosec // the directory is the platform engineer's choice
	if errors.Is(err, fs.ErrNotExist) {
		return "", nil
	}
	if err != nil {
		return "", fmt.Errorf("reading the mail server's %s: %w", name, err)
	}
	return string(data), nil
}

func (c *credentials) tls(host string) *tls.Config {
	return &tls.Config{ServerName: host, RootCAs: c.authorities, MinVersion: tls.VersionTLS12}
}

// conceal takes the password out of a text, should a server have repeated it.
func (c *credentials) conceal(text string) string {
	if c.password == "" {
		return text
	}
	return strings.ReplaceAll(text, c.password, "…")
}
