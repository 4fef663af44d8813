package seed

import (
	"testing"
	"time"

	"github.com/grupobizopps/salexops/crm"
)

func TestWorkIsValidAndWhatIsToComeIsOpen(t *testing.T) {
	m := NewMaker(1)
	last := monday.AddDate(0, 0, 60)
	kinds, open, forgotten := map[crm.ActivityType]int{}, 0, 0
	for n := range 4000 {
		at := monday
		if n%2 == 1 {
			at = last.Add(-time.Hour)
		}
		a := m.Work(at, last)
		unchanged(t, a, (*crm.Activity).Normalize, (*crm.Activity).Validate)
		kinds[a.Type]++
		switch {
		case a.Open() && n%2 == 0:
			forgotten++
		case a.Open():
			open++
		case a.Type.Doable() && (a.DoneAt.Before(at) || a.DoneAt.After(last.Add(time.Hour))):
			t.Fatalf("done at %v, made at %v: %+v", a.DoneAt, at, a)
		}
	}
	if len(kinds) != len(crm.ActivityTypes) || open < 200 || forgotten > 40 {
		t.Errorf("%v, %d open, %d forgotten", kinds, open, forgotten)
	}
}
