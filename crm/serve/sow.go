package serve

import (
	"context"
	"fmt"
	"math"
	"slices"
	"time"

	"github.com/grupobizopps/salexops/crm"
	"github.com/grupobizopps/salexops/crm/seed"
	"github.com/grupobizopps/salexops/crm/sqlite"
)

const (
	// seedPortion is how many records share a transaction.
	seedPortion = 5000
	// seedSeason is how many records are made before the next kind's turn comes, and
	// leastSeasons into how many parts the smallest database is cut.
	seedSeason, leastSeasons = 10_000, 24
)

// sower stores what a maker makes in the order of time: in each season some
// companies, contacts, deals and leads, the work of that time, and the moves of
// deals.
type sower struct {
	db       *sqlite.DB
	plan     SeedPlan
	maker    *seed.Maker
	calendar calendar
	now      time.Time
	count    int
	team     []*crm.User
	owners   map[int64]*crm.User

	pipeline  *crm.Pipeline
	reasons   []crm.LostReason
	catalogue []crm.Product
	companies []crm.Company
	contacts  []crm.Contact
	running   []*venture // deals that somebody works on
}

// venture is an open deal with the way it still has to go.
type venture struct {
	deal crm.Deal
	way  []seed.Step
}

func (s *sower) sow(ctx context.Context, owner *crm.User) (err error) {
	if s.team, err = s.hire(ctx, owner); err != nil {
		return err
	}
	s.owners = map[int64]*crm.User{}
	for _, user := range s.team {
		s.owners[user.ID] = user
	}
	pipelines, err := s.db.Pipelines(ctx)
	if err != nil {
		return err
	}
	s.pipeline = pipelines[0]
	if s.reasons, err = s.db.LostReasons(ctx); err != nil {
		return err
	}
	for n := range s.plan.Sizes.Products {
		p := s.maker.Product(n)
		if err := s.db.CreateProduct(ctx, &p); err != nil {
			return fmt.Errorf("seed products: %w", err)
		}
		s.catalogue = append(s.catalogue, p)
		s.step()
	}
	seasons := max(leastSeasons, s.plan.Sizes.sum()/seedSeason)
	for n := range seasons {
		if err := s.season(ctx, float64(n)/float64(seasons), float64(n+1)/float64(seasons)); err != nil {
			return err
		}
	}
	return nil
}

// step lets the time of one record pass.
func (s *sower) step() {
	s.count++
	s.now = s.calendar.at(float64(s.count) / float64(s.plan.Sizes.sum()+1))
}

// season makes what comes between two shares of the time. Half of the people
// are known after a quarter of it; the work is spread evenly.
func (s *sower) season(ctx context.Context, from, to float64) error {
	known := func(size int) (int, int) {
		return int(float64(size) * math.Sqrt(from)), int(float64(size) * math.Sqrt(to))
	}
	even := func(size int) (int, int) { return int(float64(size) * from), int(float64(size) * to) }
	begin, end := known(s.plan.Sizes.Companies)
	companies, err := sow(ctx, s, begin, end, s.maker.Company, func(c *crm.Company) *int64 { return &c.OwnerID }, (*sqlite.Batch).CreateCompany)
	if err != nil {
		return fmt.Errorf("seed companies: %w", err)
	}
	s.companies = append(s.companies, companies...)
	begin, end = known(s.plan.Sizes.Contacts)
	contacts, err := sow(ctx, s, begin, end, s.contact, func(c *crm.Contact) *int64 { return &c.OwnerID }, (*sqlite.Batch).CreateContact)
	if err != nil {
		return fmt.Errorf("seed contacts: %w", err)
	}
	s.contacts = append(s.contacts, contacts...)
	begin, end = even(s.plan.Sizes.Leads)
	if _, err := sow(ctx, s, begin, end, s.maker.Lead, func(l *crm.Lead) *int64 { return &l.OwnerID }, (*sqlite.Batch).CreateLead); err != nil {
		return fmt.Errorf("seed leads: %w", err)
	}
	if len(s.contacts) == 0 {
		return nil
	}
	begin, end = even(s.plan.Sizes.Deals)
	deals, err := sow(ctx, s, begin, end, s.deal, func(d *crm.Deal) *int64 { return &d.OwnerID }, (*sqlite.Batch).CreateDeal)
	if err != nil {
		return fmt.Errorf("seed deals: %w", err)
	}
	for _, d := range deals {
		s.running = append(s.running, &venture{d, s.maker.Course(d.CreatedAt, len(s.pipeline.Open()))})
	}
	begin, end = even(s.plan.Sizes.Activities)
	if _, err = sow(ctx, s, begin, end, s.work, func(a *crm.Activity) *int64 { return &a.OwnerID }, (*sqlite.Batch).CreateActivity); err != nil {
		return fmt.Errorf("seed activities: %w", err)
	}
	if err := s.move(ctx); err != nil {
		return fmt.Errorf("move deals: %w", err)
	}
	return nil
}

