package contract

// Tier says whether a plan costs money.
type Tier string

// The tiers of a plan.
const (
	TierFree Tier = "Free"
	TierPaid Tier = "Paid"
)

// Agreement is a plan and an interval, from a date on.
type Agreement struct {
	// From is the first date on which it is in force.
	From Date
	// Plan is the plan's name.
	Plan string
	// Tier is the plan's.
	Tier Tier
	// Support says whether technical support comes with the plan.
	Support bool
	// Interval is how often it is billed.
	Interval Interval
	// DocumentQuota is how much may be stored, in logical bytes. Zero is unknown.
	DocumentQuota int64
}

// same reports whether two agreements differ in their date only, or in what
// the plan itself has come to offer.
func (a Agreement) same(b Agreement) bool { return a.Plan == b.Plan && a.Interval == b.Interval }

// agreements is what has been in force, what is, and what is agreed to follow,
// oldest first. A change takes effect at the next period (contract.md 3.6).
func (f *Facts) agreements(c coverage) []Agreement {
	begun := f.begun()
	if len(begun) == 0 {
		first := f.Requested
		first.From = f.Anchor
		return []Agreement{first}
	}
	current := begun[len(begun)-1]
	if f.Requested.same(current) {
		return begun
	}
	next := f.Requested
	next.From = f.changesOn(current, c)
	switch {
	case next.From.IsZero():
		return begun
	case next.From == current.From:
		begun[len(begun)-1] = next // It never was in force for a whole day.
		return begun
	default:
		return append(begun, next)
	}
}

// inForce is the plan and interval of today. When the subscription can't be
// found, it is the last one recorded.
func (f *Facts) inForce(c coverage) Agreement {
	if len(f.Gaps) > 0 {
		begun := f.begun()
		if len(begun) == 0 {
			return Agreement{}
		}
		return begun[len(begun)-1]
	}
	return latestBegun(f.agreements(c), f.today())
}

func latestBegun(agreements []Agreement, today Date) Agreement {
	latest := agreements[0]
	for _, a := range agreements[1:] {
		if !a.From.After(today) {
			latest = a
		}
	}
	return latest
}

// freeBy reports whether a free plan will be in force on a date.
func (f *Facts) freeBy(date Date, c coverage) bool {
	return latestBegun(f.agreements(c), date).Tier == TierFree
}

// begun is the recorded agreements that have come into force, oldest first.
// The first is in force even before its date: there is no other.
func (f *Facts) begun() []Agreement {
	var begun []Agreement
	for i, a := range f.Agreements {
		if i == 0 || !a.From.After(f.today()) {
			begun = append(begun, a)
		}
	}
	return begun
}

// changesOn is the date on which the requested plan follows the current one, or
// no date while it can't.
func (f *Facts) changesOn(current Agreement, c coverage) Date {
	switch {
	case current.Tier == TierFree && f.Requested.Tier == TierFree:
		return f.today()
	case current.Tier == TierFree && !c.paidToday:
		return c.nextPaid // A paid plan begins with the first day paid for.
	case current.Tier == TierFree:
		return f.today()
	case c.paidToday:
		return f.nextPeriod(current.Interval)
	case !c.everPaid():
		return current.From // Nothing was bought yet: another choice replaces it.
	case f.Requested.Tier == TierFree && f.Lapse != nil:
		return Date{} // A paid tenant that lapses does not become a free one.
	default:
		// The next period begins where the paid one ended, and not before the
		// plan it replaces.
		return laterDate(c.dueDate(), current.From)
	}
}

// nextPeriod is the first day of the first billing period after today.
func (f *Facts) nextPeriod(interval Interval) Date {
	today := f.today()
	months := max(interval.Months(), 1)
	// Months have at most 31 days, so this period can't lie after the answer.
	k := max(today.DaysSince(f.Anchor)/(31*months), 0)
	for ; ; k++ {
		start := f.Anchor.addMonths(k * months)
		if start.After(today) || start.ordinal == lastOrdinal || start.IsZero() {
			return start
		}
	}
}
