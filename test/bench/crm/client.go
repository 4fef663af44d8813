package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"net/http"
	"net/http/cookiejar"
	"net/url"
	"strings"
)

// client asks as one signed-in browser does, over as many connections as it
// has requests at once. Answers come uncompressed, unless a request says
// otherwise: unpacking them would be the work of this program, not the CRM's.
type client struct {
	http *http.Client
	base string
}

func newClient(address string, connections int) (*client, error) {
	jar, err := cookiejar.New(nil)
	if err != nil {
		return nil, err
	}
	transport := &http.Transport{MaxIdleConnsPerHost: connections, MaxConnsPerHost: connections, DisableCompression: true}
	asked := &http.Client{Jar: jar, Transport: transport, CheckRedirect: func(*http.Request, []*http.Request) error {
		return http.ErrUseLastResponse // the page after it is another request
	}}
	return &client{asked, "http://" + address}, nil
}

func (c *client) close() { c.http.CloseIdleConnections() }

// get reads an answer as a whole.
func (c *client) get(ctx context.Context, path string, headers ...string) (string, error) {
	request, err := http.NewRequestWithContext(ctx, http.MethodGet, c.base+path, nil)
	if err != nil {
		return "", err
	}
	for i := 0; i+1 < len(headers); i += 2 {
		request.Header.Set(headers[i], headers[i+1])
	}
	return read(c.http.Do(request))
}

// post sends a form.
func (c *client) post(ctx context.Context, path string, form url.Values) error {
	request, err := http.NewRequestWithContext(ctx, http.MethodPost, c.base+path, strings.NewReader(form.Encode()))
	if err != nil {
		return err
	}
	request.Header.Set("Content-Type", "application/x-www-form-urlencoded")
	_, err = read(c.http.Do(request))
	return err
}

func read(answer *http.Response, err error) (string, error) {
	if err != nil {
		return "", err
	}
	var body strings.Builder
	if answer.ContentLength > 0 {
		body.Grow(int(answer.ContentLength))
	}
	_, err = io.Copy(&body, answer.Body)
	if err = errors.Join(err, answer.Body.Close()); err != nil {
		return "", err
	}
	if answer.StatusCode >= http.StatusMultipleChoices && answer.StatusCode != http.StatusSeeOther {
		return "", fmt.Errorf("%s answered %s", answer.Request.URL.Path, answer.Status)
	}
	return body.String(), nil
}

// signIn makes the client the owner's.
func (c *client) signIn(ctx context.Context) error {
	err := c.post(ctx, "/sign-in", url.Values{"email": {ownerEmail}, "password": {ownerPassword}})
	if err != nil {
		return fmt.Errorf("sign in: %w", err)
	}
	return nil
}
