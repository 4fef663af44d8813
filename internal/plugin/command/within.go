package command

import (
	"strconv"
	"strings"
	"time"

	"github.com/grupobizopps/salexops/internal/plugin"
	"github.com/grupobizopps/salexops/internal/plugin/phrase"
)

// within is a length of time from now on: whole local days, or an exact one.
type within struct {
	days  int
	exact time.Duration
}

// mostDays is further ahead than anybody plans.
const mostDays = 3660

// parseWithin reads 7d, 12h or 90m.
func parseWithin(flag, given string) (within, error) {
	if days, isDays := strings.CutSuffix(given, "d"); isDays {
		n, err := strconv.Atoi(days)
		if err == nil && n >= 0 && n <= mostDays {
			return within{days: n}, nil
		}
	} else if length, err := time.ParseDuration(given); err == nil && length > 0 && length <= mostDays*24*time.Hour {
		return within{exact: length}, nil
	}
	return within{}, plugin.Usagef("%s: %q is not a length of time: write days or hours, such as 7d or 12h, up to %dd", flag, given, mostDays)
}

// end is the last instant of it. So many days end with the midnight after the
// last of them, which they include: the acts of the contract fall on midnights.
func (w within) end(p phrase.Phrases) time.Time {
	if w.exact > 0 {
		return p.Now.Add(w.exact)
	}
	return p.Zone.StartOfDay(p.Today().AddDays(w.days + 1))
}
