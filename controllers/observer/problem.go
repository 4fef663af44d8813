package observer

import (
	"errors"
	"fmt"

	"github.com/grupobizopps/salexops/api/v1alpha1"
	"github.com/grupobizopps/salexops/instance"
)

// problem is why the newest licence isn't known to be in force.
type problem struct{ reason, message string }

var notRunning = &problem{"NotRunning", "no instance is ready to be asked; see the condition Ready"}

// problemOf says what went wrong with an exchange, and what to do. The address
// stays out of it: it changes with every start and would cost a write.
func problemOf(err error, licence *v1alpha1.License) *problem {
	var stale *instance.StaleSerialError
	var refused *instance.RefusedError
	switch {
	case errors.As(err, &stale):
		return &problem{"LicenceRefused", fmt.Sprintf(
			"the instance has a licence with serial %d in force, and License %s has serial %d: delete that License, and one with a higher serial is issued",
			stale.InForce, licence.Name, licence.Status.Serial)}
	case errors.As(err, &refused):
		return &problem{"LicenceRefused", fmt.Sprintf(
			"the instance refuses the licence in License %s: %s; if the licence keys were replaced, restart the instance by deleting its pod",
			licence.Name, refused.Problem.Detail)}
	case errors.Is(err, instance.ErrUnauthorized):
		return &problem{"Unreachable", "the instance refuses the exchange token; if Secret crm-keys was replaced, wait a minute for the pod to see it, or delete the pod"}
	case errors.Is(err, instance.ErrBadAnswer):
		return &problem{"Unreachable", "what answers on the private port doesn't speak as an instance does; look at the pod's log"}
	default:
		return &problem{"Unreachable", "the instance is ready but doesn't answer on its private port; look at the pod's log, and whether NetworkPolicy from-operator is in effect"}
	}
}
