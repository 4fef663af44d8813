package facts

import "github.com/grupobizopps/salexops/contract"

// When is the WHEN column of a tenant: the local date on which something
// happens and, where the minute matters, the local time.
func (a *Account) When(next contract.Next) string {
	switch {
	case next.At.IsZero():
		return ""
	case next.What == contract.EventPaymentDue:
		return next.Date.String() // Money received on the day itself is on time.
	default:
		return a.Facts.Policy.Zone.Local(next.At).Format("2006-01-02 15:04")
	}
}
