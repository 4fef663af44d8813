package contract

// OverQuotaActs is when something may be done about a free tenant that stays
// full: after whole days from the date its notice was delivered, and never
// while none was (contract.md 5.3).
func (p *Policy) OverQuotaActs(notice Delivery) (acts Deadline, ok bool) {
	told, delivered := notice.Delivered()
	if !delivered {
		return Deadline{}, false
	}
	return p.Zone.after(p.OverQuotaNoticeDays, p.Zone.DateOf(told)), true
}
