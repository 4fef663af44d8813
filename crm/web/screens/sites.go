//go:build screens

package main

import (
	"context"
	"fmt"
	"log/slog"
	"net"
	"net/http"
	"os"
	"path/filepath"
	"strings"
	"time"

	"github.com/grupobizopps/salexops/crm"
	"github.com/grupobizopps/salexops/crm/web/webtest"
)

const chosen = "otra frase nada sencilla"

// sites are offices in different states, each on a host name of its own.
type sites struct {
	port    string
	offices map[string]*webtest.Office
	tokens  map[string]string
	acting  map[string]context.Context
	contact int64
	company int64
	deal    int64
	quote   int64
	people  people
	tables  tables
	folder  string
	server  *http.Server
}

var names = []string{"acme", "empty", "fresh", "full", "broken", "missing", "expired", "closed", "export", "secure", "kept", "sales"}

func start(ctx context.Context) (*sites, error) {
	folder, err := os.MkdirTemp("", "screens-")
	if err != nil {
		return nil, fmt.Errorf("making a folder for the databases: %w", err)
	}
	s := &sites{
		folder: folder, offices: map[string]*webtest.Office{},
		tokens: map[string]string{}, acting: map[string]context.Context{},
	}
	for _, name := range names {
		if err := s.open(ctx, name); err != nil {
			return nil, fmt.Errorf("the office %s: %w", name, err)
		}
	}
	listener, err := (&net.ListenConfig{}).Listen(ctx, "tcp", "127.0.0.1:0")
	if err != nil {
		return nil, fmt.Errorf("listening: %w", err)
	}
	_, s.port, _ = net.SplitHostPort(listener.Addr().String())
	s.server = &http.Server{Handler: http.HandlerFunc(s.serve), ReadHeaderTimeout: time.Minute}
	go func() { _ = s.server.Serve(listener) }()
	return s, nil
}

func (s *sites) serve(w http.ResponseWriter, r *http.Request) {
	name, _, _ := strings.Cut(r.Host, ".")
	s.offices[name].Handler.ServeHTTP(w, r)
}

func (s *sites) close() {
	_ = s.server.Close()
	for _, o := range s.offices {
		_ = o.DB.Close()
	}
	_ = os.RemoveAll(s.folder)
}

func (s *sites) url(site, path string) string {
	return "http://" + site + ".localhost:" + s.port + path
}

func (s *sites) open(ctx context.Context, name string) error {
	folder := filepath.Join(s.folder, name)
	if err := os.MkdirAll(folder, 0o750); err != nil {
		return err
	}
	now := time.Date(2026, 11, 12, 2, 0, 0, 0, time.UTC)
	if name == "sales" {
		now = now.AddDate(-1, 0, 0) // what was sold since
	}
	o, err := webtest.Open(ctx, webtest.Options{
		Folder: folder, Now: now,
		Logger: slog.New(slog.DiscardHandler),
	})
	if err != nil {
		return err
	}
	s.offices[name] = o
	if name == "fresh" {
		return nil
	}
	_, acting, err := o.Settle(ctx, chosen)
	if err != nil {
		return err
	}
	switch name {
	case "acme", "full", "export":
		contacts := 64
		if name != "acme" {
			contacts = 3
		}
		contact, company, err := o.Furnish(acting, contacts)
		if err != nil {
			return err
		}
		if name == "acme" {
			s.contact, s.company = contact, company
			if s.people, err = populate(acting, o, company); err != nil {
				return err
			}
			if s.deal, s.quote, err = o.FurnishDeals(acting); err != nil {
				return err
			}
			if err := s.hire(acting, o); err != nil {
				return err
			}
			if err := o.Work(acting, contact, company); err != nil {
				return err
			}
			return guarded(ctx, acting, o)
		}
		if name == "full" {
			s.tables, err = arrange(acting, o)
			return err
		}
	case "sales":
		return s.sell(ctx, acting, o)
	case "broken":
		o.Break(true)
	}
	return nil
}

// sell gives the office a year of sales of three people.
func (s *sites) sell(ctx, acting context.Context, o *webtest.Office) error {
	people := []context.Context{acting}
	for _, name := range []string{"Javier Peña", "Andrea Ruelas"} {
		u := crm.User{Email: fmt.Sprintf("p%d@acme.example", len(people)), Name: name, Role: crm.RoleSeller}
		if _, err := o.DB.CreateUser(acting, &u); err != nil {
			return err
		}
		u.MustChangePassword = false
		people = append(people, crm.WithActor(ctx, crm.Actor{User: &u}))
	}
	return o.Sell(people)
}

// hire gives the office a team and something to be told.
func (s *sites) hire(acting context.Context, o *webtest.Office) error {
	for _, u := range []crm.User{
		{Email: "javier@acme.example", Name: "Javier Peña", Role: crm.RoleSeller},
		{Email: "andrea@acme.example", Name: "Andrea Ruelas", Role: crm.RoleManager},
		{Email: "cuentas@acme.example", Name: "Cuentas", Role: crm.RoleReadOnly},
	} {
		if _, err := o.DB.CreateUser(acting, &u); err != nil {
			return err
		}
		if u.Role == crm.RoleReadOnly {
			if err := o.DB.SetUserDisabled(acting, u.ID, true); err != nil {
				return err
			}
		}
	}
	o.Grant(func(r *crm.Rights) {
		r.Banners = []crm.Banner{{ID: "terms", Level: "info", Text: map[string]string{
			"es-MX": "Hay términos nuevos a partir del 17 de marzo.", "en": "New terms apply from March 17.",
		}}}
	})
	return nil
}

// prepare signs the owner in everywhere with the look's language and theme.
func (s *sites) prepare(ctx context.Context, l look) error {
	for name, o := range s.offices {
		if err := s.unlock(name, o); err != nil {
			return err
		}
		o.Grant(func(r *crm.Rights) {
			fresh := webtest.Rights()
			fresh.Banners, fresh.Locale = r.Banners, l.locale
			*r = fresh
		})
		o.Fill(false)
		password := chosen
		if name == "fresh" {
			password = webtest.OwnerPassword
		}
		token, acting, err := o.SignIn(ctx, webtest.OwnerEmail, password)
		if err != nil {
			return err
		}
		s.tokens[name], s.acting[name] = token, acting
		if err := o.DB.SetPreferences(acting, l.locale, l.theme); err != nil {
			return err
		}
		if name == "secure" {
			if err := twoSteps(acting, o, chosen); err != nil {
				return err
			}
		}
		s.bring(name, o)
	}
	return nil
}

// bring brings an office into the state that its name says.
func (s *sites) bring(name string, o *webtest.Office) {
	o.Grant(func(r *crm.Rights) {
		switch name {
		case "missing":
			*r = crm.Rights{Problem: "missing"}
		case "expired":
			r.Valid, r.Problem = false, "expired"
		case "closed":
			r.Access = "Closed"
		case "export":
			r.Access = "ExportOnly"
		case "full":
			r.Seats = 1
			r.Banners = []crm.Banner{
				{ID: "late", Level: "danger", Text: map[string]string{"es-MX": "Falta el pago de noviembre. El acceso se pausa el 4 de diciembre.", "en": "November has not been paid. Access is paused on December 4."}},
				{ID: "quota", Level: "warning", Text: map[string]string{"es-MX": "Los documentos ocupan el 90 % de tu espacio.", "en": "Documents take 90 % of your space."}},
			}
		}
	})
	o.Fill(name == "full")
}
