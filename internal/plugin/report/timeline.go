package report

import (
	"cmp"
	"slices"
	"time"
)

// Timeline is what happened to a tenant and what will.
type Timeline struct {
	Tenant string `json:"tenant"`
	// Now is the contract's present.
	Now      time.Time `json:"now"`
	TimeZone string    `json:"timeZone"`
	// Standing is where the tenant is, in a few words.
	Standing string `json:"standing"`
	// Past is what happened, oldest first.
	Past []Entry `json:"past"`
	// Next is what will happen by what is known now, soonest first.
	Next []Entry `json:"next"`
}

// Entry is one thing that happened, or will.
type Entry struct {
	// At is when; of something that is overdue, when it was due.
	At time.Time `json:"at"`
	// What, in a few words.
	What string `json:"what"`
	// Section of the contract it follows from, where one says so.
	Section string `json:"section,omitempty"`
	// Unless is what prevents it.
	Unless string `json:"unless,omitempty"`
	// BlockedBy is what holds it back, or would as things are now.
	BlockedBy []Block `json:"blockedBy,omitempty"`
}

// TimelineOf tells what happened to a tenant and what will until an instant.
func TimelineOf(s *Subject, until time.Time) Timeline {
	t := Timeline{
		Tenant: s.Name(), Now: s.local(s.Now), TimeZone: s.Zone.String(),
		Standing: s.standingWords(), Past: s.past(), Next: s.next(until),
	}
	for _, entries := range [][]Entry{t.Past, t.Next} {
		for i := range entries {
			entries[i].At = s.local(entries[i].At)
		}
		slices.SortStableFunc(entries, func(a, b Entry) int { return cmp.Compare(a.At.Unix(), b.At.Unix()) })
	}
	return t
}

// standingWords is where a tenant is, in a few words.
func (s *Subject) standingWords() string {
	words := s.summary()
	if !s.Standing.PaidThrough.IsZero() {
		words += ", paid through " + s.Day(s.Standing.PaidThrough)
	}
	if s.Account.Facts.Hold {
		words += ", on hold"
	}
	if lag := s.lag(); lag != "" {
		words += " (" + lag + ")"
	}
	return words
}

// lag says what the operator has recorded, where that is something else: it is
// on its way, or the operator is not there.
func (s *Subject) lag() string {
	switch recorded := s.Objects.Tenant.Status.Standing; {
	case recorded == nil:
		return "the operator has recorded nothing yet"
	case recorded.Summary != s.summary():
		return "the operator has recorded " + recorded.Summary + " so far"
	default:
		return ""
	}
}

// EndOfLapse is when the last step comes of the lapse that is open, or that
// would open; the zero instant where none would.
func (s *Subject) EndOfLapse() time.Time {
	steps := s.Standing.Deadlines
	return later(steps.Disable.At, steps.Purge.At)
}
