package contract

import "time"

// Delivery is what became of a notice. The zero value was never sent.
type Delivery struct {
	// AcceptedAt is when the mail server took the message.
	AcceptedAt time.Time
	// BouncedAt is when it came back; zero when it has not.
	BouncedAt time.Time
}

// Delivered gives the instant of delivery, and whether there was one: the mail
// server took the message and no bounce has come back (contract.md 4). A
// message taken again after a bounce has been delivered.
func (d Delivery) Delivered() (time.Time, bool) {
	bounced := !d.BouncedAt.IsZero() && !d.BouncedAt.Before(d.AcceptedAt)
	if d.AcceptedAt.IsZero() || bounced {
		return time.Time{}, false
	}
	return d.AcceptedAt, true
}
