package main

import (
	"context"
	"fmt"
	"net/url"
	"time"

	"github.com/grupobizopps/salexops/test/bench/figure"
)

const writeAim = 1500 // durable writes a second

// writes measures new contacts by the form, each durable before it is answered.
func writes(ctx context.Context, c *client, clients int, lasts time.Duration) error {
	o, err := load(ctx, clients, lasts, func(ctx context.Context, client, n int) error {
		name := fmt.Sprintf("Nueva %d", n)
		err := c.post(ctx, "/contacts", url.Values{
			"givenName": {name}, "familyName": {fmt.Sprintf("Persona %d", client)}, "jobTitle": {"Compras"},
			"emails": {fmt.Sprintf("nueva%d.%d@correo.example", client, n)}, "phones": {fmt.Sprintf("662 %07d", n)},
		})
		return err
	})
	if err != nil {
		return fmt.Errorf("writes: %w", err)
	}
	return printAll(
		figure.AtLeast("crm/durable-writes-per-second", o.perSecond(), "1/s", writeAim),
		figure.Noted("crm/durable-writes-p99", o.quantile(.99), "ms"),
	)
}
