package crm

import (
	"slices"
	"time"
)

// Stay is how long the deals that left a stage had been in it.
type Stay struct {
	Stage  Stage
	Deals  int
	Median time.Duration
}

// NewStay makes a Stay out of how many deals stayed how many hours.
func NewStay(stage Stage, hours map[int]int) Stay {
	s := Stay{Stage: stage}
	lengths := make([]int, 0, len(hours))
	for length, count := range hours {
		lengths = append(lengths, length)
		s.Deals += count
	}
	slices.Sort(lengths)
	// The one in the middle, or half way between the two in the middle.
	lower, upper, passed := -1, -1, 0
	for _, length := range lengths {
		passed += hours[length]
		if lower < 0 && 2*passed >= s.Deals {
			lower = length
		}
		if upper < 0 && 2*passed > s.Deals {
			upper = length
		}
	}
	if s.Deals > 0 {
		s.Median = time.Duration(lower+upper) * time.Hour / 2
	}
	return s
}