// contact makes the n-th contact, of one of the companies.
func (s *sower) contact(n int) crm.Contact {
	var company *crm.Company
	if len(s.companies) > 0 {
		company = &s.companies[n%len(s.companies)]
	}
	return s.maker.Contact(n, company)
}

func (s *sower) deal(int) crm.Deal {
	contact := seed.Pick(s.maker, s.contacts)
	var company *crm.Company
	if at, found := slices.BinarySearchFunc(s.companies, contact.CompanyID, func(c crm.Company, id int64) int { return int(c.ID - id) }); found {
		company = &s.companies[at]
	}
	d := s.maker.Deal(s.now, &contact, company, s.catalogue)
	d.OwnerID = contact.OwnerID
	return d
}

// work makes what somebody does about a deal that runs, or about anybody.
func (s *sower) work(n int) crm.Activity {
	a := s.maker.Work(s.now, s.calendar.at(1))
	if n%2 == 0 && len(s.running) > 0 {
		d := seed.Pick(s.maker, s.running).deal
		a.DealID, a.ContactID, a.OwnerID = d.ID, d.ContactID, d.OwnerID
		return a
	}
	c := seed.Pick(s.maker, s.contacts)
	a.ContactID, a.OwnerID = c.ID, c.OwnerID
	if n%10 == 1 && c.CompanyID != 0 {
		a.ContactID, a.CompanyID = 0, c.CompanyID
	}
	return a
}

// move does the moves whose time has come. A deal that was decided, or that has
// no way left, is not worked on any more.
func (s *sower) move(ctx context.Context) error {
	today := s.now
	defer func() { s.now = today }()
	err := s.db.InBatch(ctx, func(b *sqlite.Batch) error {
		for _, v := range s.running {
			for _, step := range v.way {
				if step.At.After(today) {
					break
				}
				s.now = step.At
				if err := b.By(s.owners[v.deal.OwnerID]).MoveDeal(s.stepOf(v, step)); err != nil {
					return err
				}
			}
		}
		return nil
	})
	if err != nil {
		return err
	}
	for _, v := range s.running {
		v.way = slices.DeleteFunc(v.way, func(step seed.Step) bool { return !step.At.After(today) })
	}
	s.running = slices.DeleteFunc(s.running, func(v *venture) bool { return len(v.way) == 0 })
	return nil
}

func (s *sower) stepOf(v *venture, step seed.Step) crm.Move {
	m := crm.Move{DealID: v.deal.ID}
	if step.Ends == "" {
		m.StageID = s.pipeline.Open()[step.Stage].ID
		return m
	}
	m.StageID = s.pipeline.Closing(step.Ends).ID
	if step.Ends == crm.StageLost && len(s.reasons) > 0 {
		m.LostReasonID, m.LostNote = s.reasons[step.Why%len(s.reasons)].ID, step.Note
	}
	return m
}

// sow makes and stores the records from one number to another, some hundred a
// transaction, and returns them. Who has none gets an owner, who makes it.
func sow[R any](ctx context.Context, s *sower, begin, end int, maker func(int) R, owner func(*R) *int64, create func(*sqlite.Batch, *R) error) ([]R, error) {
	var all []R
	for begin < end {
		var some []R
		var at []time.Time
		for ; begin < end && len(some) < seedPortion; begin++ {
			s.step()
			record := maker(begin)
			if id := owner(&record); *id == 0 {
				*id = seed.Pick(s.maker, s.team).ID
			}
			some, at = append(some, record), append(at, s.now)
		}
		err := s.db.InBatch(ctx, func(b *sqlite.Batch) error {
			for i := range some {
				s.now = at[i]
				if err := create(b.By(s.owners[*owner(&some[i])]), &some[i]); err != nil {
					return err
				}
			}
			return nil
		})
		if err != nil {
			return nil, err
		}
		s.plan.Done(s.count)
		all = append(all, some...)
	}
	return all, nil
}
