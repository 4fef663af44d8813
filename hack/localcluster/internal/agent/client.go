package agent

import (
	"context"
	"fmt"
	"io"
	"net"
	"net/http"
	"strings"
	"time"

	"github.com/grupobizopps/salexops/hack/localcluster/internal/layout"
)

// Healthy returns nil once the agent enforces policies.
func Healthy(ctx context.Context) error {
	_, err := ask(ctx, "/healthz")
	return err
}

// Published lists what the agent publishes on this machine.
func Published(ctx context.Context) ([]string, error) {
	body, err := ask(ctx, "/published")
	if err != nil || body == "" {
		return nil, err
	}
	return strings.Split(body, "\n"), nil
}

func ask(ctx context.Context, path string) (string, error) {
	ctx, cancel := context.WithTimeout(ctx, 5*time.Second)
	defer cancel()
	client := http.Client{Transport: &http.Transport{
		DialContext: func(ctx context.Context, _, _ string) (net.Conn, error) {
			return (&net.Dialer{}).DialContext(ctx, "unix", layout.AgentSocket())
		},
		DisableKeepAlives: true,
	}}
	request, err := http.NewRequestWithContext(ctx, http.MethodGet, "http://agent"+path, nil)
	if err != nil {
		return "", err
	}
	response, err := client.Do(request)
	if err != nil {
		return "", fmt.Errorf("asking the agent: %w", err)
	}
	defer response.Body.Close()
	body, err := io.ReadAll(io.LimitReader(response.Body, 1<<20))
	if err != nil {
		return "", fmt.Errorf("asking the agent: %w", err)
	}
	if response.StatusCode != http.StatusOK {
		return "", fmt.Errorf("the agent answers %s: %s", response.Status, strings.TrimSpace(string(body)))
	}
	return string(body), nil
}
