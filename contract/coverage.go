package contract

import (
	"slices"
	"time"
)

// coverage is what the payments known now say about days (contract.md 3.3).
type coverage struct {
	// paidToday: a payment that stands covers today.
	paidToday bool
	// paidThrough is the last date of the unbroken run of paid dates that
	// reaches today or, when today is unpaid, of the last run that ended before
	// it. No date when there is none.
	paidThrough Date
	// firstPaid is the earliest paid date up to today.
	firstPaid Date
	// nextPaid is the first paid date after today that no unbroken run
	// connects with today.
	nextPaid Date
	// carriedFrom and carriedUntil bound the days on which the tenant was paid
	// up as people knew it then, whatever was reversed since: the first such
	// date, and the first date on which no payment carried it any longer.
	carriedFrom, carriedUntil Date
}

// span is a run of days, both included.
type span struct {
	from, to Date
}

// coverageOf looks at every payment once. The payments must be distinct.
func coverageOf(payments []Payment, zone Zone, now time.Time) coverage {
	today := zone.DateOf(now)
	var c coverage
	paid := make([]span, 0, len(payments))
	for i := range payments {
		p := &payments[i]
		if !p.known(now) || p.To.Before(p.From) {
			continue
		}
		if p.stands(now) {
			paid = append(paid, span{p.From, p.To})
		}
		c.carry(carried(p, zone, now), today)
	}
	slices.SortFunc(paid, func(a, b span) int { return a.from.Compare(b.from) })
	c.follow(paid, today)
	return c
}

// carried is the run of days on which a payment kept the tenant paid up: not
// before it was received, and not after it was reversed. In a span that is
// empty the days are the wrong way round.
func carried(p *Payment, zone Zone, now time.Time) span {
	until := p.To.AddDays(1)
	if p.reversed(now) {
		until = earlierDate(until, zone.DateOf(p.ReversedAt))
	}
	return span{laterDate(p.From, zone.DateOf(p.ReceivedAt)), until}
}

func (c *coverage) carry(s span, today Date) {
	if s.from.After(s.to) || s.from.After(today) {
		return
	}
	if c.carriedFrom.IsZero() || s.from.Before(c.carriedFrom) {
		c.carriedFrom = s.from
	}
	c.carriedUntil = laterDate(c.carriedUntil, s.to)
}

// follow walks the paid spans, earliest first, joining those that touch or
// overlap into runs.
func (c *coverage) follow(paid []span, today Date) {
	for i := 0; i < len(paid); {
		run := paid[i]
		for i++; i < len(paid) && !paid[i].from.After(run.to.AddDays(1)); i++ {
			run.to = laterDate(run.to, paid[i].to)
		}
		if run.from.After(today) {
			c.nextPaid = run.from
			return
		}
		if c.firstPaid.IsZero() {
			c.firstPaid = run.from
		}
		c.paidThrough = run.to
		c.paidToday = !run.to.Before(today)
	}
}

// everPaid reports whether the tenant has been paid up on any day.
func (c coverage) everPaid() bool { return !c.paidThrough.IsZero() || !c.carriedUntil.IsZero() }

// dueDate is D, the date on which the next payment is due (contract.md 3.4).
// There is none before the first one.
func (c coverage) dueDate() Date { return c.paidThrough.AddDays(1) }

// countsFrom is the date from which the days of a lapse count: D or, when a
// reversal took away the days that carried the tenant, the local date of the
// reversal if that is later (contract.md 3.5). A reversal in the middle of a
// lapse therefore moves nothing, and neither does one of a period long gone.
func (c coverage) countsFrom() Date {
	if c.paidToday {
		return c.dueDate()
	}
	return laterDate(c.dueDate(), c.carriedUntil)
}
