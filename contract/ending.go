package contract

import "time"

// ProviderBreachEnds is when a contract ends because of a failure of the
// provider that was proven at an instant: the provider has 30 business days to
// correct it, and the end follows at the start of the next civil day
// (contract.md 9).
func (p *Policy) ProviderBreachEnds(receivedAt time.Time) Deadline {
	received := p.Zone.DateOf(receivedAt)
	last := p.Calendar.AddBusinessDays(received, p.ProviderBreachDays)
	return Deadline{At: p.Zone.StartOfDay(last.AddDays(1)), From: received}
}

// ExportWindow is how long the owner may still download everything after the
// contract has ended: through the last date, both included; then everything is
// deleted. Arrears don't shorten it (contract.md 9).
func (p *Policy) ExportWindow(endedAt time.Time) (last Date, deletion Deadline) {
	ended := p.Zone.DateOf(endedAt)
	deletion = p.Zone.after(p.ExportDays, ended)
	return ended.AddDays(p.ExportDays), deletion
}
