// Package web is the face of the CRM: pages, forms and what the browser needs
// for them. Every page works as a plain form; htmx makes some of them quick.
//
// A request passes the middleware of chain.go, finds its row in routes.go, and
// ends in one action, which is a file of its own.
package web

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"net/http"
	"reflect"
	"time"

	"github.com/grupobizopps/salexops/crm"
	"github.com/grupobizopps/salexops/crm/importing"
	"github.com/grupobizopps/salexops/crm/web/asset"
	"github.com/grupobizopps/salexops/crm/web/locale"
)

// Config is what the pages work with. Everything but Logger and Version is
// required.
type Config struct {
	Services crm.Services
	// Imports takes tables in.
	Imports importing.Service
	// Rights tells what the licence in force grants; it is asked on every request.
	Rights func() crm.Rights
	// Usage measures what is stored, for the account page.
	Usage func(context.Context) (crm.Usage, error)
	// Now is the clock.
	Now func() time.Time
	// Logger gets faults and failed sign-ins, never what people type. nil: none.
	Logger *slog.Logger
	// Version of the CRM, in the footer of the account page. Empty: none.
	Version string
	// Secure says that browsers reach the CRM by HTTPS or on localhost, where
	// they accept Secure cookies. It is off only where neither is so.
	Secure bool
}

func (c *Config) check() error {
	services := reflect.ValueOf(c.Services)
	for i := range services.NumField() {
		if services.Field(i).IsNil() {
			return fmt.Errorf("web: the service %s is missing", services.Type().Field(i).Name)
		}
	}
	if c.Imports == nil || c.Rights == nil || c.Usage == nil || c.Now == nil {
		return errors.New("web: Imports, Rights, Usage or Now is missing")
	}
	if c.Logger == nil {
		c.Logger = slog.New(slog.DiscardHandler)
	}
	return nil
}

// server holds what all actions share. It does not change after New, but for
// the memories, which guard themselves.
type server struct {
	Config
	words  *locale.Catalogue
	assets *asset.Set
	once   *onceOnly
	reveal *reveals // initial passwords
	feeds  *reveals // calendar addresses
	keys   *reveals // keys of the API
	zones  *zones
	moments
	mux *http.ServeMux
}

// Prepare begins to read what New needs of the binary and does not wait for it.
func Prepare() {
	go func() {
		_, _ = locale.Load() // New asks again and reports a fault
		_, _ = asset.Load()
	}()
}

// New builds the handler of the public port.
func New(c Config) (http.Handler, error) {
	if err := c.check(); err != nil {
		return nil, err
	}
	words, err := locale.Load()
	if err != nil {
		return nil, fmt.Errorf("web: %w", err)
	}
	assets, err := asset.Load()
	if err != nil {
		return nil, fmt.Errorf("web: %w", err)
	}
	s := &server{
		Config: c, words: words, assets: assets,
		once: newOnceOnly(c.Now), reveal: newReveals(c.Now), feeds: newReveals(c.Now), keys: newReveals(c.Now), zones: &zones{},
		moments: newMoments(c.Now),
	}
	s.mux = s.newMux()
	return s.chain(), nil
}
