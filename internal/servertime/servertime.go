// Package servertime reads the API server's clock: nothing is deleted while it
// and this machine's disagree (contract.md 4).
package servertime

import (
	"context"
	"fmt"
	"net/http"
	"time"

	"k8s.io/apimachinery/pkg/runtime/schema"
	"k8s.io/client-go/rest"
)

// Tolerance is how far the two clocks may be apart.
const Tolerance = 2 * time.Minute

// Source tells what time it is on the API server, to the second.
type Source func(context.Context) (time.Time, error)

// Of returns the source for a cluster. It asks for the server's version, which
// everybody may do, and takes the date of the answer.
func Of(config *rest.Config) (Source, error) {
	httpClient, err := rest.HTTPClientFor(config)
	if err != nil {
		return nil, fmt.Errorf("preparing to read the API server's clock: %w", err)
	}
	base, _, err := rest.DefaultServerURL(config.Host, config.APIPath, schema.GroupVersion{}, rest.IsConfigTransportTLS(*config))
	if err != nil {
		return nil, fmt.Errorf("preparing to read the API server's clock: %w", err)
	}
	address := base.JoinPath("/version").String()
	return func(ctx context.Context) (time.Time, error) {
		request, err := http.NewRequestWithContext(ctx, http.MethodGet, address, http.NoBody)
		if err != nil {
			return time.Time{}, fmt.Errorf("reading the API server's clock: %w", err)
		}
		answer, err := httpClient.Do(request)
		if err != nil {
			return time.Time{}, fmt.Errorf("reading the API server's clock: %w", err)
		}
		defer func() { _ = answer.Body.Close() }() // Nothing of the body is wanted.
		at, err := http.ParseTime(answer.Header.Get("Date"))
		if err != nil {
			return time.Time{}, fmt.Errorf("reading the API server's clock: its answer has no date: %w", err)
		}
		return at, nil
	}, nil
}

// Agree reports whether two readings are within the tolerance of each other.
func Agree(here, there time.Time) bool { return here.Sub(there).Abs() <= Tolerance }
