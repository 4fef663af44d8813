package simulate

import (
	"errors"
	"fmt"
	"strings"

	"github.com/grupobizopps/salexops/internal/plugin"
)

// problem is something in a file that has to be mended.
type problem struct {
	at source
	// object is kind and name, such as `Subscription acme`; empty where the
	// document doesn't say.
	object string
	// field is the path in the object, such as `spec.anchorDate`; empty where it
	// is about the whole of it.
	field string
	says  string
}

func (p problem) String() string {
	parts := []string{p.at.String()}
	for _, part := range []string{p.object, p.field} {
		if part != "" {
			parts = append(parts, part)
		}
	}
	return strings.Join(append(parts, p.says), ": ")
}

// mostProblems is how many problems a person reads at once.
const mostProblems = 20

// usage is the error that tells of all problems; nil where there are none.
func usage(problems []problem) error {
	if len(problems) == 0 {
		return nil
	}
	var lines []string
	for i, p := range problems {
		if i == mostProblems {
			lines = append(lines, fmt.Sprintf("and %d problems more", len(problems)-i))
			break
		}
		lines = append(lines, p.String())
	}
	return &plugin.ExitError{Code: plugin.ExitUsage, Err: errors.New(strings.Join(lines, "\n"))}
}
