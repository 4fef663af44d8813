package simulation

import "time"

// mailWorks reports whether a notice can be delivered at an instant.
func (l *life) mailWorks(at time.Time) bool {
	on := l.given.Policy.Zone.DateOf(at)
	for _, outage := range l.assumptions.NoticeOutages {
		if !on.Before(outage.From) && !on.After(outage.To) {
			return false
		}
	}
	return true
}
