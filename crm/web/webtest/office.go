// Package webtest opens a whole CRM on a folder, with a clock and a licence
// that a test sets: for the tests of package web and for its screenshots.
package webtest

import (
	"context"
	"fmt"
	"log/slog"
	"net/http"
	"path/filepath"
	"sync"
	"time"

	"github.com/grupobizopps/salexops/crm"
	"github.com/grupobizopps/salexops/crm/sqlite"
	"github.com/grupobizopps/salexops/crm/web"
)

// The owner that every office starts with.
const (
	OwnerEmail    = "lucia@acme.example"
	OwnerName     = "Lucía Moreno"
	OwnerPassword = "cuatro palabras muy seguidas" //nolint:gosec // opens nothing but a test's office
)

// Office is one CRM.
type Office struct {
	DB      *sqlite.DB
	Handler http.Handler
	Log     *slog.Logger

	mu     sync.Mutex
	now    time.Time
	rights crm.Rights
	full   bool
	broken bool
}

// Options of an office.
type Options struct {
	Folder string
	Now    time.Time
	Logger *slog.Logger // nil: none
}

// Open starts an office whose owner has an initial password to change.
func Open(ctx context.Context, o Options) (*Office, error) {
	if o.Logger == nil {
		o.Logger = slog.New(slog.DiscardHandler)
	}
	f := &Office{now: o.Now, rights: Rights(), Log: o.Logger}
	db, err := sqlite.Open(ctx, sqlite.Config{
		Path: filepath.Join(o.Folder, "crm.db"), Now: f.Now, Rights: f.Rights, Volume: f.volume,
	})
	if err != nil {
		return nil, fmt.Errorf("opening the office's database: %w", err)
	}
	f.DB = db
	if _, err := db.CreateInitialOwner(ctx, sqlite.InitialOwner{
		Email: OwnerEmail, Name: OwnerName, Password: OwnerPassword, Locale: "es-MX",
	}); err != nil {
		return nil, fmt.Errorf("creating the owner: %w", err)
	}
	services := db.Services()
	services.Search = breakable{services.Search, f}
	f.Handler, err = web.New(web.Config{
		Services: services, Imports: db, Rights: f.Rights, Usage: db.Usage, Now: f.Now,
		Logger: o.Logger, Version: "1.0.0", Secure: true,
	})
	if err != nil {
		return nil, fmt.Errorf("building the pages: %w", err)
	}
	return f, nil
}

// Rights are those of a paid tenant in good standing.
func Rights() crm.Rights {
	return crm.Rights{
		Valid: true, Access: "Open", Tenant: "acme", Name: "Ferretería Acme", Locale: "es-MX",
		TimeZone: "America/Hermosillo", Plan: "Team", Seats: 10, SessionsPerUser: 1,
		DocumentQuotaBytes: 10 << 30, PaidThrough: "2026-12-30",
		ValidUntil: time.Date(2027, 1, 4, 7, 0, 0, 0, time.UTC), SupportEntitled: true,
		ChangeAtFirstLogin: true, Serial: 1,
	}
}

// Now is the office's clock.
func (f *Office) Now() time.Time {
	f.mu.Lock()
	defer f.mu.Unlock()
	return f.now
}

// Pass lets time go by.
func (f *Office) Pass(d time.Duration) {
	f.mu.Lock()
	defer f.mu.Unlock()
	f.now = f.now.Add(d)
}

// Rights is the licence in force.
func (f *Office) Rights() crm.Rights {
	f.mu.Lock()
	defer f.mu.Unlock()
	return f.rights
}

// Grant changes the licence in force.
func (f *Office) Grant(change func(*crm.Rights)) {
	f.mu.Lock()
	defer f.mu.Unlock()
	change(&f.rights)
}

// Fill says whether the volume has no room left.
func (f *Office) Fill(full bool) {
	f.mu.Lock()
	defer f.mu.Unlock()
	f.full = full
}

// Break says whether the search fails, as a disk would.
func (f *Office) Break(broken bool) {
	f.mu.Lock()
	defer f.mu.Unlock()
	f.broken = broken
}

func (f *Office) volume() (sqlite.Volume, error) {
	f.mu.Lock()
	defer f.mu.Unlock()
	if f.full {
		return sqlite.Volume{Total: 1 << 30}, nil
	}
	return sqlite.Volume{Total: 1 << 30, Available: 1 << 29}, nil
}

// breakable is a search that can fail.
type breakable struct {
	crm.SearchService
	office *Office
}

func (b breakable) Search(ctx context.Context, query string, limit int) ([]crm.Hit, error) {
	b.office.mu.Lock()
	broken := b.office.broken
	b.office.mu.Unlock()
	if broken {
		return nil, fmt.Errorf("reading the index: input/output error")
	}
	return b.SearchService.Search(ctx, query, limit)
}

// SignIn starts a session without a browser.
func (f *Office) SignIn(ctx context.Context, email, password string) (token string, acting context.Context, err error) {
	token, session, u, err := f.DB.SignIn(ctx, crm.SignIn{
		Email: email, Password: password, RemoteAddr: "203.0.113.7",
		UserAgent: "Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/140.0.0.0 Safari/537.36",
	})
	if err != nil {
		return "", nil, fmt.Errorf("signing in %s: %w", email, err)
	}
	return token, crm.WithActor(ctx, crm.Actor{User: u, SessionID: session.ID}), nil
}

// Settle makes the owner's password a chosen one and returns a signed-in context.
func (f *Office) Settle(ctx context.Context, password string) (token string, acting context.Context, err error) {
	_, acting, err = f.SignIn(ctx, OwnerEmail, OwnerPassword)
	if err != nil {
		return "", nil, err
	}
	if err := f.DB.ChangePassword(acting, OwnerPassword, password); err != nil {
		return "", nil, fmt.Errorf("changing the owner's password: %w", err)
	}
	return f.SignIn(ctx, OwnerEmail, password)
}
