package policy

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"net"
	"net/http"
	"net/url"
	"strings"
	"time"
)

// Client is how the network plugin speaks to the agent.
type Client struct {
	http *http.Client
}

// NewClient returns a client for the agent's socket.
func NewClient(socket string) Client {
	return Client{&http.Client{Transport: &http.Transport{
		DialContext: func(ctx context.Context, _, _ string) (net.Conn, error) {
			return (&net.Dialer{}).DialContext(ctx, "unix", socket)
		},
		DisableKeepAlives: true,
	}}}
}

// Admit asks for an address to be put under the policies, and waits for an
// agent that is not there yet.
func (c Client) Admit(ctx context.Context, e Endpoint) error {
	body, err := json.Marshal(e)
	if err != nil {
		return err
	}
	for {
		err := c.do(ctx, http.MethodPost, "/endpoints", body)
		var refused *net.OpError
		if err == nil || !errors.As(err, &refused) {
			return err
		}
		select {
		case <-ctx.Done():
			return fmt.Errorf("the agent, which enforces network policies, does not answer: %w", err)
		case <-time.After(100 * time.Millisecond):
		}
	}
}

// Release tells that a sandbox is gone.
func (c Client) Release(ctx context.Context, containerID string) error {
	return c.do(ctx, http.MethodDelete, "/endpoints/"+url.PathEscape(containerID), nil)
}

func (c Client) do(ctx context.Context, method, path string, body []byte) error {
	request, err := http.NewRequestWithContext(ctx, method, "http://agent"+path, bytes.NewReader(body))
	if err != nil {
		return err
	}
	response, err := c.http.Do(request)
	if err != nil {
		return err
	}
	defer response.Body.Close()
	if response.StatusCode == http.StatusNoContent {
		return nil
	}
	reason, _ := io.ReadAll(io.LimitReader(response.Body, 1<<12))
	return fmt.Errorf("the agent answers %s: %s", response.Status, strings.TrimSpace(string(reason)))
}

// Handler serves the network plugin.
func (c *Controller) Handler() http.Handler {
	mux := http.NewServeMux()
	reply := func(w http.ResponseWriter, err error) {
		if err != nil {
			http.Error(w, err.Error(), http.StatusInternalServerError)
			return
		}
		w.WriteHeader(http.StatusNoContent)
	}
	mux.HandleFunc("POST /endpoints", func(w http.ResponseWriter, r *http.Request) {
		var e Endpoint
		if err := json.NewDecoder(io.LimitReader(r.Body, 1<<16)).Decode(&e); err != nil {
			http.Error(w, err.Error(), http.StatusBadRequest)
			return
		}
		reply(w, c.Admit(r.Context(), e))
	})
	mux.HandleFunc("DELETE /endpoints/{id}", func(w http.ResponseWriter, r *http.Request) {
		reply(w, c.Release(r.Context(), r.PathValue("id")))
	})
	return mux
}
