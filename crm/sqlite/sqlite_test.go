package sqlite

import (
	"context"
	"os"
	"path/filepath"
	"sync"
	"testing"
	"time"

	"github.com/grupobizopps/salexops/crm"
)

// clock is a time that tests set.
type clock struct {
	mutex sync.Mutex
	now   time.Time
}

func (c *clock) Now() time.Time {
	c.mutex.Lock()
	defer c.mutex.Unlock()
	return c.now
}

func (c *clock) Advance(by time.Duration) {
	c.mutex.Lock()
	defer c.mutex.Unlock()
	c.now = c.now.Add(by)
}

// office is an open database with its owner signed in.
type office struct {
	*DB
	t      testing.TB
	clock  *clock
	rights *crm.Rights
	path   string
	owner  context.Context
}

const ownerPassword = "correct battery staple"

var openRights = crm.Rights{
	Valid: true, Access: accessOpen, Seats: 5, SessionsPerUser: 1, ChangeAtFirstLogin: true,
}

func newOffice(t testing.TB) *office {
	t.Helper()
	rights := openRights
	o := &office{
		t: t, clock: &clock{now: time.Date(2027, 1, 4, 15, 0, 0, 0, time.UTC)},
		rights: &rights, path: filepath.Join(t.TempDir(), "crm.db"),
	}
	if err := os.WriteFile(o.path, template(t), 0o600); err != nil {
		t.Fatal(err)
	}
	o.open(nil)
	o.owner = o.as(&crm.User{ID: 1, Name: "Lucía Moreno", Email: "lucia@acme.example", Role: crm.RoleOwner})
	return o
}

// template is the content of a new database with its owner, made once: most
// tests begin with it, and hashing a password takes its time by design.
func template(t testing.TB) []byte {
	t.Helper()
	made.once.Do(func() {
		folder, err := os.MkdirTemp("", "crm-template")
		if err != nil {
			t.Fatal(err)
		}
		defer os.RemoveAll(folder)
		path := filepath.Join(folder, "crm.db")
		db, err := Open(context.Background(), Config{Path: path, Rights: func() crm.Rights { return openRights }})
		if err != nil {
			t.Fatal(err)
		}
		created, err := db.CreateInitialOwner(context.Background(), InitialOwner{
			Email: "lucia@acme.example", Name: "Lucía Moreno", Password: ownerPassword,
		})
		if err != nil || !created {
			t.Fatalf("create owner: %v, %v", created, err)
		}
		if err := db.Close(); err != nil {
			t.Fatal(err)
		}
		if made.content, err = os.ReadFile(path); err != nil {
			t.Fatal(err)
		}
	})
	return made.content
}

var made struct {
	once    sync.Once
	content []byte
}

// open opens the database file; a test that changes what the volume says gives
// its own measure.
func (o *office) open(volume func() (Volume, error)) {
	o.t.Helper()
	db, err := Open(context.Background(), Config{
		Path: o.path, Now: o.clock.Now, Rights: func() crm.Rights { return *o.rights }, Volume: volume,
	})
	if err != nil {
		o.t.Fatalf("open: %v", err)
	}
	o.DB = db
	o.t.Cleanup(func() { o.close() })
}

// close closes the database once.
func (o *office) close() {
	o.t.Helper()
	if o.DB == nil {
		return
	}
	if err := o.Close(); err != nil {
		o.t.Errorf("close: %v", err)
	}
	o.DB = nil
}

// reopen is a restart of the process.
func (o *office) reopen() {
	o.t.Helper()
	o.close()
	o.open(nil)
}

func (o *office) as(u *crm.User) context.Context {
	return crm.WithActor(o.t.Context(), crm.Actor{User: u})
}

// hire invites a user and returns a context in which the user acts.
func (o *office) hire(role crm.Role, email string) (context.Context, *crm.User, string) {
	o.t.Helper()
	u := &crm.User{Email: email, Name: email, Role: role}
	password, err := o.CreateUser(o.owner, u)
	if err != nil {
		o.t.Fatalf("invite %s: %v", email, err)
	}
	working := *u
	working.MustChangePassword = false
	return o.as(&working), u, password
}

func (o *office) contact(given, family string) *crm.Contact {
	o.t.Helper()
	c := &crm.Contact{GivenName: given, FamilyName: family}
	if err := o.CreateContact(o.owner, c); err != nil {
		o.t.Fatalf("create contact %s %s: %v", given, family, err)
	}
	return c
}

func (o *office) company(name string) *crm.Company {
	o.t.Helper()
	c := &crm.Company{Name: name}
	if err := o.CreateCompany(o.owner, c); err != nil {
		o.t.Fatalf("create company %s: %v", name, err)
	}
	return c
}

func titles(hits []crm.Hit) []string {
	all := make([]string, len(hits))
	for i, hit := range hits {
		all[i] = hit.Title
	}
	return all
}

func names(contacts []*crm.Contact) []string {
	all := make([]string, len(contacts))
	for i, c := range contacts {
		all[i] = c.Title()
	}
	return all
}
