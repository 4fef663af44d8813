package controlplane

import (
	"context"

	"github.com/grupobizopps/salexops/instance"
)

// Silence is a fleet of instances that never answer: an observer.Exchanger for
// tests of something else.
type Silence struct{}

// Exchange finds nobody.
func (Silence) Exchange(context.Context, string, string, string, string) (instance.Report, string, bool, error) {
	return instance.Report{}, "", false, instance.ErrUnreachable
}
