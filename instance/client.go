package instance

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"mime"
	"net"
	"net/http"
	"net/url"
	"strings"
	"time"
)

// Client is the operator's end of the exchange. One serves all tenants and is
// safe for concurrent use.
type Client struct{ http *http.Client }

// How long the parts of an exchange may take, and how many connections stay
// open. An instance is called every 30 s: kept connections spare a handshake,
// and their number is bounded because thousands of instances may run.
const (
	dialTimeout     = 2 * time.Second
	exchangeTimeout = 10 * time.Second
	idleConnTimeout = 75 * time.Second
	maxIdleConns    = 512
)

// NewClient returns a Client with connections of its own.
func NewClient() *Client {
	return &Client{http: &http.Client{
		Timeout: exchangeTimeout,
		Transport: &http.Transport{
			// No Proxy: the licence and the token never leave the cluster,
			// whatever the environment says.
			DialContext:            (&net.Dialer{Timeout: dialTimeout, KeepAlive: -1}).DialContext,
			MaxIdleConns:           maxIdleConns,
			MaxIdleConnsPerHost:    1,
			MaxConnsPerHost:        2,
			IdleConnTimeout:        idleConnTimeout,
			ResponseHeaderTimeout:  exchangeTimeout,
			MaxResponseHeaderBytes: 16 << 10,
			DisableCompression:     true,
		},
		CheckRedirect: func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse },
	}}
}

// Close ends the connections that are kept open.
func (c *Client) Close() { c.http.CloseIdleConnections() }

// Exchange hands the licence to the instance at addr ("10.0.0.7:9090") and
// returns its report with the report's entity tag. With the tag of the last
// report in etag an unchanged one is not sent again: notModified is true and
// the report is empty. The licence is in force when err is nil.
//
// Errors: *StaleSerialError, ErrUnauthorized, *RefusedError, ErrUnreachable,
// ErrBadAnswer; or the context's.
func (c *Client) Exchange(ctx context.Context, addr, token, jws, etag string) (report Report, newETag string, notModified bool, err error) {
	response, err := c.put(ctx, addr, token, jws, etag)
	if err != nil {
		return Report{}, "", false, err
	}
	defer func() { _ = response.Body.Close() }()
	body, err := readBounded(response.Body)
	if err != nil {
		return Report{}, "", false, classify(ctx, addr, err)
	}
	switch {
	case response.StatusCode == http.StatusNotModified && etag != "":
		return Report{}, etag, true, nil
	case response.StatusCode != http.StatusOK:
		return Report{}, "", false, refused(addr, response, body)
	}
	report, err = readReport(response, body)
	if err != nil {
		return Report{}, "", false, fmt.Errorf("%w: %s: %w", ErrBadAnswer, addr, err)
	}
	return report, entityTag(response), false, nil
}

// entityTag is kept for every running instance, so an absurd one is dropped:
// the next answer then comes in full.
func entityTag(response *http.Response) string {
	const most = 128
	if tag := response.Header.Get("ETag"); len(tag) <= most {
		return tag
	}
	return ""
}

func (c *Client) put(ctx context.Context, addr, token, jws, etag string) (*http.Response, error) {
	target := url.URL{Scheme: "http", Host: addr, Path: PathLicence}
	request, err := http.NewRequestWithContext(ctx, http.MethodPut, target.String(), strings.NewReader(jws))
	if err != nil {
		return nil, fmt.Errorf("%w: the address %q can't be called: %w", ErrUnreachable, addr, err)
	}
	request.Header.Set("Content-Type", ContentTypeLicence)
	request.Header.Set("Accept", ContentTypeReport)
	request.Header.Set("Authorization", "Bearer "+token)
	request.Header.Set("User-Agent", "salexops-observer")
	if etag != "" {
		request.Header.Set("If-None-Match", etag)
	}
	response, err := c.http.Do(request)
	if err != nil {
		return nil, classify(ctx, addr, err)
	}
	return response, nil
}

// classify keeps apart "I was told to stop" and "nobody answers".
func classify(ctx context.Context, addr string, err error) error {
	if errors.Is(err, ErrBadAnswer) {
		return fmt.Errorf("%s: %w", addr, err)
	}
	if cause := ctx.Err(); cause != nil {
		return fmt.Errorf("the exchange with %s was given up: %w", addr, cause)
	}
	return fmt.Errorf("%w at %s: %w", ErrUnreachable, addr, err)
}

func readBounded(body io.Reader) ([]byte, error) {
	text, err := io.ReadAll(io.LimitReader(body, MaxReportBytes+1))
	if err != nil {
		return nil, err
	}
	if len(text) > MaxReportBytes {
		return nil, fmt.Errorf("%w: it is longer than %d bytes", ErrBadAnswer, MaxReportBytes)
	}
	return text, nil
}

func readReport(response *http.Response, body []byte) (Report, error) {
	kind, _, err := mime.ParseMediaType(response.Header.Get("Content-Type"))
	if err != nil || kind != ContentTypeReport {
		return Report{}, fmt.Errorf("the content type %q is not %s", response.Header.Get("Content-Type"), ContentTypeReport)
	}
	var report Report
	if err := json.Unmarshal(body, &report); err != nil {
		return Report{}, fmt.Errorf("reading the report: %w", err)
	}
	if err := report.Validate(); err != nil {
		return Report{}, fmt.Errorf("the report is not plausible: %w", err)
	}
	return report, nil
}
