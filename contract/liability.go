package contract

import "time"

// liability is what the provider is liable for at most, and when that next
// changes by the passing of time (contract.md 3.8): a floor, or a percentage of
// the money received in the months before now and not reversed since, whichever
// is more. A payment counts through the whole of the day on which those months
// have passed. The payments must be distinct.
func (f *Facts) liability() (limit Amount, changesAt time.Time) {
	terms, zone, today := f.Policy.Liability, f.Policy.Zone, f.today()
	// Clamping to the end of a month moves a date by three days at most, so
	// what was received before this instant is too old whatever its date.
	tooOld := zone.StartOfDay(today.addMonths(-terms.Months).AddDays(-3))

	var received Amount
	var firstToAge Date
	for i := range f.Payments {
		p := &f.Payments[i]
		if p.ReceivedAt.Before(tooOld) || !p.stands(f.Now) {
			continue
		}
		last := zone.DateOf(p.ReceivedAt).addMonths(terms.Months)
		if last.Before(today) {
			continue
		}
		received = received.Add(p.AmountUSD)
		if firstToAge.IsZero() || last.Before(firstToAge) {
			firstToAge = last
		}
	}
	liable := received.Percent(terms.Percent)
	if liable.Compare(terms.FloorUSD) <= 0 {
		return terms.FloorUSD, time.Time{} // It can only get less, and is at the floor.
	}
	return liable, zone.StartOfDay(firstToAge.AddDays(1))
}
