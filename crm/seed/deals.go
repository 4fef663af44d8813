package seed

import (
	"strconv"
	"time"

	"github.com/grupobizopps/salexops/crm"
)

// Product makes the n-th product of a catalogue.
func (m *Maker) Product(n int) crm.Product {
	what := goods[n%len(goods)]
	p := crm.Product{Name: what.name, SKU: "P-" + strconv.Itoa(1001+n), Price: crm.Money{Currency: crm.MXN, Minor: what.price * 100}, Tax: 1600, Active: !m.chance(5)}
	if round := n / len(goods); round > 0 {
		p.Name += " " + strconv.Itoa(round+1)
	}
	return p
}

// Deal makes a deal with a contact, who may work for a company. It closes some
// weeks after today, if it does. Its value comes from its items where it has any.
func (m *Maker) Deal(today time.Time, contact *crm.Contact, company *crm.Company, catalogue []crm.Product) crm.Deal {
	what := pick(m, goods)
	d := crm.Deal{
		ContactID: contact.ID, Source: pick(m, sources),
		Value:         crm.Money{Currency: crm.MXN, Minor: what.price * int64(2+m.dice.IntN(40)) * 100},
		ExpectedClose: today.AddDate(0, 0, 14+m.dice.IntN(90)).Format(time.DateOnly),
	}
	party := contact.GivenName + " " + contact.FamilyName
	if company != nil {
		d.CompanyID, party = company.ID, company.Name
	}
	d.Name = what.name + ", " + party
	switch {
	case m.chance(12):
		d.Value = crm.Money{Currency: crm.USD, Minor: d.Value.Minor / 1800 * 100}
	case m.chance(30) && len(catalogue) > 0:
		for range 1 + m.dice.IntN(3) {
			d.Items = append(d.Items, m.item(pick(m, catalogue)))
		}
	}
	if m.chance(8) {
		d.ExpectedClose = ""
	}
	if m.chance(15) {
		d.Tags = []string{pick(m, tags)}
	}
	return d
}

func (m *Maker) item(of crm.Product) crm.LineItem {
	i := crm.LineItem{
		ProductID: of.ID, Name: of.Name, Quantity: crm.Quantity(1+m.dice.IntN(24)) * crm.One,
		UnitPrice: of.Price.Minor, Tax: of.Tax,
	}
	if m.chance(25) {
		i.Discount = crm.Percent(500 * (1 + m.dice.IntN(3)))
	}
	return i
}

// Step is a move of a deal: to an open stage, by its place among them, or to
// its end.
type Step struct {
	At    time.Time
	Stage int            // of the open ones, from 0
	Ends  crm.DealStatus // won or lost; empty: it goes on
	Why   int            // of a lost deal: which of the reasons, from 0
	Note  string         // of a lost deal
}

// lostShares says how often, in a hundred, a deal is lost for each of the first
// reasons.
var lostShares = []int{35, 25, 18, 17, 5}

// Course makes the way that a deal goes through so many open stages after it was
// created. Some stages are skipped, one deal in five is never decided.
func (m *Maker) Course(created time.Time, stages int) []Step {
	var way []Step
	at := created
	later := func(most int) time.Time {
		at = at.Add(time.Duration(6+m.dice.IntN(24*most-6)) * time.Hour)
		return at
	}
	for stage := 1; stage < stages; stage++ {
		switch {
		case m.chance(14):
			return append(way, m.lost(later(40)))
		case m.chance(6):
			return way // nobody looks after it any more
		case m.chance(12):
			continue
		}
		way = append(way, Step{At: later(30), Stage: stage})
	}
	switch {
	case m.chance(55):
		return append(way, Step{At: later(30), Ends: crm.StageWon})
	case m.chance(85):
		return append(way, m.lost(later(45)))
	}
	return way
}

func (m *Maker) lost(at time.Time) Step {
	s := Step{At: at, Ends: crm.StageLost}
	for share, n := m.dice.IntN(100), 0; n < len(lostShares); n++ {
		if share -= lostShares[n]; share < 0 {
			s.Why = n
			break
		}
	}
	if m.chance(40) {
		s.Note = pick(m, lostNotes)
	}
	return s
}

// Lead makes the n-th lead, who may become a customer or not.
func (m *Maker) Lead(n int) crm.Lead {
	company := m.Company(n)
	c := m.Contact(n, &company)
	l := crm.Lead{
		GivenName: c.GivenName, FamilyName: c.FamilyName, JobTitle: c.JobTitle, Emails: c.Emails, Phones: c.Phones,
		CompanyName: company.Name, Source: c.Source, Status: pick(m, crm.LeadStatuses),
	}
	if m.chance(50) {
		l.Note = pick(m, leadNotes)
	}
	return l
}
