package contract

import "time"

// Deadline is an instant together with the civil date it was computed from, so
// that whoever reads a stored one can do the sum again (contract.md 1). The
// zero Deadline never comes.
type Deadline struct {
	// At is the instant, in UTC.
	At time.Time
	// From is the date that was counted from, such as the due date.
	From Date
}

// after is the deadline "after n calendar days from date": the start of the
// day that follows n whole ones (contract.md 1).
func (z Zone) after(n int, from Date) Deadline { return z.onDay(n+1, from) }

// onDay is the deadline at the start of the nth day after date.
func (z Zone) onDay(n int, from Date) Deadline {
	return Deadline{At: z.StartOfDay(from.AddDays(n)), From: from}
}

// at is the deadline that an instant is by itself.
func (z Zone) at(t time.Time) Deadline { return Deadline{At: t, From: z.DateOf(t)} }

// passed reports whether the deadline has come by now. What has passed and was
// not done is still due.
func (d Deadline) passed(now time.Time) bool { return !d.At.IsZero() && !now.Before(d.At) }

func laterDeadline(a, b Deadline) Deadline {
	if b.At.After(a.At) {
		return b
	}
	return a
}
