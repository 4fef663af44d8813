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
type Sizes struct{ Companies, Contacts int }

// BudgetSizes are those of the database that the budgets of docs/crm.md speak of.
var BudgetSizes = Sizes{Companies: 30_000, Contacts: 100_000}

// Share is a part of the sizes, for a quick look.
func (s Sizes) Share(of float64) Sizes {
	part := func(n int) int { return int(float64(n) * of) }
	return Sizes{Companies: part(s.Companies), Contacts: part(s.Contacts)}
}

// SeedOwner is the first user of a seeded database that had none.
const SeedOwner = "demo@acme.example"

// The records of a seed were made, evenly, between these two days: the same
// seed gives the same database on every day.
var (
	seedFrom  = time.Date(2025, 1, 6, 15, 0, 0, 0, time.UTC)
	seedUntil = time.Date(2026, 11, 20, 23, 0, 0, 0, time.UTC)
)

// seedPortion is how many records share a transaction.
const seedPortion = 500

// Seed fills the database on a records volume that no process uses with records
// that are made up, always the same ones for the same seed. Where there is no
// user it makes an owner, SeedOwner, and returns the initial password. done, if
// not nil, hears how many records there are so far. Errors: *InUseError.
func Seed(ctx context.Context, records string, from uint64, sizes Sizes, done func(int)) (password string, err error) {
	lock, err := AcquireLock(records)
	if err != nil {
		return "", err
	}
	defer func() { err = errors.Join(err, lock.Release()) }()
	s := sower{maker: seed.NewMaker(from), now: seedFrom, sizes: sizes, done: done}
	if s.done == nil {
		s.done = func(int) {}
	}
	s.step = seedUntil.Sub(seedFrom) / time.Duration(max(1, sizes.Companies+sizes.Contacts))
	s.db, err = sqlite.Open(ctx, sqlite.Config{
		Path: filepath.Join(records, databaseFile), Now: func() time.Time { return s.now },
		Rights: func() crm.Rights { return crm.Rights{Valid: true, Access: "Open", Seats: 1} },
	})
	if err != nil {
		return "", err
	}
	defer func() { err = errors.Join(err, s.db.Close()) }()
	if password, err = s.welcome(ctx); err != nil {
		return "", err
	}
	owner := &crm.User{ID: 1, Name: "SaleXops", Role: crm.RoleOwner}
	return password, s.sow(crm.WithActor(ctx, crm.Actor{User: owner}))
}

// sower stores what a maker makes, on a clock that goes on with each record.
type sower struct {
	db        *sqlite.DB
	maker     *seed.Maker
	sizes     Sizes
	now       time.Time
	step      time.Duration
	companies []crm.Company
	count     int
	done      func(int)
}

// welcome makes the owner where there is no user.
func (s *sower) welcome(ctx context.Context) (string, error) {
	password := strings.ToLower(rand.Text()[:20])
	created, err := s.db.CreateInitialOwner(ctx, sqlite.InitialOwner{Email: SeedOwner, Name: "Lucía Moreno", Password: password})
	if err != nil || !created {
		return "", err
	}
	return password, nil
}

func (s *sower) sow(ctx context.Context) error {
	s.companies = make([]crm.Company, s.sizes.Companies)
	for i := range s.companies {
		s.companies[i] = s.maker.Company(i)
	}
	err := portions(ctx, s, s.companies, (*sqlite.Batch).CreateCompany)
	if err != nil {
		return fmt.Errorf("seed companies: %w", err)
	}
	contacts := make([]crm.Contact, seedPortion)
	for begin := 0; begin < s.sizes.Contacts; begin += seedPortion {
		some := contacts[:min(seedPortion, s.sizes.Contacts-begin)]
		for i := range some {
			var company *crm.Company
			if len(s.companies) > 0 {
				company = &s.companies[(begin+i)%len(s.companies)]
			}
			some[i] = s.maker.Contact(begin+i, company)
		}
		if err := portions(ctx, s, some, (*sqlite.Batch).CreateContact); err != nil {
			return fmt.Errorf("seed contacts: %w", err)
		}
	}
	return nil
}

// portions stores records, some hundred a transaction.
func portions[R any](ctx context.Context, s *sower, records []R, create func(*sqlite.Batch, *R) error) error {
	for len(records) > 0 {
		some := records[:min(seedPortion, len(records))]
		from := s.now
		err := s.db.InBatch(ctx, func(b *sqlite.Batch) error {
			s.now = from
			for i := range some {
				s.now = s.now.Add(s.step)
				if err := create(b, &some[i]); err != nil {
					return err
				}
			}
			return nil
		})
		if err != nil {
			return err
		}
		s.count += len(some)
		s.done(s.count)
		records = records[len(some):]
	}
	return nil
}
