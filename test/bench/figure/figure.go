// Package figure is one measured number and the aim it is held against:
// benchmarks print them as JSON lines, and the report makes the table.
package figure

import (
	"encoding/json"
	"fmt"
	"io"
	"slices"
	"time"
)

// Figure is one row of build/bench.json.
type Figure struct {
	Name  string  `json:"name"`  // <area>/<what>, such as crm/idle-resident-memory
	Value float64 `json:"value"` // in Unit
	Unit  string  `json:"unit"`  // "s", "ms", "MB", "1/s", …
	Aim   string  `json:"aim"`   // "< 100", "≥ 1500", or "-" where there is none
	Holds bool    `json:"holds"` // whether Value meets Aim; true where there is none
}

// AtMost is a figure that is good when it is no more than aim.
func AtMost(name string, value float64, unit string, aim float64) Figure {
	return Figure{Name: name, Value: value, Unit: unit, Aim: fmt.Sprintf("≤ %g", aim), Holds: value <= aim}
}

// AtLeast is a figure that is good when it is no less than aim.
func AtLeast(name string, value float64, unit string, aim float64) Figure {
	return Figure{Name: name, Value: value, Unit: unit, Aim: fmt.Sprintf("≥ %g", aim), Holds: value >= aim}
}

// Noted is a figure without an aim.
func Noted(name string, value float64, unit string) Figure {
	return Figure{Name: name, Value: value, Unit: unit, Aim: "-", Holds: true}
}

// Print writes the figure as one JSON line.
func (f Figure) Print(w io.Writer) error {
	if err := json.NewEncoder(w).Encode(f); err != nil {
		return fmt.Errorf("printing figure %s: %w", f.Name, err)
	}
	return nil
}

// Quantile returns the q-th quantile (0 to 1) of samples by the nearest rank;
// zero when there are none.
func Quantile(samples []time.Duration, q float64) time.Duration {
	if len(samples) == 0 {
		return 0
	}
	sorted := slices.Sorted(slices.Values(samples))
	rank := int(q*float64(len(sorted))+0.999999) - 1
	return sorted[min(max(rank, 0), len(sorted)-1)]
}
