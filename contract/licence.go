package contract

import "time"

// Licence is how long a tenant's licence is valid (contract.md 3.7).
type Licence struct {
	// Granted is false for a tenant that has no right to one: it has never paid
	// and is not free.
	Granted bool
	// From is the first instant of validity. Zero: it has no beginning.
	From time.Time
	// Until is the first instant after it. Zero: it has no end, as a free one.
	Until time.Time
}

// licence is valid from the first paid date until the end of paidThrough and
// the grace after it, which is when users are disabled.
//
// Where they should have been disabled but a guard holds that back, the licence
// goes on from day to day: it must not do offline, by running out, what nobody
// is sure of.
func (f *Facts) licence(a account, c coverage, interval Interval) Licence {
	zone := f.Policy.Zone
	licence := Licence{Granted: true, From: zone.StartOfDay(c.firstPaid)}
	if c.firstPaid.IsZero() {
		licence.From = zone.StartOfDay(c.carriedFrom)
	}
	switch {
	case a.billing == BillingPending:
		return Licence{}
	case a.billing == BillingFree:
		return Licence{Granted: true}
	case a.lapse != nil:
		licence.Until = zone.after(a.lapse.Terms.DisableAfterDays, a.lapse.CountsFrom).At
	default:
		days := f.Policy.Lapse.For(interval).DisableAfterDays
		licence.Until = zone.after(days, laterDate(c.countsFrom(), f.Recorded.PaidThrough.AddDays(1))).At
	}
	if a.billing.allows() && !f.Now.Before(licence.Until) {
		licence.Until = f.extension()
	}
	return licence
}

// through lasts to the end of an export window: the owner signs in with it.
func (l Licence) through(ending Ending) Licence {
	if l.Granted && !l.Until.IsZero() && !ending.ExportUntil.IsZero() {
		l.Until = laterInstant(l.Until, ending.Deletion.At)
	}
	return l
}

// extension is the end of a licence that goes on from day to day.
func (f *Facts) extension() time.Time {
	return f.Policy.Zone.after(f.Policy.Lapse.DisableAfterDays, f.today()).At
}
