package serve

import (
	"context"
	"crypto/rand"
	"errors"
	"fmt"
	"path/filepath"
	"strings"
	"time"

	"github.com/grupobizopps/salexops/crm"
	"github.com/grupobizopps/salexops/crm/seed"
	"github.com/grupobizopps/salexops/crm/sqlite"
)

// Sizes say how many records a seed makes.
type Sizes struct{ Companies, Contacts, Deals, Activities, Leads, Products int }

// BudgetSizes are those of the database that the budgets of docs/performance.md speak of.
var BudgetSizes = Sizes{Companies: 30_000, Contacts: 100_000, Deals: 10_000, Activities: 300_000, Leads: 2_000, Products: 48}

// Share is a part of the sizes, for a quick look.
func (s Sizes) Share(of float64) Sizes {
	part := func(n int) int { return int(float64(n) * of) }
	return Sizes{part(s.Companies), part(s.Contacts), part(s.Deals), part(s.Activities), part(s.Leads), part(s.Products)}
}

func (s Sizes) sum() int {
	return s.Companies + s.Contacts + s.Deals + s.Activities + s.Leads + s.Products
}

// SeedOwner is the first user of a seeded database that had none.
const SeedOwner = "demo@acme.example"

// SeedUntil is the day on which the made-up records end, unless another is asked
// for: the same seed gives the same database on every day.
var SeedUntil = time.Date(2026, 11, 20, 0, 0, 0, 0, time.UTC)

// seedZone is the time of Hermosillo, where there is no summer time.
var seedZone = time.FixedZone("Hermosillo", -7*60*60)

// seedCache is how much of the database a seed keeps in memory: nobody else
// uses the machine's memory for it meanwhile.
const seedCache = 128 << 20

// SeedPlan says what a seed makes.
type SeedPlan struct {
	Records string // the folder of a records volume that no process uses
	Seed    uint64 // the same number makes the same records
	Sizes   Sizes
	Until   time.Time       // the last day of two years of work; zero: SeedUntil
	Done    func(count int) // hears how many records there are so far; may be nil
}

// Seed fills a database with records that are made up, always the same ones for
// the same plan. Where there is no user it makes an owner, SeedOwner, whose
// initial password it returns, and sellers. Errors: *InUseError.
func Seed(ctx context.Context, plan SeedPlan) (password string, err error) {
	lock, err := AcquireLock(plan.Records)
	if err != nil {
		return "", err
	}
	defer func() { err = errors.Join(err, lock.Release()) }()
	if plan.Done == nil {
		plan.Done = func(int) {}
	}
	if plan.Until.IsZero() {
		plan.Until = SeedUntil
	}
	s := sower{plan: plan, maker: seed.NewMaker(plan.Seed), calendar: newCalendar(plan.Until)}
	s.now = s.calendar.at(0)
	s.db, err = sqlite.Open(ctx, sqlite.Config{
		Path: filepath.Join(plan.Records, databaseFile), Now: func() time.Time { return s.now }, WriteCache: seedCache,
		Rights: func() crm.Rights {
			return crm.Rights{Valid: true, Access: "Open", Seats: 1 + len(seed.Sellers), TimeZone: "America/Hermosillo"}
		},
	})
	if err != nil {
		return "", err
	}
	defer func() { err = errors.Join(err, s.db.Close()) }()
	if password, err = s.welcome(ctx); err != nil {
		return "", err
	}
	owner := &crm.User{ID: 1, Name: seed.Owner, Role: crm.RoleOwner}
	return password, s.sow(crm.WithActor(ctx, crm.Actor{User: owner}), owner)
}

// welcome makes the owner where there is no user.
func (s *sower) welcome(ctx context.Context) (string, error) {
	password := strings.ToLower(rand.Text()[:20])
	created, err := s.db.CreateInitialOwner(ctx, sqlite.InitialOwner{Email: SeedOwner, Name: seed.Owner, Password: password})
	if err != nil || !created {
		return "", err
	}
	return password, nil
}

// hire makes the sellers where the owner is alone, and returns who shares the
// records out among themselves.
func (s *sower) hire(ctx context.Context, owner *crm.User) ([]*crm.User, error) {
	team, err := s.db.Users(ctx)
	if err != nil {
		return nil, err
	}
	if len(team) > 1 {
		return team, nil
	}
	team = []*crm.User{owner}
	for n, name := range seed.Sellers {
		user := &crm.User{Name: name, Email: fmt.Sprintf("ventas%d@acme.example", n+1), Role: crm.RoleSeller, Locale: "es-MX"}
		if n == 0 {
			user.Role = crm.RoleManager
		}
		if _, err := s.db.CreateUser(ctx, user); err != nil {
			return nil, fmt.Errorf("seed user %s: %w", name, err)
		}
		team = append(team, user)
	}
	return team, nil
}

// calendar is two years of office hours, from nine to six, Monday to Saturday.
type calendar struct {
	monday time.Time // the first one
	hours  time.Duration
}

const officeDay = 9 * time.Hour

func newCalendar(until time.Time) calendar {
	first := time.Date(until.Year()-2, until.Month(), until.Day(), 0, 0, 0, 0, seedZone)
	for first.Weekday() != time.Monday {
		first = first.AddDate(0, 0, 1)
	}
	last := time.Date(until.Year(), until.Month(), until.Day(), 0, 0, 0, 0, seedZone)
	days := int(last.Sub(first).Hours()/24) + 1
	return calendar{first, time.Duration(days/7*6+min(days%7, 6)) * officeDay}
}

// at is the moment at which this share of the hours has passed.
func (c calendar) at(share float64) time.Time {
	worked := min(time.Duration(share*float64(c.hours)), c.hours-time.Second)
	day := int(worked / officeDay)
	return c.monday.AddDate(0, 0, day/6*7+day%6).Add(officeDay + worked%officeDay)
}
