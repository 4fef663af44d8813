package contract

import (
	"fmt"
	"sync"
	"time"
	_ "time/tzdata" // The zone must be known on a machine that has no tz database.
)

// DefaultZoneName is the zone in which the contract's dates are meant unless
// the policy names another (contract.md 1).
const DefaultZoneName = "America/Hermosillo"

// furthestOffset is more than any zone is ahead of or behind UTC.
const furthestOffset = 26 * time.Hour

// Zone turns instants into the contract's civil dates and back. It is loaded
// by name; the machine's own zone plays no part. The zero Zone is UTC.
type Zone struct {
	location *time.Location
}

var loadedZones sync.Map // name → Zone; loading one reads the tz database.

// LoadZone finds a zone by its IANA name, such as America/Hermosillo. "Local"
// and the empty name are refused: they would mean the machine's zone.
func LoadZone(name string) (Zone, error) {
	if zone, ok := loadedZones.Load(name); ok {
		return zone.(Zone), nil
	}
	if name == "" || name == "Local" {
		return Zone{}, fmt.Errorf("%q is not an IANA time zone: write one like %s", name, DefaultZoneName)
	}
	location, err := time.LoadLocation(name)
	if err != nil {
		return Zone{}, fmt.Errorf("%q is not an IANA time zone: write one like %s", name, DefaultZoneName)
	}
	zone := Zone{location}
	loadedZones.Store(name, zone)
	return zone, nil
}

func (z Zone) place() *time.Location {
	if z.location == nil {
		return time.UTC
	}
	return z.location
}

// String is the IANA name.
func (z Zone) String() string { return z.place().String() }

// DateOf is the civil date that a calendar on the wall shows at instant t. The
// zero instant has no date.
func (z Zone) DateOf(t time.Time) Date {
	if t.IsZero() {
		return Date{}
	}
	_, offset := t.In(z.place()).Zone()
	return dateOfUTC(t.Add(time.Duration(offset) * time.Second))
}

// Local shows an instant as the contract's zone reads it.
func (z Zone) Local(t time.Time) time.Time { return t.In(z.place()) }

// StartOfDay is the contract's sod(d): the first instant of civil date d, in
// UTC. Where a zone's daylight saving skips midnight (or the whole date), it is
// the first instant after the gap; where it repeats midnight, the first of the
// two. No date has no start: the zero instant.
func (z Zone) StartOfDay(d Date) time.Time {
	if d.IsZero() {
		return time.Time{}
	}
	midnight := d.utcMidnight()
	// Walk the stretches of constant offset from one in which d has not begun.
	// The first stretch that reaches local midnight holds the answer.
	from := midnight.Add(-furthestOffset).In(z.place())
	for {
		_, offset := from.Zone()
		_, until := from.ZoneBounds()
		start := midnight.Add(-time.Duration(offset) * time.Second)
		if start.Before(from) {
			start = from // The clock jumped over midnight as this stretch began.
		}
		if until.IsZero() || start.Before(until) {
			return start.UTC()
		}
		from = until
	}
}
