package observer

import (
	"errors"

	"github.com/prometheus/client_golang/prometheus"
	"sigs.k8s.io/controller-runtime/pkg/metrics"

	"github.com/grupobizopps/salexops/instance"
)

var exchanges = prometheus.NewCounterVec(prometheus.CounterOpts{
	Name: "salexops_exchanges_total",
	Help: "Exchanges with instances by result: changed, unchanged, stale, refused, unauthorized, unreachable, misunderstood.",
}, []string{"result"})

func init() { metrics.Registry.MustRegister(exchanges) }

func resultOf(err error, unchanged bool) string {
	switch {
	case err == nil && unchanged:
		return "unchanged"
	case err == nil:
		return "changed"
	case errors.Is(err, instance.ErrStaleSerial):
		return "stale"
	case errors.Is(err, instance.ErrRefused):
		return "refused"
	case errors.Is(err, instance.ErrUnauthorized):
		return "unauthorized"
	case errors.Is(err, instance.ErrBadAnswer):
		return "misunderstood"
	default:
		return "unreachable"
	}
}
